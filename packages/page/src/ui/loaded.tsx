/** The states of a view: loading, failed, loaded. */
import type { ComponentChildren, VNode } from 'preact';
import type { Resource } from '../data/resource.ts';
import { Failed } from './failed.tsx';

/** Shows the response, above it the error of the latest request, and a placeholder before either exists. */
export function Loaded<T>(props: {
  readonly of: Resource<T>;
  /** Subject of a sentence: `Payments`. */
  readonly what: string;
  /** Shape of the placeholder, a class of `states.css`. */
  readonly shape: 'cards' | 'rows';
  readonly children: (value: T) => ComponentChildren;
}): VNode {
  const value = props.of.value.value;
  const failure = props.of.failure.value;
  return (
    <>
      {failure !== undefined && (
        <Failed
          failure={failure}
          what={props.what}
          atMs={props.of.atMs.value}
          retry={() => void props.of.load()}
        />
      )}
      {value !== undefined && props.children(value)}
      {value === undefined && failure === undefined && <Waiting shape={props.shape} />}
    </>
  );
}

/** A grey placeholder during loading. */
export function Waiting(props: { readonly shape: 'cards' | 'rows' }): VNode {
  return (
    <div class={`waiting-shape ${props.shape}`} aria-hidden="true">
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
