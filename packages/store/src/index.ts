/**
 * The embedded backend for one developer and for tests: an OTLP receiver, a SQLite file, query APIs and a UI, in one
 * process on the loopback.
 */

export type { HttpErrorCode } from './api/errors.ts';
export { HTTP_ERRORS } from './api/errors.ts';
export type {
  CommissionRow,
  CurrencyTotal,
  DropRow,
  Drops,
  ErrorResponse,
  EventPage,
  EventRow,
  HealthRow,
  JaegerResponse,
  JaegerSpan,
  JaegerTag,
  JaegerTrace,
  LiveChange,
  LogRow,
  MetricRow,
  MoneyRow,
  PaymentOutcome,
  PaymentPage,
  PaymentRow,
  PaymentTrail,
  PayoutRow,
  SplitPart,
  StoreStatus,
  Summary,
} from './api/types.ts';
export type { StoreOptions } from './options.ts';
export type { Store } from './store.ts';
export { startStore } from './store.ts';
