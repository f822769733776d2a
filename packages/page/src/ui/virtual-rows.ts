/** Draws only the visible rows of a list that scrolls with the page. */
import {
  observeWindowOffset,
  observeWindowRect,
  type VirtualItem,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The rows to draw, and the empty heights above and below them. */
export interface VirtualRows {
  readonly items: readonly VirtualItem[];
  readonly beforePx: number;
  readonly afterPx: number;
}

/**
 * Rows of one height. `body` is the element that holds them; its place on the page is measured after every drawing,
 * because the content above it changes.
 */
export function useVirtualRows(
  count: number,
  rowPx: number,
  body: RefObject<HTMLElement | null>,
): VirtualRows {
  const [, setDrawn] = useState(0);
  const redraw = (): void => setDrawn((drawn) => drawn + 1);
  const margin = useRef(0);
  const [virtualizer] = useState(
    () => new Virtualizer<Window, Element>(options(count, rowPx, 0, redraw)),
  );
  virtualizer.setOptions(options(count, rowPx, margin.current, redraw));
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  useLayoutEffect(() => {
    virtualizer._willUpdate();
    const top = Math.round((body.current?.getBoundingClientRect().top ?? 0) + scrollY);
    if (top === margin.current) return;
    margin.current = top;
    redraw();
  });
  const items = virtualizer.getVirtualItems();
  const beforePx = (items[0]?.start ?? margin.current) - margin.current;
  const endPx = (items.at(-1)?.end ?? margin.current) - margin.current;
  return { items, beforePx, afterPx: count * rowPx - endPx };
}

function options(
  count: number,
  rowPx: number,
  scrollMargin: number,
  onChange: () => void,
): ConstructorParameters<typeof Virtualizer<Window, Element>>[0] {
  return {
    count,
    scrollMargin,
    onChange,
    estimateSize: () => rowPx,
    overscan: 12,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
  };
}
