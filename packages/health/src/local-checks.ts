import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { withOptions } from '@moneytrail/catalogue';
import type { CheckTiming, Finding, OutsideCheck, ProcessCheck, Status } from './check.ts';
import { readThresholds, type Thresholds } from './options.ts';

/** Bytes in use, each beside the limit at which the process dies. */
export interface MemoryReading {
  readonly rssBytes: number;
  /** What the container or else the machine grants. */
  readonly rssLimitBytes: number;
  readonly heapBytes: number;
  /** What V8 allows, not what it has reserved so far. */
  readonly heapLimitBytes: number;
}

/** Options of `memoryCheck`; shares of the limit between 0 and 1. */
export interface MemoryCheckOptions extends CheckTiming {
  /** @defaultValue 0.85 */
  readonly degradedAt?: number;
  /** @defaultValue 0.95 */
  readonly unhealthyAt?: number;
  /** Where the figures come from. @defaultValue this process */
  readonly read?: () => MemoryReading;
}

/**
 * Compares memory with the limits that kill the process: the resident set with the container's limit (cgroup v1 and v2)
 * or the machine's memory, and the heap with V8's limit. The nearer of the two counts. Shares outside 0 to 1 throw
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
 * Watches how late timers fire: the 99th percentile since the last look, so that one long pause is no alarm and a
 * process that is always late is. Values that are not positive throw `MONEYTRAIL_OPTION_INVALID`.
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

/** Options of `diskCheck`; shares of the file system between 0 and 1. */
export interface DiskCheckOptions extends CheckTiming {
  /** A file or folder on the file system to look at. @defaultValue the current folder */
  readonly path?: string;
  /** @defaultValue 0.9 */
  readonly degradedAt?: number;
  /** @defaultValue 0.95 */
  readonly unhealthyAt?: number;
  /** Tells several disks apart. @defaultValue `disk` */
  readonly name?: string;
}

/**
 * Looks how full a file system is, counting what this user may still write. A path that does not exist makes it
 * unhealthy. Shares outside 0 to 1 throw `MONEYTRAIL_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { createHealth, diskCheck } from '@moneytrail/health';
 * const health = createHealth({ readiness: [diskCheck({ path: '/tmp' })] });
 * ```
 */
export function diskCheck(options: DiskCheckOptions = {}): OutsideCheck {
  return withOptions('diskCheck', options, makeDiskCheck);
}

function makeMemoryCheck(options: MemoryCheckOptions): ProcessCheck {
  const { degradedAt = 0.85, unhealthyAt = 0.95, read = readMemory, ...timing } = options;
  const thresholds = readThresholds('memoryCheck', { degradedAt, unhealthyAt }, 1);
  const run = (): Finding => {
    const { rssBytes, rssLimitBytes, heapBytes, heapLimitBytes } = read();
    const rss = rssBytes / rssLimitBytes;
    const heap = heapBytes / heapLimitBytes;
    return heap > rss
      ? finding(heap, thresholds, `${percent(heap)} of the heap that V8 allows is in use`)
      : finding(
          rss,
          thresholds,
          `${percent(rss)} of the memory that the process may have is in use`,
        );
  };
  return { ...timing, name: 'memory', scope: 'process', run };
}

function readMemory(): MemoryReading {
  const { rss, heapUsed } = process.memoryUsage();
  // Without a container limit libuv says 0 or a number beyond any machine.
  const granted = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return {
    rssBytes: rss,
    rssLimitBytes: Math.min(granted, totalmem()),
    heapBytes: heapUsed,
    heapLimitBytes: getHeapStatistics().heap_size_limit,
  };
}

function finding(value: number, thresholds: Thresholds, reason: string): Finding {
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
  const run = (): Finding => {
    histogram.enable();
    // A sample is the time between two ticks, so the time that was asked for is no delay.
    const delayMs = Math.max(0, Math.round(histogram.percentile(99) / 1e6 - RESOLUTION_MS));
    histogram.reset();
    return finding(delayMs, thresholds, `timers fire ${delayMs} ms late`);
  };
  return {
    ...timing,
    name: 'event_loop_delay',
    scope: 'process',
    run,
    close: () => void histogram.disable(),
  };
}

function makeDiskCheck(options: DiskCheckOptions): OutsideCheck {
  const { path = '.', degradedAt = 0.9, unhealthyAt = 0.95, name = 'disk', ...timing } = options;
  const thresholds = readThresholds('diskCheck', { degradedAt, unhealthyAt }, 1);
  const run = async (): Promise<Finding> => {
    const { bavail, bfree, blocks } = await statfs(path);
    const used = blocks - bfree;
    const share = used / (used + bavail);
    return finding(share, thresholds, `${percent(share)} of the disk is in use`);
  };
  return { ...timing, name, scope: 'host', run };
}
