/** The payments view: what is captured, and what fails. */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Failure } from '../data/api.ts';
import { onChange } from '../data/live.ts';
import { formatCount } from '../data/money.ts';
import { summary } from '../data/overview.ts';
import { range } from '../data/range.ts';
import { Failed } from '../ui/failed.tsx';
import { Loaded, Waiting } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { FilterBar } from './filter-bar.tsx';
import { NoPayments } from './no-payments.tsx';
import { PaymentTable } from './payment-table.tsx';
import { followFilter, refreshRows, rows, rowsAtMs, rowsFailure } from './rows.ts';
import { Totals } from './totals.tsx';

const REFRESH_MS = 1000;

/** Totals, filters and the list, newest first. */
export function PaymentsView(): VNode {
  useEffect(followFilter, []);
  useEffect(() => onChange(['events', 'traces'], REFRESH_MS, () => void refreshRows()), []);
  return (
    <>
      <ViewHead title="Payments">{sentence()}</ViewHead>
      <Loaded of={summary} what="Payments" shape="cards">
        {(all) => <Totals summary={all} />}
      </Loaded>
      <FilterBar counts={summary.value.value?.counts} />
      <List />
    </>
  );
}

function sentence(): string {
  const count = summary.value.value?.payments;
  if (count === undefined) return 'Totals are per currency.';
  const word = count === 1 ? 'payment' : 'payments';
  return `${formatCount(count)} ${word} ${range.value.phrase}. Totals are per currency.`;
}

function List(): VNode {
  const list = rows.value;
  const failure = rowsFailure.value;
  // The totals above already show the same failure.
  const isSaid = failure !== undefined && isAlike(failure, summary.failure.value);
  return (
    <>
      {failure !== undefined && !isSaid && (
        <Failed
          failure={failure}
          what="The list of payments"
          atMs={rowsAtMs.value}
          retry={() => void refreshRows()}
        />
      )}
      {list === undefined && failure === undefined && <Waiting shape="rows" />}
      {list !== undefined &&
        (list.shown.length > 0 ? <PaymentTable list={list} /> : <NoPayments />)}
    </>
  );
}

function isAlike(one: Failure, other: Failure | undefined): boolean {
  return one.kind === other?.kind && one.detail === other.detail;
}
