/** Spans, log lines and events of one trace on one time axis. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { duration } from '../data/time.ts';
import { Empty } from '../ui/empty.tsx';
import { Waiting } from '../ui/loaded.tsx';
import { isNarrow, remPx } from '../ui/media.ts';
import { useVirtualRows } from '../ui/virtual-rows.ts';
import type { TraceState } from './data.ts';
import type { Line } from './lines.ts';
import { marksBySpan } from './marks.ts';
import type { Selected } from './selection.ts';
import { SpanLine } from './span-line.tsx';
import { clockTicks, type Waterfall } from './spans.ts';

const ROW_REM = 2.3;
const LINE = "await tracePayment({ provider: 'stripe', id: 'pi_1' }, () => charge());";

interface PanelProps {
  readonly trace: TraceState | undefined;
  readonly lines: readonly Line[];
  readonly selected: Selected | undefined;
  /** True while the traces are loading. */
  readonly isWaiting: boolean;
}

/** The waterfall, or why there is none. */
export function WaterfallPanel(props: PanelProps): VNode {
  const { trace, isWaiting } = props;
  if (isWaiting) return <Waiting shape="rows" />;
  if (trace === undefined) {
    return (
      <Empty title="No trace for this payment" line={LINE}>
        Its events were recorded outside of a trace, for example in a script. To trace the next
        payment, wrap the code that charges it:
      </Empty>
    );
  }
  if (trace.waterfall === undefined) return <TraceMissing trace={trace} />;
  return <WaterfallRows {...props} waterfall={trace.waterfall} />;
}

function TraceMissing(props: { readonly trace: TraceState }): VNode {
  const { id, failure } = props.trace;
  if (failure?.kind === 'missing') {
    return (
      <Empty title="Trace not found">
        The events below belong to trace <code class="break">{id}</code>, but its spans were sampled
        out, dropped or deleted by retention. Amounts and events do not depend on it.
      </Empty>
    );
  }
  return (
    <Empty title="The trace could not be loaded">
      {failure?.detail} Amounts and events do not depend on it.
    </Empty>
  );
}

function WaterfallRows(props: PanelProps & { readonly waterfall: Waterfall }): VNode {
  const { waterfall, lines, selected } = props;
  const body = useRef<HTMLOListElement>(null);
  const rowPx = Math.round(remPx() * (isNarrow.value ? ROW_REM + 0.1 : ROW_REM));
  const rows = useVirtualRows(waterfall.rows.length, rowPx, body);
  const marks = marksBySpan(lines, waterfall);
  const chosen = selected?.kind === 'span' ? selected.span.id : undefined;
  return (
    <div class="panel waterfall" style={{ '--row': `${rowPx}px` }}>
      <Clock lengthMs={waterfall.durationMs} />
      <ol
        ref={body}
        style={{ paddingTop: `${rows.beforePx}px`, paddingBottom: `${rows.afterPx}px` }}
      >
        {rows.items.map(({ index }) => {
          const span = waterfall.rows[index];
          return span === undefined ? null : (
            <SpanLine
              key={span.id}
              span={span}
              waterfall={waterfall}
              marks={marks.get(span.id) ?? []}
              isChosen={span.id === chosen}
            />
          );
        })}
      </ol>
    </div>
  );
}

function Clock(props: { readonly lengthMs: number }): VNode {
  const { lengthMs } = props;
  return (
    <div class="clock" aria-hidden="true">
      <span class="clock-name">
        Logs <i class="tick-key" /> and events <i class="diamond-key" /> over time
      </span>
      <span class="clock-ticks">
        {clockTicks(lengthMs).map((atMs) => (
          <span key={atMs} style={{ left: `${lengthMs > 0 ? (100 * atMs) / lengthMs : 0}%` }}>
            {atMs === lengthMs ? duration(atMs) : tickText(atMs, lengthMs)}
          </span>
        ))}
      </span>
    </div>
  );
}

/** Ticks have the unit of the last tick, which alone shows it. */
function tickText(atMs: number, lengthMs: number): string {
  const scale = lengthMs < 1000 ? 1 : lengthMs < 60_000 ? 1000 : 60_000;
  return String(Number((atMs / scale).toFixed(2)));
}
