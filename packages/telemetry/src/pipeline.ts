import type { Outlet } from './outlet.ts';
import type { BatchQueue } from './queue.ts';

/** One signal on its way out, as the end of the process handles it. None of it throws or rejects. */
export interface Pipeline {
  /** Resolves when everything recorded before the call is exported or dropped. */
  readonly flush: () => Promise<void>;
  /** Sends what waits for another attempt at once, as its last. */
  readonly hurry: () => void;
  /** Allows several attempts again. */
  readonly relax: () => void;
  /** Drops and counts whatever is still pending. */
  readonly abandon: () => void;
  /** Takes nothing more and closes the connections. */
  readonly close: () => void;
  /** True while something is recorded and neither exported nor dropped. */
  readonly isPending: () => boolean;
}

/** What the SDK is given for one signal, and the ways out that it ends in. */
export interface Assembly<Part> {
  readonly parts: Part[];
  readonly pipelines: Pipeline[];
}

/** The way out of a signal whose items wait in a queue. */
export function queuePipeline<Item, Official>(
  queue: BatchQueue<Item>,
  { transport, delivery, close }: Outlet<Item[], Official>,
): Pipeline {
  return {
    flush: () => queue.flush(),
    hurry: () => transport.hurry(),
    relax: () => transport.relax(),
    abandon: () => queue.abandon(),
    isPending: () => delivery.tally.pending > 0,
    close: () => {
      queue.close();
      close();
    },
  };
}
