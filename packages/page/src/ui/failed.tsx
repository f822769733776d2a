/** A failed request: what failed, what still works, and what to do next. */
import type { VNode } from 'preact';
import type { Failure } from '../data/api.ts';
import { clock } from '../data/time.ts';
import { CopyLine } from './copy-line.tsx';
import { Icon } from './icon.tsx';

interface FailedProps {
  readonly failure: Failure;
  /** What could not be loaded, as the subject of a sentence: `Payments`. */
  readonly what: string;
  /** Time of the response that is still shown; 0 without one. */
  readonly atMs: number;
  readonly retry: () => void;
}

/** The message about a failed request. */
export function Failed(props: FailedProps): VNode {
  const { failure, what, atMs } = props;
  return (
    <section class="failed" aria-label="Error">
      <Icon name="warning" />
      <div>
        <p>
          <strong>{titleOf(failure, what)}</strong> {worksText(failure, atMs)}
        </p>
        {failure.kind === 'unreachable' ? (
          <CopyLine text="npm start" />
        ) : (
          <p class="quiet">{detailOf(failure)}</p>
        )}
        <button type="button" class="control small" onClick={props.retry}>
          Try again
        </button>
      </div>
    </section>
  );
}

function titleOf(failure: Failure, what: string): string {
  if (failure.kind === 'unreachable') return `The store at ${location.host} is not responding.`;
  return `${what} could not be loaded.`;
}

function worksText(failure: Failure, atMs: number): string {
  const shown = atMs === 0 ? '' : ` Showing data from ${clock(atMs)}.`;
  if (failure.kind === 'unreachable') {
    return `${shown} Services keep running without it. The UI reconnects automatically. If the store is not running, start it:`;
  }
  return `${shown} The other views are not affected.`;
}

function detailOf(failure: Failure): string {
  const detail = failure.detail === '' ? 'no reason given' : failure.detail;
  return failure.kind === 'unreadable'
    ? `The response is not valid JSON. The UI and the store may have different versions: reload the page. (${detail})`
    : `The store responded with ${failure.status}: ${detail}`;
}
