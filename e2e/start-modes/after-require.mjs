/** A service that imports pino when a dependency has already required it. */
import './requires-pino.cjs';

import { trace } from '@opentelemetry/api';
import { pino } from 'pino';

trace.getTracer('e2e').startActiveSpan('payment.process', (span) => {
  pino().info('in a span');
  span.end();
});
