/** The data of a trail, loaded and refreshed. */

import type { JaegerResponse, PaymentTrail } from '@moneytrail/store';
import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { type Failure, request } from '../data/api.ts';
import { onChange } from '../data/live.ts';
import { createResource, oneAtATime, type Resource } from '../data/resource.ts';
import { buildWaterfall, type Waterfall } from './spans.ts';

const REFRESH_MS = 2000;
/** Limit of loaded traces; the payment's own traces come first. */
const MOST_TRACES = 12;

/** A trace of the payment: its waterfall, or why there is none. */
export interface TraceState {
  readonly id: string;
  readonly waterfall?: Waterfall;
  readonly failure?: Failure;
}

/** The trail and its traces. */
export interface TrailData {
  readonly trail: Resource<PaymentTrail>;
  readonly traces: ReadonlySignal<readonly TraceState[]>;
}

/** A payment in an address; without a provider when the id is unique. */
export interface PaymentKey {
  readonly provider: string | undefined;
  readonly id: string;
}

/** Loads a trail, then its traces, and both again when new data arrives. */
export function useTrail(payment: PaymentKey): TrailData {
  const [data] = useState(() => createTrail(payment));
  useEffect(() => {
    void data.reload();
    return onChange(['events', 'traces', 'logs'], REFRESH_MS, () => void data.reload());
  }, [data]);
  return data;
}

function createTrail(payment: PaymentKey): TrailData & { reload(): Promise<void> } {
  const parts = [payment.provider, payment.id].filter((part) => part !== undefined);
  const address = `/api/payments/${parts.map(encodeURIComponent).join('/')}`;
  const trail = createResource<PaymentTrail>(() => address);
  const traces = signal<readonly TraceState[]>([]);
  const reload = oneAtATime(async () => {
    await trail.load();
    const ids = trail.value.peek()?.trace_ids ?? [];
    traces.value = await Promise.all(ids.slice(0, MOST_TRACES).map(loadTrace));
  });
  return { trail, traces, reload };
}

async function loadTrace(id: string): Promise<TraceState> {
  const result = await request<JaegerResponse>(`/api/traces/${encodeURIComponent(id)}`);
  if ('failure' in result) return { id, failure: result.failure };
  const trace = result.value.data[0];
  if (trace === undefined || trace.spans.length === 0) {
    return { id, failure: { kind: 'missing', status: 200, detail: '' } };
  }
  return { id, waterfall: buildWaterfall(trace) };
}
