/**
 * The start of the telemetry of a service. Importing this page does nothing; importing
 * `@moneytrail/telemetry/register` starts with what the environment says.
 */

import './node-version.ts';
import './es-bundle.ts';

export type {
  Option,
  OptionName,
  OptionValues,
  TelemetryOptions,
  WrongValueCode,
} from './options.ts';
export { OPTIONS } from './options.ts';
export type { PartOptions } from './parts.ts';
export type { Rule } from './rules.ts';
export type { Telemetry } from './start.ts';
export { flush, startTelemetry } from './start.ts';
export { VARIABLES } from './variables.ts';
