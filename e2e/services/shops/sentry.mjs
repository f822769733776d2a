// Sentry with tracing, imported like in its documentation.
import * as Sentry from '@sentry/node';

Sentry.init({ dsn: process.env.SENTRY_SINK, tracesSampleRate: 1 });
