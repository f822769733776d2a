/** The list of payments: a native table that contains only the visible rows. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isNarrow, remPx } from '../ui/media.ts';
import { useVirtualRows, type VirtualRows } from '../ui/virtual-rows.ts';
import { keyOf, type ListRows } from './merge.ts';
import { NewBar } from './new-bar.tsx';
import { PaymentLine } from './payment-line.tsx';
import { holdRows, loadMore } from './rows.ts';

const ROW_REM = 3;
const NARROW_ROW_REM = 4.6;
/** The next page is requested this many rows before the end. */
const AHEAD = 60;

/** The list. All rows have the same height, so that 100,000 of them cost as much as ten. */
export function PaymentTable(props: { readonly list: ListRows }): VNode {
  const { shown, waiting, gap, next } = props.list;
  const body = useRef<HTMLTableSectionElement>(null);
  const rowPx = Math.round(remPx() * (isNarrow.value ? NARROW_ROW_REM : ROW_REM));
  const rows = useVirtualRows(shown.length, rowPx, body);
  useHolding(body);
  useMore(rows, shown.length, next);
  return (
    <div class="panel list" style={{ '--row': `${rowPx}px` }}>
      <NewBar count={waiting.length} more={gap} />
      <table class="payments" aria-label="Payments" aria-rowcount={shown.length + 1}>
        <Head />
        <tbody ref={body}>
          <Space px={rows.beforePx} />
          {rows.items.map(({ index }) => {
            const row = shown[index];
            return row === undefined ? null : (
              <PaymentLine key={keyOf(row)} row={row} index={index} />
            );
          })}
          <Space px={rows.afterPx} />
        </tbody>
      </table>
    </div>
  );
}

function Head(): VNode {
  return (
    <thead>
      <tr>
        <th class="time">Time</th>
        <th class="outcome">Outcome</th>
        <th class="money">Amount</th>
        <th class="method">Method</th>
        <th class="money fees">Fees + commissions</th>
        <th class="took">Duration</th>
        <th class="id">Payment</th>
      </tr>
    </thead>
  );
}

/** An empty row in place of the rows that are not drawn. */
function Space(props: { readonly px: number }): VNode {
  return (
    <tr class="space" style={{ height: `${Math.max(0, props.px)}px` }}>
      <td colSpan={7} />
    </tr>
  );
}

/** Holds rows while one is hovered or focused, and while the top of the list is scrolled out of view. */
function useHolding(body: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const decide = (): void => {
      const element = body.current;
      if (element === null) return;
      const isPointed = element.matches(':hover') && matchMedia('(hover: hover)').matches;
      const isFocused = element.querySelector(':focus-visible') !== null;
      holdRows(isPointed || isFocused || element.getBoundingClientRect().top < 0);
    };
    const events = ['scroll', 'pointerover', 'focusin', 'focusout'] as const;
    for (const name of events) addEventListener(name, decide, { passive: true });
    decide();
    return () => {
      for (const name of events) removeEventListener(name, decide);
    };
  }, [body]);
}

function useMore(rows: VirtualRows, count: number, next: string | undefined): void {
  const last = rows.items.at(-1)?.index ?? 0;
  const isNear = next !== undefined && last > count - AHEAD;
  useEffect(() => {
    if (isNear) void loadMore();
  }, [isNear, next]);
}
