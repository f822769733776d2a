/** A failed request: what failed, what still works, what to do next. */
import type { VNode } from 'preact';
import type { Failure } from '../data/api.ts';
import { clock } from '../data/time.ts';
import { CopyLine } from './copy-line.tsx';
import { Icon } from './icon.tsx';

interface FailedProps {
  readonly failure: Failure;
  /** What did not come, as the subject of a sentence: `The payments`. */
  readonly what: string;
  /** When the shown answer came; 0 when nothing is shown. */
  readonly atMs: number;
  readonly retry: () => void;
}

/** A failed answer. */
export function Failed(props: FailedProps): VNode {
  const { failure, what, atMs } = props;
  return (
    <section class="failed" aria-label="Problem">
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
  if (failure.kind === 'unreachable') return `The store at ${location.host} does not answer.`;
  return `${what} could not be loaded.`;
}

function worksText(failure: Failure, atMs: number): string {
  const shown = atMs === 0 ? '' : ` What you see is of ${clock(atMs)}.`;
  if (failure.kind === 'unreachable') {
    return `${shown} Services keep running without it. It is asked again by itself; if it is not running, start it:`;
  }
  return `${shown} The other views do not depend on it.`;
}

function detailOf(failure: Failure): string {
  const said = failure.detail === '' ? 'no reason given' : failure.detail;
  return failure.kind === 'unreadable'
    ? `The answer was no JSON: page and store may be of two versions. Reload the page. (${said})`
    : `The store answered ${failure.status}: ${said}`;
}
