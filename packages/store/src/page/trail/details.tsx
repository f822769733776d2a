/** The attributes of what is selected. */
import type { VNode } from 'preact';
import { clockMs, duration } from '../data/time.ts';
import { amountText } from '../ui/amount.tsx';
import { type Line, valueText } from './lines.ts';
import type { Selected } from './selection.ts';
import type { SpanRow, Waterfall } from './spans.ts';

type Pair = readonly [name: string, value: string];

/** Attributes of the machinery: shown on request. */
const TECHNICAL =
  /^(otel\.|telemetry\.|process\.|host\.|internal\.|span\.kind$|error$|thread\.|moneytrail\.event\.(?!id|duration))/;
const MONEY = ['money.amount_minor', 'money.currency', 'money.exponent'];
const BUSINESS =
  /^(payment|refund|dispute|payout|transfer|commission|referral|money|platform_fee|webhook|job)\./;

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
  const pairs: readonly Pair[] = [...tags, ['service.name', span.service]];
  return (
    <>
      <h3 class="break">{span.name}</h3>
      <p class="quiet">
        {span.kind} · {duration(span.durationMs)} of {duration(lengthMs)}
      </p>
      {span.failed && <p class="bad">✕ failed</p>}
      <Pairs pairs={pairs} />
      {span.logs.map((log) => (
        <section key={log.timestamp}>
          <h4>Span event at {clockMs(log.timestamp / 1000)}</h4>
          <Pairs pairs={log.fields.map((field) => [field.key, String(field.value)])} />
        </section>
      ))}
    </>
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
      <Pairs
        pairs={Object.entries(line.attributes).map(([name, value]) => [name, valueText(value)])}
      />
    </>
  );
}

function Pairs(props: { readonly pairs: readonly Pair[] }): VNode {
  const pairs = withMoney(props.pairs);
  const technical = pairs.filter(([name]) => TECHNICAL.test(name));
  const rest = pairs.filter(([name]) => !TECHNICAL.test(name));
  return (
    <>
      <PairList pairs={[...rest].sort(businessFirst)} />
      {technical.length > 0 && (
        <details>
          <summary>Technical ({technical.length})</summary>
          <PairList pairs={technical} />
        </details>
      )}
    </>
  );
}

function PairList(props: { readonly pairs: readonly Pair[] }): VNode | null {
  if (props.pairs.length === 0) return null;
  return (
    <dl class="pairs">
      {props.pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Three attributes make one amount, which is what a reader looks for. */
function withMoney(pairs: readonly Pair[]): readonly Pair[] {
  const [amount_minor, currency, exponent] = MONEY.map(
    (name) => pairs.find(([one]) => one === name)?.[1],
  );
  if (amount_minor === undefined || exponent === undefined) return pairs;
  const text = amountText({ amount_minor, currency, exponent: Number(exponent) });
  return [['money.amount', text], ...pairs.filter(([name]) => !MONEY.includes(name))];
}

function businessFirst([one]: Pair, [other]: Pair): number {
  return Number(BUSINESS.test(other)) - Number(BUSINESS.test(one));
}
