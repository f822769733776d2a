/** Datadog's tracer, without OpenTelemetry. */
import tracer from 'dd-trace';

tracer.init({ startupLogs: false });
