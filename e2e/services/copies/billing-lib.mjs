/** A library that records payments. */
import { payments } from '@moneytrail/metrics';
import { startTelemetry } from '@moneytrail/telemetry';

export const pay = (payment) => payments.succeeded(payment);

if (process.env.LIBRARY_STARTS === 'true') startTelemetry();
