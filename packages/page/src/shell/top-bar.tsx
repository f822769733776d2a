/** Product name, search, time range and the state of the stream. */
import type { VNode } from 'preact';
import { viewAddress } from '../data/location.ts';
import { LiveControl } from './live-control.tsx';
import { RangePicker } from './range-picker.tsx';
import { SearchBox } from './search-box.tsx';

/** The bar above every view. */
export function TopBar(): VNode {
  return (
    <header class="top">
      <a class="brand" href={viewAddress('/payments')}>
        Moneytrail
      </a>
      <div class="bar">
        <SearchBox />
        <RangePicker />
        <LiveControl />
      </div>
    </header>
  );
}
