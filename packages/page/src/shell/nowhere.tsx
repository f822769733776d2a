/** An address that leads nowhere. */
import type { VNode } from 'preact';
import { viewAddress } from '../data/location.ts';
import { ViewHead } from '../ui/view-head.tsx';

/** Says so, and leads on. */
export function NowhereView(props: { readonly path: string }): VNode {
  return (
    <>
      <ViewHead title="Nothing is here" />
      <p class="quiet">
        <code>{props.path}</code> is not a view of this page.
      </p>
      <p>
        <a href={viewAddress('/payments')}>Go to the payments</a>
      </p>
    </>
  );
}
