/**
 * Every link in Grafana's provisioning from one backend to another, followed without Grafana: variables are replaced like
 * in Grafana 13, with values from the responses of the backends.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { eventually } from '../support/eventually.ts';
import { entriesOf, type LokiEntry } from '../support/loki.ts';
import { exemplarsOf, queryPrometheus } from '../support/prometheus.ts';
import { field, getJson, list, text } from '../support/read-json.ts';
import { newRun } from './support/ids.ts';
import { logRequest, traceRequest } from './support/otlp.ts';
import { eventOf, type Payment, paymentNumber, resourceOf, spansOf } from './support/payments.ts';
import { Sender, targetOf } from './support/sender.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

interface Sources {
  readonly prometheus: { readonly exemplarTraceIdDestinations: readonly { name: string }[] };
  readonly loki: { readonly derivedFields: readonly { matcherRegex: string; url: string }[] };
  readonly jaeger: {
    readonly tracesToLogsV2: { readonly query: string };
    readonly tracesToMetrics: {
      readonly tags: readonly { key: string; value: string }[];
      readonly queries: readonly { name: string; query: string }[];
    };
  };
}

const PROVISIONING = 'deploy/grafana/provisioning/datasources/moneytrail.yaml';
const ARRIVE_MS = 60_000;
const OPERATION = 'payment.process';
const TRACE_ID = /\$\{__trace\.traceId\}/g;

const run = newRun('correlations');
/** Jaeger omits sixteen leading zeros of an id, so some ids start with them. */
const payments = Array.from({ length: 40 }, (_, n) => {
  const payment = paymentNumber(run, n);
  const zeros = '0'.repeat(8 * (n % 3));
  return { ...payment, traceId: zeros + payment.traceId.slice(zeros.length) };
});
const sources = readSources();
const fromMs = Date.now() - 60_000;
let testStack: TestStack;

beforeAll(async () => {
  testStack = await startTestStack({ MONEYTRAIL_SPAN_METRICS_INTERVAL: '1s' });
  const sender = new Sender(targetOf(testStack.stack.env));
  // A rate needs two points of a counter with an increase in between.
  for (const some of [payments.slice(0, 20), payments.slice(20)]) {
    await sender.send('traces', traceRequest(resourceOf(run), some.flatMap(spansOf)));
    await sender.send('logs', logRequest(resourceOf(run), some.map(eventOf)));
    await wait(3_000);
  }
});

afterAll(() => testStack?.close());

/** The `jsonData` of each data source, with `$$` unescaped like in Grafana. */
function readSources(): Sources {
  const text = readFileSync(PROVISIONING, 'utf8').replaceAll('$$', '$');
  const { datasources } = parse(text);
  const dataOf = (uid: string) =>
    datasources.find((one: { uid: string }) => one.uid === uid).jsonData;
  return { prometheus: dataOf('prometheus'), loki: dataOf('loki'), jaeger: dataOf('jaeger') };
}

/** A trace as Grafana gets it from Jaeger, with its id in the same format. */
async function traceInJaeger(traceId: string): Promise<unknown> {
  const [trace] = await eventually(
    async () =>
      list(
        await getJson(`${testStack.stack.urls.jaeger}/api/traces/${traceId}`).catch(() => ({})),
        'data',
      ),
    (traces) => traces.length === 1,
    ARRIVE_MS,
  );
  return trace;
}

/** The log lines that the link of a trace leads to. */
async function linesOf(payment: Payment): Promise<LokiEntry[]> {
  const shownId = text(await traceInJaeger(payment.traceId), 'traceID');
  const query = sources.jaeger.tracesToLogsV2.query.replaceAll(TRACE_ID, shownId);
  const [minute, later] = [payment.atMs - 60_000, payment.atMs + 60_000];
  return eventually(
    () => entriesOf(testStack.stack.urls.loki, query, minute, later),
    (entries) => entries.length > 0,
    ARRIVE_MS,
  );
}

describe('Grafana finds', () => {
  it('the trace of an exemplar, by the configured label', async () => {
    const [label] = sources.prometheus.exemplarTraceIdDestinations;
    const exemplars = await eventually(
      () =>
        exemplarsOf(
          testStack.stack.urls.prometheus,
          'traces_span_metrics_duration_seconds',
          fromMs,
          Date.now(),
        ),
      (found) => found.length > 0,
      ARRIVE_MS,
    );
    const [id = ''] = exemplars.map(({ labels }) => labels[label?.name ?? '']);
    expect(payments.map(({ traceId }) => traceId)).toContain(id);
    expect(list(await traceInJaeger(id), 'spans')).toHaveLength(3);
  });

  it.each(payments.slice(0, 3))('the lines of a trace, and back: $traceId', async (payment) => {
    const lines = await linesOf(payment);
    expect(lines).toHaveLength(1);
    const [link] = sources.loki.derivedFields;
    const id = lines[0]?.labels[link?.matcherRegex ?? ''] ?? '';
    expect(id).toBe(payment.traceId);
    expect(link?.url).toMatch(/^\$\{__value\.raw\}$/);
    expect(list(await traceInJaeger(id), 'spans')).toHaveLength(3);
  });

  it.each(sources.jaeger.tracesToMetrics.queries)('$name of a span', async ({ query }) => {
    const trace = await traceInJaeger(payments[0]?.traceId ?? '');
    const span = list(trace, 'spans').find((one) => text(one, 'operationName') === OPERATION);
    const process = field(field(trace, 'processes'), text(span, 'processID'));
    // Grafana uses tags of the process, tags of the span, and the name of the operation.
    const tags = new Map<string, string>(
      [...list(process, 'tags'), ...list(span, 'tags')].map((tag) => [
        text(tag, 'key'),
        text(tag, 'value'),
      ]),
    ).set('name', text(span, 'operationName'));
    expect(tags.has('service.name')).toBe(false);
    const matchers = sources.jaeger.tracesToMetrics.tags.map(
      ({ key, value }) => `${value}="${tags.get(key)}"`,
    );
    const asked = query.replaceAll('$__tags', matchers.join(', '));
    const series = await eventually(
      () => queryPrometheus(testStack.stack.urls.prometheus, asked),
      (found) => (found[0]?.samples[0]?.value ?? 0) > 0,
      ARRIVE_MS,
    );
    expect(series).toEqual([
      {
        labels: expect.objectContaining({ service_name: run, span_name: OPERATION }),
        samples: [{ atMs: expect.any(Number), value: expect.any(Number) }],
      },
    ]);
    expect(series[0]?.samples[0]?.value).toBeGreaterThan(0);
  });
});
