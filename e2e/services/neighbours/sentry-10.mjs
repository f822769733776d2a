/** Sentry 10, which registers its own OpenTelemetry. */
import * as Sentry from 'sentry-10';

const rate = process.env.SENTRY_RATE;
Sentry.init({
  dsn: process.env.SENTRY_SINK,
  ...(rate === undefined ? {} : { tracesSampleRate: Number(rate) }),
});
globalThis.reportError = (error) => Sentry.captureException(error);
