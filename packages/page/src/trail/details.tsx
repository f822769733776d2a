/** The details of the selected span, log line or event. */

import type { JaegerSpan } from '@moneytrail/store';
import type { VNode } from 'preact';
import { type Pair, pairsOf } from '../data/attributes.ts';
import { clockMs, duration } from '../data/time.ts';
import { AttributeList } from '../ui/attribute-list.tsx';
import type { Line } from './lines.ts';
import type { Selected } from './selection.ts';
import { type SpanRow, tagText, type Waterfall } from './spans.ts';

/** Details of a span, a log line or an event. */
export function Details(props: {
  readonly selected: Selected | undefined;
  readonly waterfall: Waterfall | undefined;
}): VNode | null {
  const { selected, waterfall } = props;
  if (selected === undefined) return null;
  return (
    <aside class="panel details" aria-label="Details of the selection">
      {selected.kind === 'span' ? (
        <SpanDetails span={selected.span} lengthMs={waterfall?.durationMs ?? 0} />
      ) : (
        <LineDetails line={selected.line} />
      )}
    </aside>
  );
}

function SpanDetails(props: { readonly span: SpanRow; readonly lengthMs: number }): VNode {
  const { span, lengthMs } = props;
  const tags = span.tags.map((tag): Pair => [tag.key, String(tag.value)]);
  return (
    <>
      <h3 class="break">{span.name}</h3>
      <p class="quiet">
        {span.kind} · {duration(span.durationMs)} of {duration(lengthMs)}
      </p>
      {span.failed && <p class="bad">✕ failed</p>}
      <AttributeList pairs={[...tags, ['service.name', span.service]]} />
      {span.logs.map((log) => (
        <SpanEvent key={`${span.id} ${log.timestamp}`} log={log} />
      ))}
    </>
  );
}

/** Most events are also in the list below; an exception is only here, so it is expanded. */
function SpanEvent(props: { readonly log: JaegerSpan['logs'][number] }): VNode {
  const { fields, timestamp } = props.log;
  const name = tagText(fields, 'event') || 'span event';
  const rest = fields.filter((field) => field.key !== 'event');
  return (
    <details open={name === 'exception'}>
      <summary>
        {name.replace(/^moneytrail\./, '')} at {clockMs(timestamp / 1000)}
      </summary>
      <AttributeList pairs={rest.map((field) => [field.key, String(field.value)])} />
    </details>
  );
}

function LineDetails(props: { readonly line: Line }): VNode {
  const { line } = props;
  return (
    <>
      <h3 class="break">{line.title}</h3>
      <p class="quiet">
        {line.level} · {clockMs(line.atMs)}
        {line.kind === 'event' && line.detail !== '' && ` · ${line.detail}`}
      </p>
      <AttributeList pairs={pairsOf(line.attributes)} />
    </>
  );
}
