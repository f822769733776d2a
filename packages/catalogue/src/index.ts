/**
 * Everything that Moneytrail records has its name here and nowhere else: instruments, events, attributes, closed value
 * sets, units and money. It depends on nothing.
 */

export type {
  AttributeDefinition,
  AttributeName,
  AttributeValue,
  OwnWords,
  UnsaidAttribute,
} from './attributes/index.ts';
export { ATTRIBUTES, closedValues, OTHER } from './attributes/index.ts';
export type { MoneyProvider } from './currencies.ts';
export { currencyCode, currencyCodes, currencyExponent, providerExponent } from './currencies.ts';
export type { ErrorCode } from './errors.ts';
export { ERRORS, MoneytrailError } from './errors.ts';
export type { EventDefinition } from './events/definition.ts';
export type { EventName, EventOf } from './events/index.ts';
export { EVENTS } from './events/index.ts';
export type { BusinessEvent, CommonFacts, Facts } from './facts.ts';
export { checkNames, listOf, withOptions } from './input.ts';
export type {
  BucketScale,
  ImpliedAttributes,
  InstrumentDefinition,
} from './instruments/definition.ts';
export { BUCKET_BOUNDS } from './instruments/definition.ts';
export type { InstrumentName, InstrumentOf, InstrumentOfKind } from './instruments/index.ts';
export { INSTRUMENTS } from './instruments/index.ts';
export type { Money, MoneyProblem } from './money.ts';
export {
  addMoney,
  formatMoney,
  money,
  moneyProblem,
  parseMoney,
} from './money.ts';
export type { Movements } from './movement.ts';
export { settled } from './movement.ts';
export {
  OWN_SCOPE,
  PREFIX,
  prometheusLabel,
  prometheusLabels,
  prometheusName,
  scopeLabels,
} from './names.ts';
export { nearest } from './nearest.ts';
export { moneyFromProvider, moneyToProvider } from './provider-money.ts';
export { ownLoggers, sharedInProcess } from './shared.ts';
export { shownValue } from './shown.ts';
