/** Whose trace a function of AWS Lambda continues, and what an invocation of another one carries. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Receiver, type Span, startReceiver } from './support/receiver.ts';

const RUNTIME = new URL('./fixtures/lambda.ts', import.meta.url).pathname;
const HANDLER = new URL('./fixtures/lambda-handler.cjs', import.meta.url).pathname;
const MODULES = new URL('../../../node_modules/', import.meta.url).pathname;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SERVER = 2;

/** As much of the package as the instrumentation changes. */
const STACK = `exports.constructStack = () => ({
  clone: () => exports.constructStack(),
  resolve: (handler) => handler,
});`;

let receiver: Receiver;
let root: string;

beforeAll(async () => {
  receiver = await startReceiver();
  root = mkdtempSync(join(tmpdir(), 'moneytrail-lambda-'));
  const stack = join(root, 'node_modules/@smithy/middleware-stack');
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, 'index.js'), STACK);
  writeFileSync(
    join(stack, 'package.json'),
    '{ "name": "@smithy/middleware-stack", "version": "4.0.0" }',
  );
  symlinkSync(join(MODULES, '@opentelemetry'), join(root, 'node_modules/@opentelemetry'));
  copyFileSync(HANDLER, join(root, 'lambda-handler.cjs'));
});

beforeEach(() => {
  receiver.spans.length = 0;
  receiver.bodies.length = 0;
});

afterAll(async () => {
  await receiver.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  readonly incoming: readonly unknown[];
  readonly invoked: string;
}

async function call(event: unknown, env: Record<string, string> = {}): Promise<Answer> {
  const program = run([RUNTIME, join(root, 'index.cjs'), JSON.stringify(event)], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    LAMBDA_TASK_ROOT: root,
    _HANDLER: 'lambda-handler.handle',
    ...env,
  });
  const [, answer = ''] = await program.seen(/answered (.*)/);
  await program.ended;
  return JSON.parse(answer);
}

const TRACED = {
  Traceparent: `00-${TRACE}-${SPAN}-01`,
  Tracestate: 'vendor=secret',
  Baggage: 'user=ada',
};
const FORWARDED = { ...TRACED, 'X-Forwarded-For': '203.0.113.7' };

const REST = { headers: FORWARDED, requestContext: { identity: { sourceIp: '203.0.113.7' } } };
const HTTP = { headers: FORWARDED, requestContext: { http: { sourceIp: '203.0.113.7' } } };
const BALANCER = { headers: FORWARDED, requestContext: { elb: {} } };
const INVOKED = { headers: TRACED };

describe('a caller of a function', () => {
  const span = (): Span | undefined => receiver.spans.find(({ kind }) => kind === SERVER);

  it.each<[string, object, Record<string, string>]>([
    ['API Gateway (REST)', REST, {}],
    ['API Gateway (HTTP)', HTTP, {}],
    ['a load balancer', BALANCER, {}],
    ['an invocation that brings headers', INVOKED, {}],
    ['an invocation, with loopback trusted', INVOKED, { MONEYTRAIL_TRUSTED_CALLERS: 'loopback' }],
    ['API Gateway, with another network', HTTP, { MONEYTRAIL_TRUSTED_CALLERS: '198.51.100.0/24' }],
  ])('by %s is linked and not continued', async (_, event, env) => {
    const { incoming } = await call(event, env);
    expect(span()?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span()?.traceId).not.toBe(TRACE);
    expect(span()?.parentSpanId ?? '').toBe('');
    expect(span()?.links).toEqual([expect.objectContaining({ traceId: TRACE, spanId: SPAN })]);
    expect(receiver.bodies.join()).not.toContain('vendor=secret');
    expect(incoming).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['API Gateway (REST)', REST, '203.0.113.0/24'],
    ['API Gateway (HTTP)', HTTP, '203.0.113.7'],
    ['a load balancer', BALANCER, 'all'],
  ])('by %s is continued where its address is trusted', async (_, event, trusted) => {
    const { incoming } = await call(event, { MONEYTRAIL_TRUSTED_CALLERS: trusted });
    expect(span()?.traceId).toBe(TRACE);
    expect(incoming).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['a text', 'pay'],
    ['headers that are none', { headers: 'x', requestContext: 7 }],
    ['no trace', { headers: { accept: '*/*' } }],
  ])('that brings %s starts a trace of its own', async (_, event) => {
    await call(event);
    expect(span()?.parentSpanId ?? '').toBe('');
    expect(span()?.links ?? []).toEqual([]);
  });
});

describe('an invocation of another function', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, false],
    [{ MONEYTRAIL_OWN_HOSTS: 'all' }, true],
  ])('with %j carries the headers: %s', async (env, isSent) => {
    const { invoked } = await call({}, env);
    expect(invoked.includes('traceparent')).toBe(isSent);
    expect(invoked.includes('plan=gold')).toBe(isSent);
  });
});
