import { hexOf } from './ids.ts';
import {
  type Attributes,
  type LogDraft,
  logRequest,
  metricRequest,
  type SpanDraft,
  traceRequest,
  type Value,
} from './otlp.ts';
import type { Signal } from './sender.ts';

/** A request that contains a text in every place where a service could put it by mistake. */
export interface SecretRequest {
  readonly signal: Signal;
  readonly body: string;
}

/** The id of the trace that contains a text. */
export function traceIdOf(run: string, name: string): string {
  return hexOf(`${run} ${name}`, 32);
}

/**
 * Requests of each signal. `name` identifies the text in all of them, which proves that the search for leaks works.
 * Attributes of links get a separate text, because no processor of the Collector can change them.
 */
export function secretRequests(
  run: string,
  name: string,
  text: string,
  linked: string,
): SecretRequest[] {
  const resource = { 'service.name': run, 'app.host.note': text };
  const scope = { 'app.scope.note': text };
  const spans = spansWith(traceIdOf(run, name), name, text, linked);
  return [
    { signal: 'traces', body: traceRequest(resource, spans, scope) },
    { signal: 'logs', body: logRequest(resource, logsWith(name, text), scope) },
    { signal: 'metrics', body: metricRequest(resource, [pointWith(name, text)], scope) },
  ];
}

function spansWith(traceId: string, name: string, text: string, linked: string): SpanDraft[] {
  const time = { startMs: Date.now() - 20, durationMs: 10 };
  return [
    {
      ...{
        traceId,
        spanId: hexOf(`${traceId} 0`, 16),
        name: `POST /pay ${text}`,
        kind: 2,
        ...time,
      },
      attributes: { 'app.canary': name, ...plainPlaces(text), ...urlPlaces(text) },
      traceState: `vendor=${text}`,
      // So that the trace is kept at any sampling rate.
      status: { code: 2, message: `refused: ${text}` },
    },
    {
      ...{ traceId, spanId: hexOf(`${traceId} 1`, 16), name: 'payment.process', kind: 1, ...time },
      parentSpanId: hexOf(`${traceId} 0`, 16),
      attributes: numberPlaces(text),
      events: [
        { name: 'exception', attributes: exceptionOf(text) },
        { name: `note ${text}`, attributes: plainPlaces(text) },
      ],
      links: [{ 'app.link.note': linked }],
    },
  ];
}

function logsWith(name: string, text: string): LogDraft[] {
  const attributes = { 'app.canary': name };
  const body: readonly Value[] = [
    text,
    `the customer wrote ${text}, twice`,
    `{"note":"${text}","ok":true}`,
    { note: text, inner: { list: [text] } },
    [`first ${text}`, 'second'],
  ];
  const atMs = Date.now();
  return [
    ...body.map((one, place) => ({ atMs: atMs + place, body: one, attributes })),
    {
      atMs: atMs + body.length,
      body: 'attributes',
      attributes: {
        ...attributes,
        ...plainPlaces(text),
        ...urlPlaces(text),
        ...numberPlaces(text),
      },
    },
    {
      atMs: atMs + body.length + 1,
      body: 'moneytrail.payment.failed',
      severity: 'WARN',
      attributes: {
        ...attributes,
        ...exceptionOf(text),
        'event.name': 'moneytrail.payment.failed',
        'payment.failure.code': text,
        'payment.id': text,
      },
    },
  ];
}

function pointWith(name: string, text: string) {
  return {
    name: 'moneytrail.e2e.carriers',
    unit: '{carrier}',
    attributes: { 'app.canary': name, 'app.note': text, 'app.sentence': `for ${text} again` },
    startMs: Date.now() - 1000,
    atMs: Date.now(),
    value: 1,
    exemplar: { 'app.exemplar.note': text },
  };
}

function plainPlaces(text: string): Attributes {
  return {
    'app.note': text,
    'app.sentence': `the customer wrote ${text}, twice`,
    'app.json': JSON.stringify({ note: text }),
    'app.list': ['fine', text],
    'app.map': { inner: { deep: text, list: [text] } },
  };
}

function urlPlaces(text: string): Attributes {
  const encoded = encodeURIComponent(text);
  return {
    'url.full': `https://shop.example/pay?order=7&note=${encoded}`,
    'url.query': `order=7&note=${text}`,
    'url.path': `/pay/${text}`,
    'http.target': `/pay?note=${encoded}`,
    'http.request.header.baggage': [`note=${encoded}`],
    baggage: `tenant=7,note=${text}`,
  };
}

/** The text as a number, if it is one. */
function numberPlaces(text: string): Attributes {
  return /^\d{12,18}$/.test(text) ? { 'app.number': BigInt(text) } : {};
}

function exceptionOf(text: string): Attributes {
  return {
    'exception.type': 'Error',
    'exception.message': `cannot charge ${text}`,
    'exception.stacktrace': `Error: cannot charge ${text}\n    at charge (/app/src/charge.js:12:7)`,
  };
}
