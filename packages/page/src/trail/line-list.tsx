/** Log lines and events of the payment in chronological order. */
import type { VNode } from 'preact';
import { hereWith, place } from '../data/location.ts';
import { duration, rowTime } from '../data/time.ts';
import { Empty } from '../ui/empty.tsx';
import type { TraceState } from './data.ts';
import type { Line } from './lines.ts';
import { isChosen, lineAddress } from './selection.ts';
import { traceName } from './trace-tabs.tsx';

const LONG_GAP_MS = 60_000;

/** All lines, or those of the selected trace. */
export function LineList(props: {
  readonly lines: readonly Line[];
  readonly traceId: string | undefined;
  readonly traces: readonly TraceState[];
}): VNode {
  const { lines, traceId, traces } = props;
  const isOne = place.value.query.get('lines') === 'trace';
  const ofTrace = lines.filter((line) => line.traceId === traceId);
  const shown = isOne ? ofTrace : lines;
  return (
    <section aria-label="Log lines and events">
      <div class="section-head">
        <h2>Log lines and events</h2>
        {ofTrace.length < lines.length && (
          <Choice isOne={isOne} all={lines.length} one={ofTrace.length} />
        )}
      </div>
      {shown.length === 0 ? (
        <Empty title="No events or log lines for this payment">
          Events of this payment and log lines of its traces appear here.
        </Empty>
      ) : (
        <ol class="panel lines">
          {shown.map((line, index) => (
            <LineRow
              key={`${line.kind}${line.id}`}
              line={line}
              before={shown[index - 1]}
              origin={originOf(line, traceId, traces)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function Choice(props: {
  readonly isOne: boolean;
  readonly all: number;
  readonly one: number;
}): VNode {
  return (
    <nav class="chips tight" aria-label="Filter lines">
      <a
        class="chip"
        href={hereWith({ lines: undefined })}
        aria-current={props.isOne ? undefined : 'true'}
        data-replace=""
      >
        All <span class="chip-count">{props.all}</span>
      </a>
      <a
        class="chip"
        href={hereWith({ lines: 'trace' })}
        aria-current={props.isOne ? 'true' : undefined}
        data-replace=""
      >
        This trace <span class="chip-count">{props.one}</span>
      </a>
    </nav>
  );
}

function LineRow(props: {
  readonly line: Line;
  readonly before: Line | undefined;
  readonly origin: string;
}): VNode {
  const { line, before, origin } = props;
  const gapMs = before === undefined ? 0 : line.atMs - before.atMs;
  return (
    <>
      {gapMs >= LONG_GAP_MS && <li class="gap">{duration(gapMs)} later</li>}
      <li>
        <a
          class="line-row"
          href={lineAddress(line)}
          aria-current={isChosen(line) ? 'true' : undefined}
          data-replace=""
          data-row
        >
          <span class="mono quiet line-time">{rowTime(line.atMs)}</span>
          <span class={`level ${line.level}`}>{line.level}</span>
          <span class="line-text">
            {line.kind === 'event' ? <EventText line={line} /> : <LogText line={line} />}
          </span>
          {origin !== '' && <span class="quiet origin">{origin}</span>}
        </a>
      </li>
    </>
  );
}

function EventText(props: { readonly line: Line }): VNode {
  return (
    <>
      <strong>{props.line.title}</strong> {props.line.detail}
    </>
  );
}

function LogText(props: { readonly line: Line }): VNode {
  return (
    <>
      {props.line.title} <small class="mono quiet">{props.line.detail}</small>
    </>
  );
}

/** The trace of a line that does not belong to the selected trace. */
function originOf(line: Line, traceId: string | undefined, traces: readonly TraceState[]): string {
  if (line.traceId === traceId) return '';
  if (line.traceId === undefined) return 'no trace';
  const trace = traces.find((one) => one.id === line.traceId);
  return trace === undefined ? 'another trace' : traceName(trace);
}
