import { context } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core';
import type { DropCause, Tally } from './tally.ts';

/** What all official exporters have in common. */
export interface Exporter<Payload> {
  export(payload: Payload, done: (result: ExportResult) => void): void;
}

/** One signal's way out: an exporter, the books it is entered in, and who hears of a failure. */
export interface Delivery<Payload> {
  readonly exporter: Exporter<Payload>;
  readonly tally: Tally;
  /** How many items of the request that was just answered the endpoint refused. */
  readonly takeRejected: () => number;
  readonly onFailure: (reason: string) => void;
}

/** Sends one request of `items` items and settles them in the books. Never rejects. */
export async function deliver<Payload>(
  { exporter, tally, takeRejected, onFailure }: Delivery<Payload>,
  payload: Payload,
  items: number,
): Promise<void> {
  const { code, error } = await exportOf(exporter, payload);
  if (code === ExportResultCode.SUCCESS) {
    const rejected = Math.min(items, takeRejected());
    tally.dropped(rejected, 'rejected');
    tally.exported(items - rejected);
  } else {
    tally.dropped(items, causeOf(error));
    onFailure(reasonOf(error));
  }
}

function exportOf<Payload>(exporter: Exporter<Payload>, payload: Payload): Promise<ExportResult> {
  return new Promise((resolve) => {
    // The requests of exporters are no work of the service: they make no spans and no metrics.
    context.with(suppressTracing(context.active()), () => {
      try {
        exporter.export(payload, resolve);
      } catch (error) {
        resolve({ code: ExportResultCode.FAILED, error: asError(error) });
      }
    });
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function causeOf(error: Error | undefined): DropCause {
  const code = codeOf(error);
  // 429 is a request to come back later: it was refused for want of time, not for what it held.
  if (typeof code === 'number' && code >= 400 && code < 500 && code !== 429) return 'rejected';
  if (code === 'ETIMEDOUT' || /timed out/i.test(error?.message ?? '')) return 'timeout';
  return 'export_failed';
}

function reasonOf(error: Error | undefined): string {
  const code = codeOf(error);
  const reason = error?.message || String(code ?? 'the endpoint does not answer');
  const isForCredentials = code === 401 || code === 403;
  return isForCredentials ? `${reason} (is its token in OTEL_EXPORTER_OTLP_HEADERS?)` : reason;
}

function codeOf(error: Error | undefined): unknown {
  return error !== undefined && 'code' in error ? error.code : undefined;
}
