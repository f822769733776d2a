/** A library that records payments. */
import { payments } from '@moneytrail/metrics';
import { startTelemetry } from '@moneytrail/telemetry';

export const pay = (fact) => payments.succeeded(fact);

if (process.env.LIBRARY_STARTS === 'true') startTelemetry();
