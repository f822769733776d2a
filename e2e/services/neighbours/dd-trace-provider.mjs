/** Datadog's tracer as a provider of OpenTelemetry. */
import tracer from 'dd-trace';

tracer.init({ startupLogs: false });
new tracer.TracerProvider().register();
