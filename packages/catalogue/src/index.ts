/**
 * Public API: everything that Moneytrail and its services record: events, instruments, attributes with their closed values,
 * lifecycles, units and money. It has no dependencies.
 */

export type {
  AttributeName,
  AttributesOf,
  AttributeValue,
  BusinessEvent,
  EventFields,
  EventName,
  InstrumentName,
  InstrumentOfKind,
  LifecycleName,
  MoneytrailCatalogue,
} from './catalogue.ts';
export { ATTRIBUTES, CATALOGUE, EVENTS, INSTRUMENTS, LIFECYCLES } from './catalogue.ts';
export type { ErrorTable, ErrorValues } from './coded.ts';
export { codedError, codedText, invalidOption, MoneytrailError } from './coded.ts';
export type { OwnCatalogue } from './define.ts';
export { defineCatalogue } from './define.ts';
export { checkNames, listOf, withOptions } from './input.ts';
export type {
  AttributeDefinition,
  AttributeKind,
  AttributeTable,
  OwnWords,
} from './model/attribute.ts';
export { OTHER, valuesOf } from './model/attribute.ts';
export type {
  AttributeNameIn,
  AttributeValueIn,
  BusinessEventIn,
  Catalogue,
  EventFieldsIn,
  EventNameIn,
  Group,
  InstrumentNameIn,
  InstrumentsOfKind,
  LabelsOf,
} from './model/catalogue.ts';
export type { CommonFields, EventDefinition, MovementDefinition } from './model/event.ts';
export { AMOUNT, amountAttribute, movedId } from './model/event.ts';
export type { BucketScale, InstrumentDefinition, LifecycleCount } from './model/instrument.ts';
export { BUCKET_BOUNDS } from './model/instrument.ts';
export type { LifecycleDefinition, StateByAttribute } from './model/lifecycle.ts';
export { contradict, rankOf, stateAfter } from './model/lifecycle.ts';
export { checkTogether } from './model/together.ts';
export { zeroSeriesCount } from './model/zero-series.ts';
export type { MoneyProvider } from './money/currencies.ts';
export {
  currencyCode,
  currencyCodes,
  currencyExponent,
  providerExponent,
} from './money/currencies.ts';
export type { Money, MoneyProblem } from './money/money.ts';
export { addMoney, formatMoney, money, moneyProblem, parseMoney } from './money/money.ts';
export type { Movements } from './money/movement.ts';
export { settled } from './money/movement.ts';
export { moneyFromProvider, moneyToProvider } from './money/provider-money.ts';
export {
  OWN_SCOPE,
  PREFIX,
  prometheusLabel,
  prometheusLabels,
  prometheusName,
  scopeLabels,
} from './names.ts';
export { nearest } from './nearest.ts';
export { ownLoggers, sharedInProcess } from './shared.ts';
export { shownValue } from './shown.ts';
