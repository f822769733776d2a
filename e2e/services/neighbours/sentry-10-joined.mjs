/** Sentry 10 without its OpenTelemetry: it captures errors, ours creates the spans. */
import * as Sentry from 'sentry-10';

Sentry.init({ dsn: process.env.SENTRY_SINK, skipOpenTelemetrySetup: true, tracesSampleRate: 1 });
globalThis.reportError = (error) => Sentry.captureException(error);
