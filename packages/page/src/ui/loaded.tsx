/** Chooses between waiting, failing and showing, the same way in every view. */
import type { ComponentChildren, VNode } from 'preact';
import type { Resource } from '../data/resource.ts';
import { Failed } from './failed.tsx';

/** Shows a response when there is one, a failure above it when the newest try failed, a grey shape before both. */
export function Loaded<T>(props: {
  readonly of: Resource<T>;
  /** Subject of a sentence: `The payments`. */
  readonly what: string;
  /** Height of the grey shape, a class of `waiting.css`. */
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

/** A grey shape of what is to come. */
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
