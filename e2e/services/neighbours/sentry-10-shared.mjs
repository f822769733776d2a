/** Sentry 10, which captures errors and gets its traces from the spans of Moneytrail. */
import { createRequire } from 'node:module';
import { startTelemetry } from '@moneytrail/telemetry';
import { context } from '@opentelemetry/api';
import * as Sentry from 'sentry-10';

// The copy that this Sentry uses. It requires an older API than Moneytrail, so npm installs it inside Sentry.
const ofSentry = createRequire(import.meta.resolve('sentry-10'));
const { SentrySpanProcessor } = ofSentry('@sentry/opentelemetry');

Sentry.init({ dsn: process.env.SENTRY_SINK, skipOpenTelemetrySetup: true, tracesSampleRate: 1 });
context.setGlobalContextManager(new Sentry.SentryContextManager().enable());
startTelemetry({ spanProcessors: [new SentrySpanProcessor()] });
globalThis.reportError = (error) => Sentry.captureException(error);
