/** Warnings about what else is in the process: another OpenTelemetry, components of the service, another copy of ours. */
export const NEIGHBOUR_ERRORS = {
  MONEYTRAIL_ANOTHER_SDK: {
    message: (limits: string): string =>
      `another OpenTelemetry was there before Moneytrail: ${limits}; business events, their counters, lines of @moneytrail/logs and redaction are not affected`,
    remedy:
      'This is a warning, not an error: the service goes on. Import `@moneytrail/telemetry/register` before the other SDK, or switch off that one’s OpenTelemetry: `skipOpenTelemetrySetup: true` for Sentry 10. `docs/neighbours.md` has a section for each neighbour. `moneytrail_telemetry_other_sdk` is 1 for each signal that is concerned. Silence it with `--disable-warning=MONEYTRAIL_ANOTHER_SDK`.',
  },
  MONEYTRAIL_COMPONENT_FAILED: {
    message: (option: string, component: string, reason: string): string =>
      `${option}: ${component} threw ${reason}; the service and the telemetry of Moneytrail continue without its result, and further errors of it are not reported`,
    remedy:
      'This is a warning, not an error: the service continues. A component that the service passed to `startTelemetry` by the option that the message names is faulty: correct or remove it. Silence the warning with `--disable-warning=MONEYTRAIL_COMPONENT_FAILED`.',
  },
  MONEYTRAIL_COPIES_DIFFER: {
    message: (name: string, first: number, second: number): string =>
      `this process has loaded versions of Moneytrail that cannot share their ${name} (${first} and ${second}): what goes through the later copy is not in the metrics of the first`,
    remedy:
      'This is a warning, not an error: the service goes on. Bring all `@moneytrail/*` packages of the service and of its libraries to one version: `npm ls @moneytrail/metrics @moneytrail/telemetry` names the copies, `npm dedupe` removes them.',
  },
  MONEYTRAIL_SDK_REFUSED: {
    message: (place: string): string =>
      `another OpenTelemetry was started after Moneytrail and is not registered (${place}): it gets none of the spans, metrics and records that the service makes by the API`,
    remedy:
      'This is a warning, not an error: the service goes on, and what Moneytrail sends is complete. Start the other SDK first, then Moneytrail joins its traces, or do without it: a Collector sends to several places. `docs/neighbours.md` has a section for each neighbour. Silence it with `--disable-warning=MONEYTRAIL_SDK_REFUSED`.',
  },
  MONEYTRAIL_SECOND_INSTRUMENTATION: {
    message: (scope: string): string =>
      `${scope} makes spans a second time, after the instrumentations of Moneytrail: they are left out, or take the place of ours, so that each is in its trace once`,
    remedy:
      'This is a warning, not an error: the service goes on. Another SDK was started after Moneytrail; it has registered nothing, but brings instrumentations of its own. Take these out of it: where they take the place of ours, nobody checks whose traces are continued. `docs/neighbours.md` has a section for each neighbour. To keep one of them instead of ours, name it in `OTEL_NODE_DISABLED_INSTRUMENTATIONS`. `moneytrail_telemetry_duplicate_spans_total` counts the spans that were left out. Silence it with `--disable-warning=MONEYTRAIL_SECOND_INSTRUMENTATION`.',
  },
} as const;
