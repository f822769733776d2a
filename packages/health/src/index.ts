/** Public API: checks, and the probes that read their results. */
export type {
  Check,
  CheckOutcome,
  CheckTiming,
  ExternalCheck,
  ProcessCheck,
  Status,
} from './check.ts';
export { dependencyCheck } from './check.ts';
export type { HealthHandler } from './handler.ts';
export type { Health } from './health.ts';
export { createHealth } from './health.ts';
export type {
  DiskCheckOptions,
  EventLoopDelayCheckOptions,
  MemoryCheckOptions,
  MemoryReading,
} from './local-checks.ts';
export { diskCheck, eventLoopDelayCheck, memoryCheck } from './local-checks.ts';
export type { HealthOptions, Probe } from './options.ts';
export type { CheckResult, CheckState } from './runner.ts';
export type { ProbeResult } from './snapshot.ts';
