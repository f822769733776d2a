/** Secrets in every place of every signal: no backend and no file contains them; values that only look like secrets are unchanged. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { operationsOf, servicesOf, tracesById } from '../support/jaeger.ts';
import { entriesOf, type LokiEntry, streamLabels } from '../support/loki.ts';
import { exemplarsOf, metadataOf, queryPrometheus, seriesOf } from '../support/prometheus.ts';
import { collectorCount } from './support/collector-metrics.ts';
import { FALSE_POSITIVES } from './support/false-positives.ts';
import { hexOf, newRun } from './support/ids.ts';
import { type ByteSearch, byteSearch, bytesBelow, leakSearch } from './support/leaks.ts';
import { logRequest, traceRequest } from './support/otlp.ts';
import { secretRequests, traceIdOf } from './support/secret-requests.ts';
import { madeUpSecrets, type Secret } from './support/secrets.ts';
import { Sender, targetOf } from './support/sender.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

const SPANS_A_SECRET = 2;
const LOGS_A_SECRET = 7;
const ARRIVE_MS = 90_000;

const run = newRun('secrets');
const secrets = madeUpSecrets(run);
/** They are in the queue until Jaeger accepts their span; Jaeger does not store attributes of links. */
const linked = madeUpSecrets(`${run} links`).filter(({ kind }) => kind !== 'CVV');
const names = secrets.map((_, n) => `canary-${n}`);
const fromMs = Date.now() - 60_000;
const search = leakSearch([...secrets, ...linked]);
const BACKENDS = ['prometheus', 'jaeger', 'loki'] as const;
let testStack: TestStack;
let inQueue: ReturnType<typeof searchFiles>;

beforeAll(async () => {
  testStack = await startTestStack({ MONEYTRAIL_SPAN_METRICS_INTERVAL: '1s' });
  // While the backends are stopped, everything is in the queue of the Collector.
  for (const name of BACKENDS) await testStack.stack.signal(name, 'SIGSTOP');
  const target = targetOf(testStack.stack.env);
  const sender = new Sender({ ...target, headers: { ...target.headers, baggage: baggage() } });
  for (const [n, secret] of secrets.entries()) {
    for (const { signal, body } of secretRequests(
      run,
      `canary-${n}`,
      secret.text,
      linked[n]?.text ?? '',
    )) {
      await sender.send(signal, body);
    }
  }
  inQueue = searchFiles(['collector'], secrets);
  for (const name of BACKENDS) await testStack.stack.signal(name, 'SIGCONT');
});

afterAll(() => testStack?.close());

function baggage(): string {
  return secrets
    .slice(0, 20)
    .map(({ text }, n) => `note${n}=${encodeURIComponent(text)}`)
    .join(',');
}

/** The findings as text, each place once. */
function leaksOf(places: Iterable<readonly [place: string, held: string]>): string[] {
  const found = new Map<string, Set<Secret>>();
  for (const [place, held] of places) {
    for (const secret of search(held))
      found.set(place, (found.get(place) ?? new Set()).add(secret));
  }
  return [...found].map(([place, leaked]) => inWords(place, leaked));
}

function placesOf(
  prefix: string,
  held: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  return Object.entries(held).flatMap(([name, value]) => [
    [`${prefix} ${name}`, value] as const,
    [`${prefix} names`, name] as const,
  ]);
}

describe('secrets', () => {
  it('are more than 200, all different', () => {
    expect(new Set(secrets.map(({ text }) => text)).size).toBeGreaterThan(200);
    // The search itself is tested: it finds each of them in a sentence.
    expect(secrets.filter((secret) => !search(`so: ${secret.text}.`).includes(secret))).toEqual([]);
  });

  it('are nowhere in Jaeger', async () => {
    const { jaeger } = testStack.stack.urls;
    const ids = names.map((name) => traceIdOf(run, name));
    const traces = await eventually(
      () => tracesById(jaeger, ids),
      (found) => [...found.values()].flat().length === ids.length * SPANS_A_SECRET,
      ARRIVE_MS,
    );
    const spans = [...traces.values()].flat();
    expect(spans).toHaveLength(ids.length * SPANS_A_SECRET);
    expect(new Set(spans.map(({ tags }) => tags['app.canary']))).toEqual(
      new Set([...names, undefined]),
    );
    const places = spans.flatMap((span) => [
      ['span name', span.name] as const,
      ...placesOf('span', span.tags),
      ...placesOf('resource', span.resource),
      ...span.events.flatMap((event) => placesOf('span event', event)),
      ['span, anywhere', JSON.stringify(span)] as const,
    ]);
    const operations = await operationsOf(jaeger, run);
    expect(operations.length).toBeGreaterThan(0);
    const lists = [...operations, ...(await servicesOf(jaeger))];
    expect(leaksOf([...places, ...lists.map((name) => ['lists', name] as const)])).toEqual([]);
  });

  it('are nowhere in Loki', async () => {
    const { loki } = testStack.stack.urls;
    const entries = await eventually<LokiEntry[]>(
      () => entriesOf(loki, `{service_name="${run}"}`, fromMs, Date.now() + 60_000),
      (found) => found.length === names.length * LOGS_A_SECRET,
      ARRIVE_MS,
    );
    expect(entries).toHaveLength(names.length * LOGS_A_SECRET);
    expect(new Set(entries.map(({ labels }) => labels['app_canary']))).toEqual(new Set(names));
    const places = entries.flatMap((entry) => [
      ['line', entry.line] as const,
      ...placesOf('log', entry.labels),
    ]);
    const labels = [...(await streamLabels(loki))].flatMap(([name, values]) =>
      values.map((value) => [`label ${name}`, value] as const),
    );
    expect(leaksOf([...places, ...labels])).toEqual([]);
  });

  it('are nowhere in Prometheus', async () => {
    const { prometheus } = testStack.stack.urls;
    const series = await eventually(
      () => queryPrometheus(prometheus, 'moneytrail_e2e_carriers_total'),
      (found) => found.length === names.length,
      ARRIVE_MS,
    );
    expect(new Set(series.map(({ labels }) => labels['app_canary']))).toEqual(new Set(names));
    const everything = await seriesOf(prometheus, '{__name__!=""}');
    expect(everything.map(({ __name__ }) => __name__)).toContain('traces_span_metrics_calls_total');
    const exemplars = await exemplarsOf(
      prometheus,
      '{__name__=~"traces_.*|moneytrail_.*"}',
      fromMs,
      Date.now() + 60_000,
    );
    expect(
      leaksOf([
        ...everything.flatMap((labels) => placesOf(`${labels['__name__']}`, labels)),
        ...exemplars.flatMap(({ labels }) => placesOf('exemplar', labels)),
        ['metadata', await metadataOf(prometheus)],
      ]),
    ).toEqual([]);
  });

  it.each([
    ['traces', SPANS_A_SECRET],
    ['logs', LOGS_A_SECRET],
  ])('are counted for all %s that contained one', async (signal, each) => {
    const page = testStack.stack.urls.collectorMetrics;
    const labels = ['processor="filter/masked"', `otel_signal="${signal}"`];
    const counted = await eventually(
      () => collectorCount(page, 'otelcol_processor_outgoing_items', ...labels),
      (count) => count === names.length * each,
    );
    expect(counted).toBe(names.length * each);
  });

  // The search finds the harmless text next to each secret, so it would find the secret as well.
  it('are not in the queue of the Collector', () => {
    expect(inQueue).toEqual({ searched: ['collector'], found: [] });
  });

  it('are in no file and no log of any component', () => {
    const backends = searchFiles([...BACKENDS, 'config', 'logs'], [...secrets, ...linked]);
    const collector = searchFiles(['collector'], secrets);
    const searched = [...backends.searched, ...collector.searched];
    const found = [...backends.found, ...collector.found];
    expect(searched).toEqual(expect.arrayContaining(['jaeger', 'loki', 'prometheus']));
    expect(found).toEqual([]);
  });
});

/** The secrets in the files below some folders, and the folders that contain the name of a secret. */
function searchFiles(
  folders: readonly string[],
  wanted: readonly Secret[],
): { searched: string[]; found: string[] } {
  const canary: Secret = { kind: 'canary', text: 'canary-100', needle: 'canary-100' };
  const searchBytes = byteSearch([canary, ...wanted]);
  const leaked = folders.map((folder) => ({ folder, held: heldBelow(folder, searchBytes) }));
  return {
    searched: leaked.filter(({ held }) => held.delete(canary)).map(({ folder }) => folder),
    found: leaked
      .filter(({ held }) => held.size > 0)
      .map(({ folder, held }) => inWords(folder, held)),
  };
}

function heldBelow(folder: string, searchBytes: ByteSearch): Set<Secret> {
  const held = new Set<Secret>();
  for (const { bytes } of bytesBelow(join(testStack.dataDir, folder))) {
    for (const secret of searchBytes(bytes)) held.add(secret);
  }
  return held;
}

function inWords(place: string, held: ReadonlySet<Secret>): string {
  const some = [...held].slice(0, 5).map(({ kind, text }) => `${kind} "${text}"`);
  return `${place}: ${held.size} such as ${some.join(', ')}`;
}

describe('a value that only looks like a secret', () => {
  const traceId = hexOf(`${run} false-positives`, 32);
  const attributes = Object.fromEntries(FALSE_POSITIVES);
  const sent = FALSE_POSITIVES.map(([name, value]) => [name, String(value)] as const);

  beforeAll(async () => {
    const resource = { 'service.name': `${run}-false-positives` };
    const span = { traceId, spanId: hexOf(traceId, 16), name: 'payment.process', kind: 1 };
    const atMs = Date.now();
    const sender = new Sender(targetOf(testStack.stack.env));
    await sender.send(
      'traces',
      traceRequest(resource, [
        { ...span, startMs: atMs - 10, durationMs: 5, attributes, status: { code: 2 } },
      ]),
    );
    const lines = sent.map(([name, value], place) => ({
      atMs: atMs + place,
      body: value,
      attributes: { 'app.name': name, ...attributes },
    }));
    await sender.send('logs', logRequest(resource, lines));
  });

  it('arrives in Jaeger unchanged', async () => {
    const traces = await eventually(
      () => tracesById(testStack.stack.urls.jaeger, [traceId]),
      (found) => found.size === 1,
      ARRIVE_MS,
    );
    const tags = traces.get(traceId)?.[0]?.tags ?? {};
    expect(sent.map(([name]) => [name, tags[name]])).toEqual(sent);
  });

  it('arrives in Loki unchanged, as a line and as an attribute', async () => {
    const query = `{service_name="${run}-false-positives"}`;
    const entries = await eventually<LokiEntry[]>(
      () => entriesOf(testStack.stack.urls.loki, query, fromMs, Date.now() + 60_000),
      (found) => found.length === sent.length,
      ARRIVE_MS,
    );
    const [first] = entries;
    expect(entries.map(({ labels, line }) => [labels['app_name'], line])).toEqual(sent);
    expect(sent.map(([name]) => [name, first?.labels[name.replaceAll('.', '_')]])).toEqual(sent);
  });
});
