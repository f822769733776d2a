// Sentry with its tracing, as its pages import it.
import * as Sentry from '@sentry/node';

Sentry.init({ dsn: process.env.SENTRY_SINK, tracesSampleRate: 1 });
