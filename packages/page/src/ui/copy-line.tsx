/** One line of code or of a shell, ready to copy. */
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { Icon } from './icon.tsx';

const SAID_MS = 2000;

/** Shows the line with a button that copies it and says so. */
export function CopyLine(props: { readonly text: string }): VNode {
  const said = useSignal('Copy');
  const copy = async (): Promise<void> => {
    said.value = await navigator.clipboard.writeText(props.text).then(
      () => 'Copied',
      () => 'Select it',
    );
    window.setTimeout(() => {
      said.value = 'Copy';
    }, SAID_MS);
  };
  return (
    <div class="copy-line">
      <code>{props.text}</code>
      <button type="button" class="control small" onClick={() => void copy()}>
        <Icon name="copy" />
        {said.value}
      </button>
    </div>
  );
}
