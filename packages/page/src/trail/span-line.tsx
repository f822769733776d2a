/** One span in the waterfall. */
import type { VNode } from 'preact';
import { duration } from '../data/time.ts';
import type { Mark } from './marks.ts';
import { isChosen, lineAddress, spanAddress } from './selection.ts';
import type { SpanRow, Waterfall } from './spans.ts';

const DEEPEST = 8;

/** A link that selects the span. The marks on it select their line; for the keyboard, the list below has the same links. */
export function SpanLine(props: {
  readonly span: SpanRow;
  readonly waterfall: Waterfall;
  readonly marks: readonly Mark[];
  readonly isChosen: boolean;
}): VNode {
  const { span, waterfall, marks } = props;
  return (
    <li class="span-line">
      <a
        href={spanAddress(waterfall.traceId, span.id)}
        aria-current={props.isChosen ? 'true' : undefined}
        data-replace=""
        data-row
      >
        <span class="span-name" style={{ '--depth': Math.min(span.depth, DEEPEST) }}>
          {span.failed && <span class="bad">✕ </span>}
          {span.name} <small>{span.hint}</small>
          {span.failed && <span class="hidden"> failed</span>}
        </span>
        <span class="span-track" aria-hidden="true">
          <span
            class={`span-bar kind-${span.kind}${span.failed ? ' failed-bar' : ''}`}
            style={barStyle(span, waterfall)}
          />
        </span>
        <span class="span-took">{duration(span.durationMs)}</span>
      </a>
      <span class="span-marks">
        {marks.map(({ line, share }) => (
          <a
            key={`${line.kind}${line.id}`}
            class={`mark ${line.kind} ${line.level}`}
            style={{ left: `${100 * share}%` }}
            href={lineAddress(line)}
            title={`${line.title} ${line.detail}`}
            aria-current={isChosen(line) ? 'true' : undefined}
            tabIndex={-1}
            data-replace=""
          >
            <span class="hidden">{line.title}</span>
          </a>
        ))}
      </span>
    </li>
  );
}

function barStyle(
  span: SpanRow,
  { startMs, durationMs }: Waterfall,
): { left: string; width: string } {
  if (durationMs === 0) return { left: '0%', width: '100%' };
  return {
    left: `${(100 * (span.startMs - startMs)) / durationMs}%`,
    width: `${(100 * span.durationMs) / durationMs}%`,
  };
}
