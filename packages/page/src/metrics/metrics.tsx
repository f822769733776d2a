/** The metrics view: one small chart for each metric, those of the catalogue by the flow that they watch. */
import type { MetricRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { onChange } from '../data/live.ts';
import { range } from '../data/range.ts';
import { counted } from '../data/words.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { type Flow, flows, otherFlows, type Panel, seriesOf } from './flows.ts';
import { metrics } from './load.ts';
import { MetricPanel } from './panel.tsx';

const REFRESH_MS = 10_000;
const FLOWS = flows();

/** All metrics that the store has; instruments of the catalogue that it does not have are listed below their flow. */
export function MetricsView(): VNode {
  useEffect(() => {
    void metrics.load();
    return onChange(['metrics'], REFRESH_MS, () => void metrics.load());
  }, []);
  return (
    <>
      <ViewHead title="Metrics">
        What services measured {range.value.phrase}. Counters are drawn per minute; the legend has
        their growth in the range.
      </ViewHead>
      <Loaded of={metrics} what="The list of metrics" shape="cards">
        {(rows) => <Flows rows={rows} />}
      </Loaded>
    </>
  );
}

function Flows(props: { readonly rows: readonly MetricRow[] }): VNode {
  if (props.rows.length === 0) return <NoMetrics />;
  const held = new Set(props.rows.map(seriesOf));
  const isHeld = (panel: Panel): boolean => held.has(panel.series);
  const isSent = ({ panels }: Flow): boolean => panels.some(isHeld);
  const sent = [...FLOWS.filter(isSent), ...otherFlows(props.rows, FLOWS)];
  const unsent = FLOWS.filter((flow) => !isSent(flow));
  return (
    <>
      {[...sent, ...unsent].map((flow) => (
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
          <MetricPanel key={`${panel.series} ${panel.unit}`} panel={panel} />
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
        {counted(props.panels.length, 'instrument', 'instruments')} that no service has sent
      </summary>
      <dl class="pairs">
        {props.panels.map((panel) => (
          <div key={panel.name}>
            <dt>{panel.name}</dt>
            <dd>{panel.help}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
