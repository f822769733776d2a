/** The metrics view: one small chart per instrument of the catalogue, grouped by the flow that it watches. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { onChange } from '../data/live.ts';
import { range } from '../data/range.ts';
import { counted } from '../data/words.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { type Flow, flows, type Panel } from './flows.ts';
import { metricNames } from './load.ts';
import { MetricPanel } from './panel.tsx';

const REFRESH_MS = 10_000;
const FLOWS = flows();

/** All instruments that the store holds; the others are named below their flow. */
export function MetricsView(): VNode {
  useEffect(() => {
    void metricNames.load();
    return onChange(['metrics'], REFRESH_MS, () => void metricNames.load());
  }, []);
  return (
    <>
      <ViewHead title="Metrics">
        What services counted {range.value.phrase}. Counters are drawn per minute, with their growth
        beside the name.
      </ViewHead>
      <Loaded of={metricNames} what="The list of metrics" shape="cards">
        {({ data }) => <Flows held={new Set(data)} />}
      </Loaded>
    </>
  );
}

function Flows(props: { readonly held: ReadonlySet<string> }): VNode {
  const isHeld = (panel: Panel): boolean => props.held.has(panel.series);
  if (!FLOWS.some((flow) => flow.panels.some(isHeld))) return <NoMetrics />;
  return (
    <>
      {FLOWS.map((flow) => (
        <FlowSection key={flow.title} flow={flow} isHeld={isHeld} />
      ))}
    </>
  );
}

function NoMetrics(): VNode {
  return (
    <Empty title="No metric has arrived yet" line="import '@moneytrail/telemetry/register';">
      What a service uses is sent within a minute, if its first line is this:
    </Empty>
  );
}

function FlowSection(props: {
  readonly flow: Flow;
  readonly isHeld: (panel: Panel) => boolean;
}): VNode {
  const { flow, isHeld } = props;
  const held = flow.panels.filter(isHeld);
  const absent = flow.panels.filter((panel) => !isHeld(panel));
  return (
    <section class="flow" aria-label={flow.title}>
      <h2>{flow.title}</h2>
      <div class="charts">
        {held.map((panel) => (
          <MetricPanel key={panel.name} panel={panel} />
        ))}
      </div>
      {absent.length > 0 && <Absent panels={absent} />}
    </section>
  );
}

function Absent(props: { readonly panels: readonly Panel[] }): VNode {
  return (
    <details class="absent">
      <summary>
        {counted(props.panels.length, 'more instrument', 'more instruments')} that no service has
        sent
      </summary>
      <dl class="pairs">
        {props.panels.map((panel) => (
          <div key={panel.name}>
            <dt>{panel.name}</dt>
            <dd>{panel.definition.help}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
