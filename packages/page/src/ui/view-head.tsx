/** Heading and introduction of a view. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';

/** The heading receives the focus after navigation, and sets the title of the tab. */
export function ViewHead(props: {
  readonly title: string;
  readonly children?: ComponentChildren;
}): VNode {
  useEffect(() => {
    document.title = `${props.title} · Moneytrail`;
  }, [props.title]);
  return (
    <div class="view-head">
      <h1 tabIndex={-1}>{props.title}</h1>
      {props.children !== undefined && <p class="quiet">{props.children}</p>}
    </div>
  );
}
