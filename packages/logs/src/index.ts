export { REDACTED_FIELDS } from '@moneytrail/privacy';
export type { Logger } from 'pino';
export { createLogger } from './logger.ts';
export type { LogDestination, LoggerOptions } from './options.ts';
export type { Environment } from './resource.ts';
