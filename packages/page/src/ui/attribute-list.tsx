/** A list of attributes. */
import type { VNode } from 'preact';
import { type Pair, readAttributes } from '../data/attributes.ts';

/** Business attributes, and collapsed technical ones. */
export function AttributeList(props: { readonly pairs: readonly Pair[] }): VNode {
  const { shown, technical } = readAttributes(props.pairs);
  return (
    <>
      <PairList pairs={shown} />
      {technical.length > 0 && (
        <details>
          <summary>Technical attributes ({technical.length})</summary>
          <PairList pairs={technical} />
        </details>
      )}
    </>
  );
}

function PairList(props: { readonly pairs: readonly Pair[] }): VNode | null {
  if (props.pairs.length === 0) return null;
  return (
    <dl class="pairs">
      {props.pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
