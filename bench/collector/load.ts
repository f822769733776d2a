/**
 * The load: requests of 500 spans of a payment service, encoded once by OpenTelemetry's exporter, then sent repeatedly
 * with new trace ids patched into the bytes, so that the sender is not a bottleneck.
 */
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { type PlannedSpan, spansOfTrace } from './payment-trace.ts';

/** Spans in one request: the batch size of our SDK. */
export const SPANS_PER_REQUEST = 500;

/** The bytes of one request, and the positions of its trace ids. */
export interface EncodedRequest {
  readonly bytes: Buffer;
  readonly traces: readonly (readonly number[])[];
}

const RESOURCE = resourceFromAttributes({
  'service.name': 'checkout',
  'service.version': '4.18.2',
  'service.instance.id': '9f0c1b8e-5d0b-4c0e-b9f5-6c2b5c5f5a11',
  'deployment.environment.name': 'production',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '3.0.0',
  'host.name': 'checkout-7c9d5b6f4-x2x9p',
  'process.runtime.version': '24.21.0',
});

/** Encodes `count` different requests. */
export async function encodeRequests(count: number): Promise<EncodedRequest[]> {
  await using encoder = await startEncoder();
  const requests: EncodedRequest[] = [];
  for (let index = 0; index < count; index++) requests.push(await encoder.encode(index));
  return requests;
}

/** Sets new ids for all traces of the request. */
export function renew(request: EncodedRequest): void {
  for (const [first = 0, ...others] of request.traces) {
    const id = randomFillSync(request.bytes, first, 16).subarray(first, first + 16);
    for (const offset of others) id.copy(request.bytes, offset);
  }
}

/** Captures the bytes that the SDK's exporter sends. */
async function startEncoder() {
  const memory = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: RESOURCE,
    spanProcessors: [new SimpleSpanProcessor({ exporter: memory })],
  });
  let bytes = Buffer.alloc(0);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      bytes = Buffer.concat(chunks);
      response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}/v1/traces` });
  return {
    encode: async (index: number): Promise<EncodedRequest> => {
      const ids = recordTraces(provider, index);
      const spans = memory.getFinishedSpans();
      const { error } = await new Promise<{ error?: Error }>((done) =>
        exporter.export(spans, done),
      );
      if (error) throw error;
      memory.reset();
      return { bytes, traces: ids.map((id) => offsetsOf(Buffer.from(id, 'hex'), bytes)) };
    },
    [Symbol.asyncDispose]: async () => {
      await exporter.shutdown();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Records complete traces until the request is full, which truncates the last one. */
function recordTraces(provider: TracerProvider, request: number): string[] {
  const first = request * SPANS_PER_REQUEST;
  const ids: string[] = [];
  let left = SPANS_PER_REQUEST;
  for (let index = first; left > 0; index++) {
    const spans = spansOfTrace(index).slice(0, left);
    left -= spans.length;
    ids.push(recordTrace(provider, spans));
  }
  return ids;
}

function recordTrace(provider: TracerProvider, spans: readonly PlannedSpan[]): string {
  const tracer = provider.getTracer('checkout', '4.18.2');
  let parent = ROOT_CONTEXT;
  for (const { name, kind, startMs, endMs, attributes, failed } of spans) {
    const span = tracer.startSpan(name, { kind, attributes, startTime: startMs }, parent);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    parent = trace.setSpan(parent, span);
    span.end(endMs);
  }
  return trace.getSpanContext(parent)?.traceId ?? '';
}

function offsetsOf(id: Buffer, bytes: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + id.length)) {
    offsets.push(at);
  }
  return offsets;
}
