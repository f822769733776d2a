/**
 * The start of the telemetry of a service. Importing this page does nothing; importing
 * `@moneytrail/telemetry/register` starts with what the environment says.
 */

import './sdk/check-runtime.ts';

export type {
  ComponentOptions,
  InstrumentationList,
  InstrumentationOptions,
} from './config/components.ts';
export type {
  DefaultedOption,
  Option,
  OptionInput,
  OptionName,
  OptionTable,
  OptionValues,
  Setting,
  SignalOption,
  TelemetryOptions,
  WrongValueCode,
} from './config/options.ts';
export { OPTIONS } from './config/options.ts';
export type { Rule } from './config/rules.ts';
export type { InstrumentationName } from './config/variables/instrumentations.ts';
export { VARIABLES } from './config/variables.ts';
export type { Telemetry } from './start.ts';
export { flush, startTelemetry } from './start.ts';
