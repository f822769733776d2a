/** A service with a blocked event loop survives an outage like without the import, also when it is stopped. */
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ended, run } from '../packages/telemetry/test/support/process.ts';
import { FAULTS } from './endpoints/faults.ts';

const APP = new URL('./endpoints/blocked.ts', import.meta.url).pathname;

/** Running time of each service. */
const WORK_MS = Number(process.env['MONEYTRAIL_SURVIVAL_SECONDS'] ?? 10) * 1000;

/** Number and duration of the stops of the service. */
const STOP = { everyMs: Math.min(10_000, WORK_MS / 3), forMs: Math.min(3000, WORK_MS / 6) };

const ENDPOINTS = {
  refuses: undefined,
  hangs: FAULTS['never responds'],
  drips: FAULTS['drips its body'],
  resets: FAULTS['resets the connection'],
} as const;

const IMPORT = ['--import', '@moneytrail/telemetry/register'];

interface Case {
  readonly endpoint: keyof typeof ENDPOINTS;
  readonly isStopped: boolean;
}

const CASES: readonly Case[] = Object.keys(ENDPOINTS).flatMap((endpoint) =>
  [false, true].map((isStopped) => ({ endpoint: endpoint as Case['endpoint'], isStopped })),
);

const servers: Server[] = [];
const ended = new Map<Case, Ended>();

async function startEndpoint(name: Case['endpoint']): Promise<string> {
  const fault = ENDPOINTS[name];
  if (fault === undefined) return 'http://127.0.0.1:1';
  const server = createServer((request, response) => {
    request.resume().on('end', () => fault(request, response, () => {}));
  });
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${portOf(server)}`));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function survive({ endpoint, isStopped }: Case): Promise<Ended> {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: await startEndpoint(endpoint),
    OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
  };
  const service = run([...IMPORT, APP, String(WORK_MS)], env, WORK_MS * 3 + 30_000);
  let isRunning = true;
  void service.ended.then(() => {
    isRunning = false;
  });
  while (isStopped && isRunning) {
    await Promise.race([wait(STOP.everyMs, undefined, { ref: false }), service.ended]);
    if (!isRunning) break;
    service.kill('SIGSTOP');
    await wait(STOP.forMs);
    service.kill('SIGCONT');
  }
  return service.ended;
}

let bare: Ended;

beforeAll(
  async () => {
    const all = CASES.map(async (one) => ended.set(one, await survive(one)));
    bare = await run([APP, '100']).ended;
    await Promise.all(all);
  },
  WORK_MS * 4 + 60_000,
);

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe.each(CASES)('an endpoint that $endpoint, a service that is stopped: $isStopped', (one) => {
  it('changes neither the exit code nor the output', () => {
    const { code, signal, stdout } = ended.get(one) ?? {};
    expect({ code, signal, stdout }).toEqual({ code: 3, signal: null, stdout: bare.stdout });
  });

  it('prints only warnings on stderr', () => {
    const lines =
      ended
        .get(one)
        ?.stderr.split('\n')
        .filter((line) => line !== '') ?? [];
    const ours = /\[MONEYTRAIL_\w+\] MoneytrailWarning|node --trace-warnings/;
    expect(lines.filter((line) => !ours.test(line))).toEqual([]);
  });
});
