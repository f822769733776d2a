/** The list when it is empty: is there nothing at all, or nothing that fits? */
import type { VNode } from 'preact';
import { hereWith } from '../data/location.ts';
import { status } from '../data/overview.ts';
import { range } from '../data/range.ts';
import { Empty } from '../ui/empty.tsx';
import { filter, searched } from './filter.ts';

const LINE = "payments.succeeded({ provider: 'stripe', id: 'pi_1', amount: money(1999n, 'EUR') });";

/** Leads to what would show something. */
export function NoPayments(): VNode {
  if (filter.value.name !== 'all' || searched.value !== '') return <NothingFits />;
  const isNew = status.value.value?.services.length === 0;
  return isNew || range.value.name === 'all' ? <NothingYet /> : <NothingInRange />;
}

function NothingYet(): VNode {
  return (
    <Empty title="No payment has arrived yet" line={LINE}>
      The list fills by itself. This line in a service whose entry begins with{' '}
      <code>import '@moneytrail/telemetry/register'</code> records the first one:
    </Empty>
  );
}

function NothingInRange(): VNode {
  return (
    <Empty title={`No payments ${range.value.phrase}`} line={LINE}>
      <a href={hereWith({ range: 'all', from: undefined, to: undefined })}>
        Look in everything kept
      </a>
      , or record one from a service:
    </Empty>
  );
}

function NothingFits(): VNode {
  const words = filter.value.words === '' ? 'payments' : `${filter.value.words} payments`;
  const text = searched.value === '' ? '' : ` with “${searched.value}”`;
  return (
    <Empty title={`No ${words}${text} ${range.value.phrase}`}>
      <a href={hereWith({ show: undefined, q: undefined })}>Show all payments</a> or{' '}
      <a href={hereWith({ range: 'all', from: undefined, to: undefined })}>
        look in everything kept
      </a>
      .
    </Empty>
  );
}
