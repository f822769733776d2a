/** Every error and warning of the telemetry, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_ANOTHER_SDK: {
    message:
      'another OpenTelemetry SDK started before Moneytrail: {limits}; business events, their counters, records of @moneytrail/logs and redaction are not affected',
    remedy:
      'This is a warning, not an error: the service continues. Import `@moneytrail/telemetry/register` before the other SDK, or disable the OpenTelemetry setup of the other SDK: `skipOpenTelemetrySetup: true` for Sentry 10. `docs/neighbours.md` has a section for each product. `moneytrail_telemetry_other_sdk` is 1 for each affected signal. Silence it with `--disable-warning=MONEYTRAIL_ANOTHER_SDK`.',
  },
  MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE: {
    message:
      'this bundle is an ES module without `require`, which the packages of the telemetry need: exclude them from the bundle (esbuild: --packages=external)',
    remedy:
      'Exclude the packages from the bundle with `--packages=external`, or build a CommonJS bundle with `--format=cjs`. `docs/bundlers.md` has a recipe for each bundler.',
  },
  MONEYTRAIL_CERTIFICATE_UNREADABLE: {
    message: '{variable} is {path}, which cannot be read',
    remedy: 'Correct the path, or allow the service to read the file.',
  },
  MONEYTRAIL_COMPONENT_FAILED: {
    message:
      '{option}: {component} threw {reason}; the service and the telemetry of Moneytrail continue without its result, and further errors of it are not reported',
    remedy:
      'This is a warning, not an error: the service continues. A component that the service passed to `startTelemetry` by the option that the message names is faulty: correct or remove it. Silence the warning with `--disable-warning=MONEYTRAIL_COMPONENT_FAILED`.',
  },
  MONEYTRAIL_ENDPOINT_INVALID: {
    message: '{name} must be {expected}, got "{value}"',
    remedy: 'Write the complete URL, such as `http://localhost:4318`.',
  },
  MONEYTRAIL_EXPORTER_UNKNOWN: {
    message: '{name} must be {expected}, got "{value}"',
    remedy:
      'Use one of the listed names. `MONEYTRAIL_METRICS_PORT` enables `/metrics` for Prometheus.',
  },
  MONEYTRAIL_EXPORT_FAILED: {
    message:
      '{signal} do not reach {url}: {reason}; they are sent again; data that does not fit into the queue is dropped and counted',
    remedy:
      'This is a warning, not an error: the service continues. Start the Collector, or correct `OTEL_EXPORTER_OTLP_ENDPOINT`. If the reason is `Unauthorized`, set its token: `OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20<token>`. Silence it with `--disable-warning=MONEYTRAIL_EXPORT_FAILED`.',
  },
  MONEYTRAIL_INSTRUMENTATION_UNKNOWN: {
    message: '{variable} names "{name}", which is not an instrumentation[; did you mean {meant}?]',
    remedy:
      'This is a warning, not an error: the other names of the list are used. Correct or remove the name: names are those of the packages `@opentelemetry/instrumentation-*` without this prefix.',
  },
  MONEYTRAIL_METRICS_PORT_TAKEN: {
    message: '/metrics cannot listen on {host}, port {port}: the port is in use or not permitted',
    remedy:
      'Choose a free port with `metricsPort` (`MONEYTRAIL_METRICS_PORT`), or stop the process that uses it.',
  },
  MONEYTRAIL_METRICS_TOKEN_MISSING: {
    message:
      'metricsHost {host} is reachable from other machines: /metrics requires metricsToken there',
    remedy: 'Set `metricsToken` (`MONEYTRAIL_METRICS_TOKEN`), or leave `metricsHost` at 127.0.0.1.',
  },
  MONEYTRAIL_NODE_TOO_OLD: {
    message: 'this is Node.js {found}, and the telemetry needs {needed} or newer',
    remedy:
      'Run the service with a newer Node.js (the LTS line 24 is a good choice), or start it without the import until then.',
  },
  MONEYTRAIL_PACKAGES_NOT_SEEN: {
    message: 'traces may lack requests, routes and queries: {reason}',
    remedy:
      'This is a warning, not an error: the service continues, and its events, logs and requests are recorded. `docs/bundlers.md` and `docs/runtimes.md` describe what is traced in which setup. Silence it with `--disable-warning=MONEYTRAIL_PACKAGES_NOT_SEEN`.',
  },
  MONEYTRAIL_PROTOCOL_NOT_BUILT_IN: {
    message: '{name} must be {expected}, got "{value}"',
    remedy:
      'Send OTLP over HTTP, which every Collector accepts on port 4318. `grpc` is not built in because it would increase the size of every service.',
  },
  MONEYTRAIL_SDK_REFUSED: {
    message:
      'another OpenTelemetry SDK started after Moneytrail and is not registered ({place}): it does not receive the spans, metrics and records that the service creates through the API',
    remedy:
      'This is a warning, not an error: the service continues, and the data of Moneytrail is complete. Start the other SDK first, so that Moneytrail joins its traces, or remove it: a Collector can send to several backends. `docs/neighbours.md` has a section for each product. Silence it with `--disable-warning=MONEYTRAIL_SDK_REFUSED`.',
  },
  MONEYTRAIL_SECOND_INSTRUMENTATION: {
    message:
      '{scope} creates spans in addition to the instrumentations of Moneytrail: its spans are dropped or replace ours, so that each is in its trace once',
    remedy:
      'This is a warning, not an error: the service continues. Another SDK started after Moneytrail. It is not registered, but has its own instrumentations. Remove them: where they replace ours, traces of untrusted callers are continued. `docs/neighbours.md` has a section for each product. To keep one of them instead of ours, add it to `OTEL_NODE_DISABLED_INSTRUMENTATIONS`. `moneytrail_telemetry_duplicate_spans_total` counts the dropped spans. Silence it with `--disable-warning=MONEYTRAIL_SECOND_INSTRUMENTATION`.',
  },
  MONEYTRAIL_TELEMETRY_DROPPED: {
    message:
      '{items} items of {signal} were dropped ({cause}) on the way to {url}: {reason}; further drops with this cause are only counted',
    remedy:
      'This is a warning, not an error: the service continues. `moneytrail_telemetry_dropped_total` counts every lost item by cause. `queue_full`, `timeout` and `export_failed`: the endpoint is unreachable or too slow. `rejected`, `too_large` and `invalid`: the endpoint or the encoder rejected these items. `invalid_response`: the URL does not belong to an OTLP receiver. `shutdown`: the process ended before the endpoint responded. Silence it with `--disable-warning=MONEYTRAIL_TELEMETRY_DROPPED`.',
  },
  MONEYTRAIL_VARIABLE_UNKNOWN: {
    message:
      '{name} is set, but the telemetry does not read a variable with this name[; did you mean {meant}?]',
    remedy:
      'This is a warning, not an error: the variable has no effect. Correct its name, or remove it from the environment of the service: `docs/configuration.md` lists all variables. Silence it with `--disable-warning=MONEYTRAIL_VARIABLE_UNKNOWN`.',
  },
  MONEYTRAIL_VARIABLE_UNSUPPORTED: {
    message: '{name} is set but has no effect: {instead}',
    remedy:
      'This is a warning, not an error: the service continues without it. Use the alternative in the message, or remove the variable from the environment of the service. Silence it with `--disable-warning=MONEYTRAIL_VARIABLE_UNSUPPORTED`.',
  },
} as const;
