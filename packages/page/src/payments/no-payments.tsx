/** The empty list: no payments at all, none in the range, or none that match the filters. */
import type { VNode } from 'preact';
import { hereWith } from '../data/location.ts';
import { status } from '../data/overview.ts';
import { range } from '../data/range.ts';
import { Empty } from '../ui/empty.tsx';
import { filter, searched } from './filter.ts';

const LINE = "payments.succeeded({ provider: 'stripe', id: 'pi_1', amount: money(1999n, 'EUR') });";

/** Says why the list is empty and links to a view that is not. */
export function NoPayments(): VNode {
  if (filter.value.name !== 'all' || searched.value !== '') return <NothingMatches />;
  const isNew = status.value.value?.services.length === 0;
  return isNew || range.value.name === 'all' ? <NothingYet /> : <NothingInRange />;
}

function NothingYet(): VNode {
  return (
    <Empty title="No payments yet" line={LINE}>
      New payments appear here automatically. To record the first one, add this line to a service
      whose entry file starts with <code>import '@moneytrail/telemetry/register'</code>:
    </Empty>
  );
}

function NothingInRange(): VNode {
  return (
    <Empty title={`No payments ${range.value.phrase}`} line={LINE}>
      <a href={hereWith({ range: 'all', from: undefined, to: undefined })}>
        Show all stored payments
      </a>{' '}
      or record one from a service:
    </Empty>
  );
}

function NothingMatches(): VNode {
  const words = filter.value.words === '' ? 'payments' : `${filter.value.words} payments`;
  const text = searched.value === '' ? '' : ` matching “${searched.value}”`;
  return (
    <Empty title={`No ${words}${text} ${range.value.phrase}`}>
      <a href={hereWith({ show: undefined, q: undefined })}>Show all payments</a> or{' '}
      <a href={hereWith({ range: 'all', from: undefined, to: undefined })}>
        search all stored data
      </a>
      .
    </Empty>
  );
}
