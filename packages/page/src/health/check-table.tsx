/** The health checks of one service. */

import type { HealthRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { clock, duration, moment } from '../data/time.ts';
import { plain } from '../data/words.ts';
import { HealthState } from '../ui/outcome.tsx';

const RUNS = 10;

/** State, its start and the last ten runs of each check. */
export function CheckTable(props: { readonly rows: readonly HealthRow[] }): VNode {
  return (
    <div class="panel">
      <table class="plain-table checks" aria-label="Health checks">
        <thead>
          <tr>
            <th>Check</th>
            <th>State</th>
            <th>Since</th>
            <th>Last 10 runs</th>
            <th class="money">Last run</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <CheckLine key={`${row.check} ${row.kind}`} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CheckLine(props: { readonly row: HealthRow }): VNode {
  const { row } = props;
  const tookMs = row.runs.at(-1)?.duration_ms;
  return (
    <tr>
      <th scope="row">
        {row.check} <small class="quiet">{plain(row.kind)}</small>
      </th>
      <td>
        <HealthState status={row.status} />
      </td>
      <td class="quiet">
        <span class="label">since </span>
        {moment(row.since_ms)} <small>({duration(Date.now() - row.since_ms)})</small>
      </td>
      <td>
        <Runs runs={row.runs} />
      </td>
      <td class="money quiet">
        <span class="label">last run </span>
        {clock(row.last_ms)}
        {tookMs !== undefined && ` · ${duration(tookMs)}`}
      </td>
    </tr>
  );
}

/** One bar per run, oldest first; its height is its duration relative to the longest of the ten. */
function Runs(props: { readonly runs: HealthRow['runs'] }): VNode {
  const runs = props.runs.slice(-RUNS);
  const longestMs = Math.max(...runs.map((run) => run.duration_ms ?? 0), 1);
  const healthy = runs.filter((run) => run.status === 'healthy').length;
  return (
    <span class="runs" role="img" aria-label={`${healthy} of the last ${runs.length} runs healthy`}>
      {runs.map((run) => (
        <span
          key={run.at_ms}
          class={`run ${run.status}`}
          style={{ height: `${35 + (65 * (run.duration_ms ?? longestMs)) / longestMs}%` }}
          title={`${clock(run.at_ms)} ${run.status}${run.duration_ms === undefined ? '' : `, ${duration(run.duration_ms)}`}`}
        />
      ))}
    </span>
  );
}
