/** Our own catalogue: everything that Moneytrail records, domain by domain. */
import { COMMISSIONS } from './domains/commissions.ts';
import { DISPUTES } from './domains/disputes.ts';
import { FRAUD } from './domains/fraud.ts';
import { HEALTH } from './domains/health.ts';
import { JOBS } from './domains/jobs.ts';
import { PAYMENTS } from './domains/payments.ts';
import { PAYOUTS } from './domains/payouts.ts';
import { REFERRALS } from './domains/referrals.ts';
import { REFUNDS } from './domains/refunds.ts';
import { SHARED } from './domains/shared.ts';
import { TELEMETRY } from './domains/telemetry.ts';
import { TRANSFERS } from './domains/transfers.ts';
import { WEBHOOKS } from './domains/webhooks.ts';
import type { AttributeDefinition } from './model/attribute.ts';
import {
  type AttributeNameIn,
  type AttributeValueIn,
  type BusinessEventIn,
  type Catalogue,
  type EventFieldsIn,
  type EventNameIn,
  type InstrumentNameIn,
  type InstrumentsOfKind,
  type LabelsOf,
  makeCatalogue,
} from './model/catalogue.ts';
import type { Domain } from './model/domain.ts';
import type { EventDefinition } from './model/event.ts';
import type { InstrumentDefinition } from './model/instrument.ts';
import type { LifecycleDefinition } from './model/lifecycle.ts';
import { PREFIX } from './names.ts';

const DOMAINS = [
  PAYMENTS,
  REFUNDS,
  DISPUTES,
  PAYOUTS,
  TRANSFERS,
  COMMISSIONS,
  REFERRALS,
  FRAUD,
  WEBHOOKS,
  JOBS,
  HEALTH,
  TELEMETRY,
] as const;

type All<Key extends keyof Domain> = Intersection<(typeof DOMAINS)[number][Key]>;

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  one: infer Both,
) => void
  ? Both
  : never;

type Attributes = typeof SHARED & All<'attributes'>;

/** The type of our catalogue, with every name. */
export interface MoneytrailCatalogue
  extends Catalogue<Attributes, All<'events'>, All<'instruments'>, All<'lifecycles'>, Attributes> {}

/** Everything that Moneytrail records, under the prefix `moneytrail.`. */
export const CATALOGUE: MoneytrailCatalogue = makeCatalogue<MoneytrailCatalogue>(
  PREFIX,
  {
    attributes: Object.assign({}, SHARED, ...DOMAINS.map(({ attributes }) => attributes)),
    events: Object.assign({}, ...DOMAINS.map(({ events }) => events)),
    instruments: Object.assign({}, ...DOMAINS.map(({ instruments }) => instruments)),
    lifecycles: Object.assign({}, ...DOMAINS.map(({ lifecycles }) => lifecycles)),
  },
  DOMAINS.map(({ name, help, events, instruments }) => ({
    name,
    help,
    events: Object.keys(events),
    instruments: Object.keys(instruments),
  })),
  {},
);

/** Every attribute of our catalogue by name. */
export const ATTRIBUTES: Readonly<Record<AttributeName, AttributeDefinition>> =
  CATALOGUE.attributes;

/** Every event of our catalogue by name. */
export const EVENTS: Readonly<Record<EventName, EventDefinition>> = CATALOGUE.events;

/** Every instrument of our catalogue by name. */
export const INSTRUMENTS: Readonly<Record<InstrumentName, InstrumentDefinition>> =
  CATALOGUE.instruments;

/** Every lifecycle of our catalogue by the kind of its object. */
export const LIFECYCLES: Readonly<Record<LifecycleName, LifecycleDefinition>> =
  CATALOGUE.lifecycles;

/** Kind of an object that has a lifecycle, such as `payment`. */
export type LifecycleName = keyof MoneytrailCatalogue['lifecycles'] & string;

/** Name of an attribute of our catalogue. */
export type AttributeName = AttributeNameIn<MoneytrailCatalogue>;

/**
 * The values of an attribute of our catalogue, as types: a union for closed sets, extended by the words of the service for
 * open sets.
 */
export type AttributeValue<Name extends AttributeName> = AttributeValueIn<
  MoneytrailCatalogue,
  Name
>;

/** Name of an event of our catalogue, without prefix. */
export type EventName = EventNameIn<MoneytrailCatalogue>;

/** The fields of an event of our catalogue. */
export type EventFields<Name extends EventName> = EventFieldsIn<MoneytrailCatalogue, Name>;

/** Any event of our catalogue with its fields; `event` is the discriminant. */
export type BusinessEvent = BusinessEventIn<MoneytrailCatalogue>;

/** Name of an instrument of our catalogue, without prefix. */
export type InstrumentName = InstrumentNameIn<MoneytrailCatalogue>;

/** Names of the instruments of one kind. */
export type InstrumentOfKind<Kind extends 'counter' | 'gauge' | 'histogram'> = InstrumentsOfKind<
  MoneytrailCatalogue,
  Kind
>;

/** The attributes of an instrument of our catalogue, with their closed values. */
export type AttributesOf<Name extends InstrumentName> = LabelsOf<MoneytrailCatalogue, Name>;
