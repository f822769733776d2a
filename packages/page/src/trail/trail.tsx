/** The trail of one payment: what happened, and where every minor unit went. */

import type { PaymentTrail } from '@moneytrail/store';
import type { VNode } from 'preact';
import { listAddress, place } from '../data/location.ts';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { type TraceState, type TrailData, useTrail } from './data.ts';
import { Details } from './details.tsx';
import { LineList } from './line-list.tsx';
import { linesOf } from './lines.ts';
import { MoneyCard } from './money-card.tsx';
import { Payouts } from './payouts.tsx';
import { selected } from './selection.ts';
import { TraceTabs } from './trace-tabs.tsx';
import { Crumbs, TrailHead } from './trail-head.tsx';
import { WaterfallPanel } from './waterfall.tsx';

/** The view of one payment. */
export function TrailView(props: {
  readonly provider: string | undefined;
  readonly id: string;
}): VNode {
  const data = useTrail(props);
  const isMissing = data.trail.failure.value?.kind === 'missing';
  return (
    <>
      <Crumbs {...props} />
      {isMissing ? (
        <Missing id={props.id} />
      ) : (
        <Loaded of={data.trail} what="This payment" shape="rows">
          {(trail) => <Trail trail={trail} data={data} />}
        </Loaded>
      )}
    </>
  );
}

function Trail(props: { readonly trail: PaymentTrail; readonly data: TrailData }): VNode {
  const { trail, data } = props;
  const lines = linesOf(trail);
  const traces = data.traces.value;
  const trace = chosenTrace(traces);
  const choice = selected(trace?.waterfall, lines);
  return (
    <>
      <TrailHead payment={trail.payment} traceId={trail.trace_ids[0]} />
      <MoneyCard trail={trail} />
      <Payouts payouts={trail.payouts} />
      <section id="trail" aria-label="Trail">
        <div class="section-head">
          <h2>Trail</h2>
          <TraceTabs traces={traces} chosen={trace?.id} />
        </div>
        <div class="trail">
          <WaterfallPanel
            trace={trace}
            lines={lines}
            selected={choice}
            isWaiting={isWaiting(trail, traces)}
          />
          <Details selected={choice} waterfall={trace?.waterfall} />
        </div>
      </section>
      <LineList lines={lines} traceId={trace?.id} traces={traces} />
    </>
  );
}

function isWaiting(trail: PaymentTrail, traces: readonly TraceState[]): boolean {
  return trail.trace_ids.length > 0 && traces.length === 0;
}

/** The trace in the address, otherwise the first, which is the longest. */
function chosenTrace(traces: readonly TraceState[]): TraceState | undefined {
  const named = place.value.query.get('trace');
  return traces.find((one) => one.id === named) ?? traces[0];
}

function Missing(props: { readonly id: string }): VNode {
  return (
    <>
      <ViewHead title="Payment not found">
        The store has no events for <code class="break">{props.id}</code>: the payment was never
        recorded, or it is older than the retention time.
      </ViewHead>
      <a href={listAddress()}>Go to payments</a>
    </>
  );
}
