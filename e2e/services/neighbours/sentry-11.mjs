/** Sentry 11, which does not use OpenTelemetry. */
import * as Sentry from 'sentry-11';

const rate = process.env.SENTRY_RATE;
Sentry.init({
  dsn: process.env.SENTRY_SINK,
  ...(rate === undefined ? {} : { tracesSampleRate: Number(rate) }),
});
globalThis.reportError = (error) => Sentry.captureException(error);
