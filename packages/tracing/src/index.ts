export type { AttributeInput, AttributesInput } from './attributes.ts';
export { addAttributes, recordEvent } from './attributes.ts';
export type { CommissionFields, PaymentFields, PayoutFields } from './money-spans.ts';
export { traceCommission, tracePayment, tracePayout } from './money-spans.ts';
export type { DatabaseFields, ExternalFields } from './outside-spans.ts';
export { traceDatabase, traceExternal } from './outside-spans.ts';
export { traced } from './traced.ts';
