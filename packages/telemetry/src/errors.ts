/** Every error and warning of the telemetry, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_ANOTHER_SDK: {
    message:
      'another OpenTelemetry was there before Moneytrail: {limits}; business events, their counters, lines of @moneytrail/logs and redaction are not affected',
    remedy:
      'This is a warning, not an error: the service goes on. Import `@moneytrail/telemetry/register` before the other SDK, or switch off that one’s OpenTelemetry: `skipOpenTelemetrySetup: true` for Sentry 10. `docs/neighbours.md` has a section for each neighbour. `moneytrail_telemetry_other_sdk` is 1 for each signal that is concerned. Silence it with `--disable-warning=MONEYTRAIL_ANOTHER_SDK`.',
  },
  MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE: {
    message:
      'this bundle is an ES module without `require`, which the packages of the telemetry need: keep them outside of it (esbuild: --packages=external)',
    remedy:
      'Keep the packages outside of the bundle with `--packages=external`, or make a CommonJS bundle with `--format=cjs`. `docs/bundlers.md` has a recipe for each bundler.',
  },
  MONEYTRAIL_CERTIFICATE_UNREADABLE: {
    message: '{variable} names {path}, which cannot be read',
    remedy: 'Correct the path, or give the service the right to read the file.',
  },
  MONEYTRAIL_COMPONENT_FAILED: {
    message:
      '{option}: {component} threw {reason}; the service and the telemetry of Moneytrail continue without its result, and further errors of it are not reported',
    remedy:
      'This is a warning, not an error: the service continues. A component that the service passed to `startTelemetry` by the option that the message names is faulty: correct or remove it. Silence the warning with `--disable-warning=MONEYTRAIL_COMPONENT_FAILED`.',
  },
  MONEYTRAIL_ENDPOINT_INVALID: {
    message: '{name} must be {expected}, got "{value}"',
    remedy: 'Write the whole address, such as `http://localhost:4318`.',
  },
  MONEYTRAIL_EXPORTER_UNKNOWN: {
    message: '{name} must be {expected}, got "{value}"',
    remedy:
      'Use the names listed; `/metrics` for Prometheus is switched on by `MONEYTRAIL_METRICS_PORT`.',
  },
  MONEYTRAIL_EXPORT_FAILED: {
    message:
      '{signal} do not reach {url}: {reason}; they are sent again, and what does not fit into the queue is dropped and counted',
    remedy:
      'This is a warning, not an error: the service goes on. Start the Collector, or correct `OTEL_EXPORTER_OTLP_ENDPOINT`. After `Unauthorized`, give its token: `OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20<token>`. Silence it with `--disable-warning=MONEYTRAIL_EXPORT_FAILED`.',
  },
  MONEYTRAIL_INSTRUMENTATION_UNKNOWN: {
    message: '{variable} names "{name}", which is not an instrumentation[; did you mean {meant}?]',
    remedy:
      'This is a warning, not an error: the other names of the list are used. Correct the name or leave it out: names are those of the packages `@opentelemetry/instrumentation-*` without this beginning.',
  },
  MONEYTRAIL_METRICS_PORT_TAKEN: {
    message: '/metrics cannot listen on {host}, port {port}: the port is in use or not permitted',
    remedy:
      'Choose a free port with `metricsPort` (`MONEYTRAIL_METRICS_PORT`), or end the process that holds it.',
  },
  MONEYTRAIL_METRICS_TOKEN_MISSING: {
    message: 'metricsHost {host} can be reached by others: /metrics needs metricsToken there',
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
      'This is a warning, not an error: the service goes on, and its facts, logs and requests are recorded. `docs/bundlers.md` and `docs/runtimes.md` say what is seen where. Silence it with `--disable-warning=MONEYTRAIL_PACKAGES_NOT_SEEN`.',
  },
  MONEYTRAIL_PROTOCOL_NOT_BUILT_IN: {
    message: '{name} must be {expected}, got "{value}"',
    remedy:
      'Send OTLP over HTTP, which every Collector takes on port 4318. `grpc` is not built in: it would add its weight to each service.',
  },
  MONEYTRAIL_SDK_REFUSED: {
    message:
      'another OpenTelemetry was started after Moneytrail and is not registered ({place}): it gets none of the spans, metrics and records that the service makes by the API',
    remedy:
      'This is a warning, not an error: the service goes on, and what Moneytrail sends is complete. Start the other SDK first, then Moneytrail joins its traces, or do without it: a Collector sends to several places. `docs/neighbours.md` has a section for each neighbour. Silence it with `--disable-warning=MONEYTRAIL_SDK_REFUSED`.',
  },
  MONEYTRAIL_SECOND_INSTRUMENTATION: {
    message:
      '{scope} makes spans a second time, after the instrumentations of Moneytrail: they are left out, or take the place of ours, so that each is in its trace once',
    remedy:
      'This is a warning, not an error: the service goes on. Another SDK was started after Moneytrail; it has registered nothing, but brings instrumentations of its own. Take these out of it: where they take the place of ours, nobody checks whose traces are continued. `docs/neighbours.md` has a section for each neighbour. To keep one of them instead of ours, name it in `OTEL_NODE_DISABLED_INSTRUMENTATIONS`. `moneytrail_telemetry_duplicate_spans_total` counts the spans that were left out. Silence it with `--disable-warning=MONEYTRAIL_SECOND_INSTRUMENTATION`.',
  },
  MONEYTRAIL_TELEMETRY_DROPPED: {
    message:
      '{items} items of {signal} were dropped ({cause}) on the way to {url}: {reason}; further ones of this cause are counted only',
    remedy:
      'This is a warning, not an error: the service goes on. `moneytrail_telemetry_dropped_total` counts every lost item by cause. `queue_full`, `timeout` and `export_failed`: the endpoint is away or too slow. `rejected`, `too_large` and `invalid`: the endpoint or the encoder refused these very items. `invalid_response`: the address belongs to something other than an OTLP receiver. `shutdown`: the process ended before the endpoint responded. Silence it with `--disable-warning=MONEYTRAIL_TELEMETRY_DROPPED`.',
  },
  MONEYTRAIL_VARIABLE_UNKNOWN: {
    message:
      '{name} is set, and the telemetry reads no variable of this name[; did you mean {meant}?]',
    remedy:
      'This is a warning, not an error: the variable has no effect. Correct its name, or take it out of the environment of the service: `docs/configuration.md` lists all that are read. Silence it with `--disable-warning=MONEYTRAIL_VARIABLE_UNKNOWN`.',
  },
  MONEYTRAIL_VARIABLE_UNSUPPORTED: {
    message: '{name} is set and has no effect here: {instead}',
    remedy:
      'This is a warning, not an error: the service goes on without it. Use what the message names, or take the variable out of the environment of the service. Silence it with `--disable-warning=MONEYTRAIL_VARIABLE_UNSUPPORTED`.',
  },
} as const;
