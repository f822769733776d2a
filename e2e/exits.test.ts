/** All ways in which a service ends: as without the import, within four seconds, and with its last payment sent. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ended, run } from '../packages/telemetry/test/support/process.ts';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';

const APP = new URL('./exits/app.ts', import.meta.url).pathname;
const LONGEST_END_MS = 4000;

const ENDINGS = [
  'natural end',
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'own handler',
  'own exit',
  'handler for itself alone',
  'uncaught exception',
  'unhandled rejection',
] as const;

type Ending = (typeof ENDINGS)[number];

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

const SIGNAL_OF: Partial<Record<Ending, NodeJS.Signals>> = {
  SIGTERM: 'SIGTERM',
  SIGINT: 'SIGINT',
  SIGHUP: 'SIGHUP',
  'own handler': 'SIGTERM',
  'own exit': 'SIGTERM',
  'handler for itself alone': 'SIGTERM',
};

/** Runs the service to its end, and measures the time from its last action. */
async function end(
  ending: Ending,
  parameters: string[],
  url: string,
): Promise<Ended & { ms: number }> {
  const service = run([...parameters, APP, ending], { OTEL_EXPORTER_OTLP_ENDPOINT: url });
  await service.seen(/ending/);
  const startMs = performance.now();
  const signal = SIGNAL_OF[ending];
  if (signal) service.kill(signal);
  return { ...(await service.ended), ms: performance.now() - startMs };
}

function endWithTelemetry(ending: Ending, url: string): Promise<Ended & { ms: number }> {
  return end(ending, ['--import', '@moneytrail/telemetry/register'], url);
}

describe.each(ENDINGS)('%s', (ending) => {
  let bare: Ended;

  beforeAll(async () => {
    bare = await end(ending, [], '');
  });

  it.each([
    ['takes everything', (): string => receiver.url, 200],
    ['refuses connections', (): string => 'http://127.0.0.1:1', 200],
    ['never responds', (): string => receiver.url, 'hang'],
    ['cannot be reached', (): string => 'http://192.0.2.1:4318', 200],
  ] as const)('is the same when the endpoint %s', async (_, url, status) => {
    receiver.behaviour = status === 'hang' ? 'hang' : { status };
    const { code, signal, ms } = await endWithTelemetry(ending, url());
    expect({ code, signal }).toEqual({ code: bare.code, signal: bare.signal });
    expect(ms).toBeLessThan(LONGEST_END_MS);
  });

  it('prints the same', async () => {
    receiver.behaviour = { status: 200 };
    const { stdout, stderr } = await endWithTelemetry(ending, receiver.url);
    const known = (text: string): string => text.replace(/^ +at .*$/gm, '').replace(/\n+/g, '\n');
    expect({ stdout, stderr: known(stderr) }).toEqual({
      stdout: bare.stdout,
      stderr: known(bare.stderr),
    });
  });
});

describe.each(ENDINGS)('%s', (ending) => {
  it('sends the last payment, its span and its metrics', async () => {
    receiver.behaviour = { status: 200 };
    receiver.records.length = 0;
    receiver.spans.length = 0;
    receiver.metrics.length = 0;
    await endWithTelemetry(ending, receiver.url);
    expect(receiver.records.map(({ eventName }) => eventName)).toEqual([
      'moneytrail.payment.succeeded',
    ]);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['payment.process']);
    expect(receiver.metrics.map(({ name }) => name)).toContain('moneytrail.payment.outcomes');
  });
});
