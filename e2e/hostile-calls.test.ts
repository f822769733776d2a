/** Hostile arguments: only documented errors are thrown, and every request is valid OTLP. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { run } from '../packages/telemetry/test/support/process.ts';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';

/** About ten seconds on an idle machine. */
const LIMIT_MS = 120_000;

const APP = new URL('./hostile/app.ts', import.meta.url).pathname;

interface Report {
  readonly made: number;
  readonly wrong: readonly string[];
  readonly isPolluted: boolean;
  readonly negative: number;
}

let receiver: Receiver;
let report: Report;

beforeAll(async () => {
  receiver = await startReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const { stdout, stderr, code } = await run([APP], env, LIMIT_MS).ended;
  if (code !== 0) throw new Error(stderr);
  report = JSON.parse(stdout);
}, LIMIT_MS + 10_000);

afterAll(() => receiver.close());

it('thousands of calls throw only errors with a code, and only where documented', () => {
  expect(report.wrong).toEqual([]);
  expect(report.made).toBeGreaterThan(12_000);
});

it('no prototype is changed, and no counter falls below zero', () => {
  expect(report).toMatchObject({ isPolluted: false, negative: 0 });
});

it('every request is readable', () => {
  expect(receiver.unreadable).toEqual([]);
  expect(receiver.records.length).toBeGreaterThan(1000);
});
