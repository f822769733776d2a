/** The view of an unknown address. */
import type { VNode } from 'preact';
import { viewAddress } from '../data/location.ts';
import { ViewHead } from '../ui/view-head.tsx';

/** Names the address and links to the payments. */
export function NowhereView(props: { readonly path: string }): VNode {
  return (
    <>
      <ViewHead title="Page not found" />
      <p class="quiet">
        There is no view at <code>{props.path}</code>.
      </p>
      <p>
        <a href={viewAddress('/payments')}>Go to payments</a>
      </p>
    </>
  );
}
