/** The view of drops: what is missing, and whether the rest can be trusted. */

import type { DropRow, Drops } from '@moneytrail/store';
import type { VNode } from 'preact';
import { formatCount } from '../data/money.ts';
import { drops, isLoss } from '../data/overview.ts';
import { moment } from '../data/time.ts';
import { plain } from '../data/words.ts';
import { Icon } from '../ui/icon.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { adviceFor } from './advice.ts';

/** What was lost, where, why, since when, and what to do about it. */
export function DropsView(): VNode {
  return (
    <>
      <ViewHead title="Dropped">
        Data that services recorded but the store does not have. Each loss is counted where it
        happens.
      </ViewHead>
      <Loaded of={drops} what="Drops" shape="rows">
        {(all) => <Losses all={all} />}
      </Loaded>
    </>
  );
}

function Losses(props: { readonly all: Drops }): VNode {
  const lost = props.all.drops.filter(isLoss);
  const aged = props.all.drops.filter((row) => !isLoss(row));
  return (
    <>
      {lost.length === 0 ? (
        <NothingLost sinceMs={props.all.since_ms} />
      ) : (
        <DropTable rows={lost} label="Lost" />
      )}
      {aged.length > 0 && (
        <section aria-label="Deleted by retention">
          <div class="section-head">
            <h2>Deleted by retention, as configured</h2>
          </div>
          <DropTable rows={aged} label="Deleted by retention" />
        </section>
      )}
    </>
  );
}

function NothingLost(props: { readonly sinceMs: number }): VNode {
  return (
    <p class="panel notice good">
      <Icon name="check" /> Nothing dropped since {moment(props.sinceMs)}.
    </p>
  );
}

function DropTable(props: { readonly rows: readonly DropRow[]; readonly label: string }): VNode {
  return (
    <div class="panel">
      <table class="plain-table drops" aria-label={props.label}>
        <thead>
          <tr>
            <th class="money">Records</th>
            <th>Signal</th>
            <th>Dropped by</th>
            <th>Cause</th>
            <th>Since</th>
            <th>What to do</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <DropLine key={[row.signal, row.cause, row.by, row.service].join(' ')} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DropLine(props: { readonly row: DropRow }): VNode {
  const { row } = props;
  const where = row.by === 'store' ? 'the store' : row.service || 'a service';
  return (
    <tr>
      <td class="money">
        <strong class={isLoss(row) ? 'bad' : ''}>{formatCount(row.count)}</strong>
      </td>
      <td>{row.signal}</td>
      <td>{where}</td>
      <td>{plain(row.cause)}</td>
      <td class="quiet">
        <span class="label">since </span>
        {moment(row.first_ms)} <small class="last-seen">last {moment(row.last_ms)}</small>
      </td>
      <td class="advice">{adviceFor(row.cause)}</td>
    </tr>
  );
}
