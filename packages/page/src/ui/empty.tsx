/** An empty view: the reason, and the line of code that would fill it. */
import type { ComponentChildren, VNode } from 'preact';
import { CopyLine } from './copy-line.tsx';

/** An empty state. */
export function Empty(props: {
  readonly title: string;
  readonly children?: ComponentChildren;
  /** The line that would fill it. */
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
