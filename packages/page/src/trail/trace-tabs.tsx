/** The traces of a payment: the checkout, the webhook, the payout. */
import type { VNode } from 'preact';
import { clock, duration } from '../data/time.ts';
import { shortTrace } from '../data/words.ts';
import type { TraceState } from './data.ts';
import { traceAddress } from './selection.ts';

/** One link per trace, named by its first span; nothing when there is only one. */
export function TraceTabs(props: {
  readonly traces: readonly TraceState[];
  readonly chosen: string | undefined;
}): VNode | null {
  if (props.traces.length < 2) return null;
  return (
    <nav class="chips tight" aria-label="Traces of this payment">
      {props.traces.map((trace) => (
        <a
          key={trace.id}
          class="chip"
          href={traceAddress(trace.id)}
          title={`trace ${trace.id}`}
          aria-current={trace.id === props.chosen ? 'true' : undefined}
          data-replace=""
        >
          {traceName(trace)}
          {isNamesake(trace, props.traces) && ` ${clock(trace.waterfall?.startMs ?? 0)}`}
          {trace.waterfall !== undefined && (
            <span class="chip-count"> {duration(trace.waterfall.durationMs)}</span>
          )}
        </a>
      ))}
    </nav>
  );
}

/** True when another trace has the same name: two webhooks of a payment differ only in time. */
function isNamesake(trace: TraceState, traces: readonly TraceState[]): boolean {
  const names = traces.filter((one) => one.waterfall !== undefined).map(traceName);
  return names.filter((name) => name === traceName(trace)).length > 1;
}

/** Display name of a trace: the name of its first span. */
export function traceName(trace: TraceState): string {
  return trace.waterfall?.rows[0]?.name ?? `trace ${shortTrace(trace.id)}`;
}
