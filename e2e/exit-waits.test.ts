/** How long the end of a process waits: never twice, never longer than the limit, and not after a second signal. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type Ended, run, runIn } from '../packages/telemetry/test/support/process.ts';
import { itOfReport } from '../tools/reports.ts';
import { end, WAYS } from './exits/ways.ts';
import { LIMIT_MS, paymentsOf, programOf, REGISTER, sharedReceiver } from './support/ends.ts';
import { eventually } from './support/eventually.ts';
import { installed } from './support/installed.ts';

const receiver = sharedReceiver();

/** The folder with the services of these tests. */
function folder(): string {
  return installed({ dependencies: {}, sources: 'e2e/services/ends' });
}

/** Process 1 of a separate namespace, as in a container. */
const AS_INIT = ['unshare', '--pid', '--fork', '--kill-child'] as const;
const CAN_BE_INIT = spawnSync(AS_INIT[0], [...AS_INIT.slice(1), 'true']).status === 0;

/** Runs a program of this folder to its end. Measures from its message that it ends. */
async function endOf(
  parameters: readonly string[],
  signals: readonly (readonly [name: NodeJS.Signals, afterMs: number])[] = [],
  env: Record<string, string> = {},
): Promise<Ended & { ms: number }> {
  const program = run([...REGISTER, ...parameters], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
    ...env,
  });
  await program.seen(/ending/);
  const startMs = performance.now();
  for (const [signal, afterMs] of signals) {
    await wait(afterMs);
    program.kill(signal);
  }
  return { ...(await program.ended), ms: performance.now() - startMs };
}

describe('a natural end', () => {
  it('is not repeated for records of beforeExit listeners', async () => {
    const ended = await endOf([programOf('natural.ts'), 'makes a span each time']);
    expect(ended).toMatchObject({ code: 0, stdout: 'ending\nrounds 2\n', stderr: '' });
    expect(paymentsOf(receiver())).toEqual(['pi_before']);
    expect(receiver().spans.map(({ name }) => name)).toEqual(['last report', 'last report']);
  });

  it('sends what a beforeExit listener records much later', async () => {
    const ended = await endOf([programOf('natural.ts'), 'works on']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(paymentsOf(receiver())).toEqual(['pi_after', 'pi_before']);
  });

  it('waits two seconds in total for an endpoint that never responds', async () => {
    receiver().behaviour = 'hang';
    const ended = await endOf([programOf('natural.ts'), 'makes a span each time']);
    expect(ended.ms).toBeLessThan(LIMIT_MS);
    expect(ended.stderr).toContain('MONEYTRAIL_TELEMETRY_DROPPED');
    expect(ended.stderr).not.toContain('TimeoutNegativeWarning');
  });
});

describe('a second signal', () => {
  it('that follows at once is ignored: the payment is sent', async () => {
    receiver().behaviour = { status: 200, delayMs: 300 };
    const signals = [
      ['SIGINT', 0],
      ['SIGINT', 20],
    ] as const;
    expect(await endOf([programOf('app.ts'), 'SIGINT'], signals)).toMatchObject({
      signal: 'SIGINT',
    });
    expect(paymentsOf(receiver())).toEqual(['pi_last']);
  });

  it('that follows later ends the process at once', async () => {
    receiver().behaviour = 'hang';
    const signals = [
      ['SIGINT', 0],
      ['SIGINT', 700],
    ] as const;
    const ended = await endOf([programOf('app.ts'), 'SIGINT'], signals);
    expect(ended).toMatchObject({ signal: 'SIGINT' });
    expect(ended.ms).toBeLessThan(1700);
  });
});

describe('a process manager', () => {
  it('PM2 does not have to kill the service when the endpoint never responds', async () => {
    const way = WAYS.find((one) => one.name.startsWith('PM2, cluster'));
    receiver().behaviour = 'hang';
    expect(way && (await end(way, receiver(), true)).exit).toBe('code 0, SIGINT');
  });

  it.each(WAYS.filter(({ pm2 }) => pm2))('$name: the service has its own name', async (way) => {
    await end(way, receiver(), true);
    const name = receiver().resource.find(({ key }) => key === 'service.name');
    expect(name?.value.stringValue).toBe('modern');
  });

  const title = 'the first process of a container lives on after SIGTERM, and has sent its payment';
  it(CAN_BE_INIT ? title : `${title} (not tried: no namespace can be made)`, async () => {
    if (!CAN_BE_INIT) return;
    const command = [process.execPath, '--conditions=@moneytrail/source', ...REGISTER];
    const program = runIn(process.cwd(), [...AS_INIT, ...command, programOf('app.ts'), 'SIGTERM'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
    });
    await program.seen(/ending/);
    const { pid } = program;
    const inner = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
    process.kill(inner, 'SIGTERM');
    expect(
      await eventually(
        () => paymentsOf(receiver()),
        (ids) => ids.length > 0,
      ),
    ).toEqual(['pi_last']);
    expect(process.kill(inner, 0)).toBe(true);
    process.kill(inner, 'SIGKILL');
    await program.ended;
  });
});

itOfReport(
  'signal-sent-again',
  'a service that sends itself the signal again loses nothing',
  async (reported) => {
    copyFileSync(join(reported, 'app.mjs'), join(folder(), 'signal-sent-again.mjs'));
    const service = runIn(folder(), [process.execPath, ...REGISTER, 'signal-sent-again.mjs'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
    });
    expect(await service.ended).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    expect(paymentsOf(receiver())).toEqual(['pi_last']);
  },
);

itOfReport(
  'worker-threads-at-sigterm',
  'SIGTERM loses nothing of a worker thread',
  async (reported) => {
    copyFileSync(join(reported, 'app.mjs'), join(folder(), 'worker-threads.mjs'));
    const service = runIn(folder(), [process.execPath, ...REGISTER, 'worker-threads.mjs'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
    });
    expect(await service.ended).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    expect(paymentsOf(receiver())).toEqual(['pi_main', 'pi_worker']);
  },
);
