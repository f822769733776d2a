/** Public API: spans around functions, and their attributes and events. */
export type { AttributeInput, AttributesInput } from './attributes.ts';
export { addAttributes, recordEvent } from './attributes.ts';
export type { DatabaseFields, ExternalFields } from './client-spans.ts';
export { traceDatabase, traceExternal } from './client-spans.ts';
export type { CommissionFields, PaymentFields, PayoutFields } from './money-spans.ts';
export { traceCommission, tracePayment, tracePayout } from './money-spans.ts';
export { traced } from './traced.ts';
