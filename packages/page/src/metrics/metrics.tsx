/** The metrics view: a small chart for each metric; those of the catalogue are in its groups. */
import type { MetricRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { onChange } from '../data/live.ts';
import { range } from '../data/range.ts';
import { counted } from '../data/words.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { catalogueGroups, otherGroups, type Panel, type PanelGroup, seriesOf } from './groups.ts';
import { metrics } from './load.ts';
import { MetricPanel } from './panel.tsx';

const REFRESH_MS = 10_000;
const CATALOGUE_GROUPS = catalogueGroups();

/** All stored metrics; instruments of the catalogue without data are listed below their group. */
export function MetricsView(): VNode {
  useEffect(() => {
    void metrics.load();
    return onChange(['metrics'], REFRESH_MS, () => void metrics.load());
  }, []);
  return (
    <>
      <ViewHead title="Metrics">
        Metrics of all services {range.value.phrase}. Charts show counters per minute; legends show
        their increase in the range.
      </ViewHead>
      <Loaded of={metrics} what="The list of metrics" shape="cards">
        {(rows) => <Groups rows={rows} />}
      </Loaded>
    </>
  );
}

function Groups(props: { readonly rows: readonly MetricRow[] }): VNode {
  if (props.rows.length === 0) return <NoMetrics />;
  const held = new Set(props.rows.map(seriesOf));
  const isHeld = (panel: Panel): boolean => held.has(panel.series);
  const isSent = ({ panels }: PanelGroup): boolean => panels.some(isHeld);
  const sent = [...CATALOGUE_GROUPS.filter(isSent), ...otherGroups(props.rows, CATALOGUE_GROUPS)];
  const unsent = CATALOGUE_GROUPS.filter((group) => !isSent(group));
  return (
    <>
      {[...sent, ...unsent].map((group) => (
        <GroupSection key={group.title} group={group} isHeld={isHeld} />
      ))}
    </>
  );
}

function NoMetrics(): VNode {
  return (
    <Empty title="No metrics yet" line="import '@moneytrail/telemetry/register';">
      A service sends its metrics within a minute when its entry file starts with this line:
    </Empty>
  );
}

function GroupSection(props: {
  readonly group: PanelGroup;
  readonly isHeld: (panel: Panel) => boolean;
}): VNode {
  const { group, isHeld } = props;
  const held = group.panels.filter(isHeld);
  const absent = group.panels.filter((panel) => !isHeld(panel));
  return (
    <section class="group" aria-label={group.title}>
      <h2>{group.title}</h2>
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
      <summary>{counted(props.panels.length, 'instrument', 'instruments')} without data</summary>
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
