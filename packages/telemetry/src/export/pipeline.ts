// One signal on its way out, as the end of the process handles it.
import type { Parcel } from './last-sender.ts';
import type { Sender } from './sender.ts';
import type { Tally } from './tally.ts';
import type { Warnings } from './warnings.ts';

/** What the end of the process does with one signal. None of it throws or rejects. */
export interface Pipeline {
  /** Resolves when everything recorded before the call is exported or dropped. */
  readonly flush: () => Promise<void>;
  /** Sends what waits for another attempt at once, as its last. */
  readonly hurry: () => void;
  /** Allows several attempts again. */
  readonly relax: () => void;
  /** Drops and counts whatever is still pending. */
  readonly abandon: () => void;
  /** Takes back whatever is still pending, as the last requests of the process; what is no request by `endMs` is dropped. */
  readonly leave: (endMs: number) => Parcel[];
  /** Prints warnings at once from now on: there is no later turn. */
  readonly warnAtOnce: () => void;
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

/** What holds the items of a signal until they are exported or dropped. */
export interface Holder {
  flush(): Promise<void>;
  abandon(): void;
  leave(endMs: number): Parcel[];
  close(): void;
}

/** The pipeline of a signal whose items are held in one or more places and leave by one outlet. */
export function createPipeline(
  holders: readonly Holder[],
  outlet: {
    readonly sender: Sender;
    readonly tally: Tally;
    readonly warnings: Warnings;
    readonly close: () => void;
  },
): Pipeline {
  return {
    flush: async () => {
      await Promise.all(holders.map((holder) => holder.flush()));
    },
    hurry: () => outlet.sender.hurry(),
    relax: () => outlet.sender.relax(),
    abandon: () => {
      for (const holder of holders) holder.abandon();
    },
    leave: (endMs) => holders.flatMap((holder) => holder.leave(endMs)),
    warnAtOnce: () => outlet.warnings.printAtOnce(),
    isPending: () => outlet.tally.pending > 0,
    close: () => {
      for (const holder of holders) holder.close();
      outlet.close();
    },
  };
}
