/** Checks of the process and its machine: memory, event loop delay and disk. */
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { withOptions } from '@moneytrail/catalogue';
import type { CheckOutcome, CheckTiming, ExternalCheck, ProcessCheck, Status } from './check.ts';
import { readThresholds, type Thresholds } from './options.ts';

/** Bytes in use, and the limits at which the process is killed. */
export interface MemoryReading {
  readonly rssBytes: number;
  /** The memory limit of the container, else the memory of the machine. */
  readonly rssLimitBytes: number;
  readonly heapBytes: number;
  /** The heap size that V8 allows, not the size that it has reserved so far. */
  readonly heapLimitBytes: number;
}

/** Options of `memoryCheck`. Thresholds are shares of the limit, between 0 and 1. */
export interface MemoryCheckOptions extends CheckTiming {
  /** @defaultValue 0.85 */
  readonly degradedAt?: number;
  /** @defaultValue 0.95 */
  readonly unhealthyAt?: number;
  /** Reads the memory in use. @defaultValue reads this process */
  readonly read?: () => MemoryReading;
}

/**
 * Compares memory with the limits that kill the process: the resident set with the container's limit (cgroup v1 and v2)
 * or the machine's memory, and the heap with V8's limit. The one closer to its limit counts. Shares outside 0 to 1 throw
 * `MONEYTRAIL_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { createHealth, memoryCheck } from '@moneytrail/health';
 * const health = createHealth({ liveness: [memoryCheck({ unhealthyAt: 0.9 })] });
 * ```
 */
export function memoryCheck(options: MemoryCheckOptions = {}): ProcessCheck {
  return withOptions('memoryCheck', options, makeMemoryCheck);
}

/** Options of `eventLoopDelayCheck`. */
export interface EventLoopDelayCheckOptions extends CheckTiming {
  /** @defaultValue 100 */
  readonly degradedAtMs?: number;
  /** @defaultValue 1000 */
  readonly unhealthyAtMs?: number;
}

const RESOLUTION_MS = 20;

/**
 * Measures how late timers fire: the 99th percentile since the previous run. One long pause does not raise an alarm, but a
 * process that is always late does. Values that are not positive throw `MONEYTRAIL_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { createHealth, eventLoopDelayCheck } from '@moneytrail/health';
 * const health = createHealth({ liveness: [eventLoopDelayCheck({ unhealthyAtMs: 2_000 })] });
 * ```
 */
export function eventLoopDelayCheck(options: EventLoopDelayCheckOptions = {}): ProcessCheck {
  return withOptions('eventLoopDelayCheck', options, makeDelayCheck);
}

/** Options of `diskCheck`. Thresholds are shares of the file system, between 0 and 1. */
export interface DiskCheckOptions extends CheckTiming {
  /** A file or folder on the file system to check. @defaultValue the current folder */
  readonly path?: string;
  /** @defaultValue 0.9 */
  readonly degradedAt?: number;
  /** @defaultValue 0.95 */
  readonly unhealthyAt?: number;
  /** Name of the check, to distinguish several disks. @defaultValue `disk` */
  readonly name?: string;
}

/**
 * Checks disk usage, counting only space that is available to this user. A path that does not exist is unhealthy. Shares
 * outside 0 to 1 throw `MONEYTRAIL_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { createHealth, diskCheck } from '@moneytrail/health';
 * const health = createHealth({ readiness: [diskCheck({ path: '/tmp' })] });
 * ```
 */
export function diskCheck(options: DiskCheckOptions = {}): ExternalCheck {
  return withOptions('diskCheck', options, makeDiskCheck);
}

function makeMemoryCheck(options: MemoryCheckOptions): ProcessCheck {
  const { degradedAt = 0.85, unhealthyAt = 0.95, read = readMemory, ...timing } = options;
  const thresholds = readThresholds('memoryCheck', { degradedAt, unhealthyAt }, 1);
  const run = (): CheckOutcome => {
    const { rssBytes, rssLimitBytes, heapBytes, heapLimitBytes } = read();
    const rss = rssBytes / rssLimitBytes;
    const heap = heapBytes / heapLimitBytes;
    return heap > rss
      ? outcome(heap, thresholds, `${percent(heap)} of the heap that V8 allows is in use`)
      : outcome(
          rss,
          thresholds,
          `${percent(rss)} of the memory that the process may use is in use`,
        );
  };
  return { ...timing, name: 'memory', scope: 'process', run };
}

function readMemory(): MemoryReading {
  const { rss, heapUsed } = process.memoryUsage();
  // Without a container limit, libuv returns 0 or a number larger than the memory of any machine.
  const granted = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return {
    rssBytes: rss,
    rssLimitBytes: Math.min(granted, totalmem()),
    heapBytes: heapUsed,
    heapLimitBytes: getHeapStatistics().heap_size_limit,
  };
}

function outcome(value: number, thresholds: Thresholds, reason: string): CheckOutcome {
  const status = gradeOf(value, thresholds);
  return status === 'healthy' ? { status } : { status, reason };
}

function gradeOf(value: number, { degradedAt, unhealthyAt }: Thresholds): Status {
  if (value >= unhealthyAt) return 'unhealthy';
  return value >= degradedAt ? 'degraded' : 'healthy';
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

function makeDelayCheck(options: EventLoopDelayCheckOptions): ProcessCheck {
  const { degradedAtMs = 100, unhealthyAtMs = 1_000, ...timing } = options;
  const given = { degradedAt: degradedAtMs, unhealthyAt: unhealthyAtMs };
  const thresholds = readThresholds('eventLoopDelayCheck', given, Number.POSITIVE_INFINITY);
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const run = (): CheckOutcome => {
    histogram.enable();
    // A sample is the time between two ticks, so the requested resolution is not part of the delay.
    const delayMs = Math.max(0, Math.round(histogram.percentile(99) / 1e6 - RESOLUTION_MS));
    histogram.reset();
    return outcome(delayMs, thresholds, `timers fire ${delayMs} ms late`);
  };
  return {
    ...timing,
    name: 'event_loop_delay',
    scope: 'process',
    run,
    close: () => void histogram.disable(),
  };
}

function makeDiskCheck(options: DiskCheckOptions): ExternalCheck {
  const { path = '.', degradedAt = 0.9, unhealthyAt = 0.95, name = 'disk', ...timing } = options;
  const thresholds = readThresholds('diskCheck', { degradedAt, unhealthyAt }, 1);
  const run = async (): Promise<CheckOutcome> => {
    const { bavail, bfree, blocks } = await statfs(path);
    const used = blocks - bfree;
    const share = used / (used + bavail);
    return outcome(share, thresholds, `${percent(share)} of the disk is in use`);
  };
  return { ...timing, name, scope: 'host', run };
}
