/**
 * The start of the telemetry of a service. Importing this page does nothing; importing
 * `@moneytrail/telemetry/register` starts with what the environment says.
 */

import './sdk/check-runtime.ts';

export type { PartOptions } from './config/parts.ts';
export type { Rule } from './config/rules.ts';
export { VARIABLES } from './config/variables.ts';
export type {
  Option,
  OptionName,
  OptionValues,
  TelemetryOptions,
  WrongValueCode,
} from './options.ts';
export { OPTIONS } from './options.ts';
export type { Telemetry } from './start.ts';
export { flush, startTelemetry } from './start.ts';
