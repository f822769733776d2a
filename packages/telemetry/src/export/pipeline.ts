// One signal on its way out, as the end of the process handles it.
import type { ExportAccounting } from './accounting.ts';
import type { LastRequest } from './request.ts';
import type { Sender } from './sender.ts';
import type { Warnings } from './warnings.ts';

/** What the end of the process does with one signal. None of it throws or rejects. */
export interface ExportPipeline {
  /** Resolves when everything recorded before the call is exported or dropped. */
  readonly flush: () => Promise<void>;
  /** Sends each request at once and once, also those that wait for another attempt. */
  readonly drain: () => void;
  /** Allows several attempts again. */
  readonly resume: () => void;
  /** Drops and counts everything that is still pending. */
  readonly dropPending: () => void;
  /** Removes everything that is still pending and returns it as requests. What is not encoded by `endMs` is dropped. */
  readonly takePending: (endMs: number) => LastRequest[];
  /** Prints warnings synchronously from now on, because no later turn will come. */
  readonly warnAtOnce: () => void;
  /** Accepts nothing more and closes the connections. */
  readonly close: () => void;
  /** True while something is recorded and neither exported nor dropped. */
  readonly isPending: () => boolean;
}

/** The components that the SDK gets for one signal, and the exports that they end in. */
export interface SignalPipeline<Component> {
  readonly components: Component[];
  readonly exports: ExportPipeline[];
}

/** Holds the items of a signal until they are exported or dropped. */
export interface ExportBuffer {
  flush(): Promise<void>;
  dropPending(): void;
  takePending(endMs: number): LastRequest[];
  close(): void;
}

/** Flushes components of the service together with ours. We do not account for what they hold. `forceFlush` must not reject. */
export function flushOnly(
  components: readonly { readonly forceFlush: () => Promise<void> }[],
): ExportPipeline {
  const nothing = (): void => {};
  return {
    flush: async () => {
      await Promise.all(components.map((component) => component.forceFlush()));
    },
    drain: nothing,
    resume: nothing,
    dropPending: nothing,
    takePending: () => [],
    warnAtOnce: nothing,
    isPending: () => false,
    close: nothing,
  };
}

/** Creates the export of a signal whose items wait in one or more buffers and are sent by one exporter. */
export function createExportPipeline(
  buffers: readonly ExportBuffer[],
  exporter: {
    readonly sender: Sender;
    readonly accounting: ExportAccounting;
    readonly warnings: Warnings;
    readonly close: () => void;
  },
): ExportPipeline {
  return {
    flush: async () => {
      await Promise.all(buffers.map((buffer) => buffer.flush()));
    },
    drain: () => exporter.sender.drain(),
    resume: () => exporter.sender.resume(),
    dropPending: () => {
      for (const buffer of buffers) buffer.dropPending();
    },
    takePending: (endMs) => buffers.flatMap((buffer) => buffer.takePending(endMs)),
    warnAtOnce: () => exporter.warnings.printAtOnce(),
    isPending: () => exporter.accounting.pending > 0,
    close: () => {
      for (const buffer of buffers) buffer.close();
      exporter.close();
    },
  };
}
