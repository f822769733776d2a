/** A line of code or a shell command with a copy button. */
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { Icon } from './icon.tsx';

const CONFIRMED_MS = 2000;

/** The button copies the line and confirms it. */
export function CopyLine(props: { readonly text: string }): VNode {
  const label = useSignal('Copy');
  const copy = async (): Promise<void> => {
    label.value = await navigator.clipboard.writeText(props.text).then(
      () => 'Copied',
      () => 'Copy failed',
    );
    window.setTimeout(() => {
      label.value = 'Copy';
    }, CONFIRMED_MS);
  };
  return (
    <div class="copy-line">
      <code>{props.text}</code>
      <button type="button" class="control small" onClick={() => void copy()}>
        <Icon name="copy" />
        {label.value}
      </button>
    </div>
  );
}
