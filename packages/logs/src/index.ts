/** Public API: pino loggers with trace ids, redaction and OTLP. */
export { REDACTED_FIELDS } from '@moneytrail/privacy';
export type { Logger } from 'pino';
export type { LogDestination } from './destination.ts';
export type { RedactOptions } from './hidden.ts';
export { createLogger } from './logger.ts';
export type { LoggerOptions } from './options.ts';
export type { Environment } from './resource.ts';
