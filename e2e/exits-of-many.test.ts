/** A signal also ends the workers of a cluster and the threads of a process: their records are sent first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { eventually } from './support/eventually.ts';

const REGISTER = ['--import', '@moneytrail/telemetry/register'];

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.records.length = 0;
  receiver.behaviour = { status: 200, delayMs: 200 };
});

afterAll(() => receiver.close());

/** Ends a program with a signal to its process group, like a terminal and systemd, or only to its first process. */
async function end(
  [program, ...args]: readonly [string, ...string[]],
  signal: NodeJS.Signals,
  imports = REGISTER,
  whom: 'group' | 'primary' = 'group',
): Promise<unknown[]> {
  const path = new URL(`./exits/${program}.ts`, import.meta.url).pathname;
  const options = ['--conditions=@moneytrail/source', ...imports, path, ...args];
  const child = spawn(process.execPath, options, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    },
  });
  await once(child.stdout, 'data');
  const { pid = 0 } = child;
  process.kill(whom === 'group' ? -pid : pid, signal);
  return once(child, 'exit');
}

function payments(): string[] {
  const ids = receiver.records.map((record) => attributeOf(record, 'payment.id') ?? '');
  return ids.filter((id) => id.startsWith('pi_')).sort();
}

describe.each<[string, string[], string[]]>([
  ['with', REGISTER, []],
  ['without', [], REGISTER],
])('a cluster of 4 whose primary is %s the import', (_, ofPrimary, ofWorkers) => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'sends the payment of each worker after %s to the group',
    async (signal) => {
      expect(await end(['cluster', ...ofWorkers], signal, ofPrimary)).toEqual([null, signal]);
      // Without the import, the primary ends before its workers.
      const arrived = await eventually(payments, (ids) => ids.length >= 4, 5000);
      expect(arrived).toEqual(['pi_1', 'pi_2', 'pi_3', 'pi_4']);
    },
  );

  it('sends the payment of each worker when the primary alone is killed', async () => {
    const ended = await end(['cluster', ...ofWorkers], 'SIGKILL', ofPrimary, 'primary');
    expect(ended).toEqual([null, 'SIGKILL']);
    const arrived = await eventually(payments, (ids) => ids.length >= 4, 5000);
    expect(arrived).toEqual(['pi_1', 'pi_2', 'pi_3', 'pi_4']);
  });
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s to a process with threads: the payment of each thread that can send it arrives',
  async (signal) => {
    expect(await end(['threads'], signal)).toEqual([null, signal]);
    expect(payments()).toEqual(expect.arrayContaining(['pi_0', 'pi_1', 'pi_2', 'pi_3', 'pi_4']));
  },
);
