/** An empty view: the reason, and a line of code that produces data for it. */
import type { ComponentChildren, VNode } from 'preact';
import { CopyLine } from './copy-line.tsx';

/** An empty state. */
export function Empty(props: {
  readonly title: string;
  readonly children?: ComponentChildren;
  /** A line of code that produces data. */
  readonly line?: string;
}): VNode {
  return (
    <div class="empty">
      <h2>{props.title}</h2>
      {props.children !== undefined && <p class="quiet">{props.children}</p>}
      {props.line !== undefined && <CopyLine text={props.line} />}
    </div>
  );
}
