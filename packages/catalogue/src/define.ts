/** Declares the catalogue of a service. */
import { CATALOGUE, type MoneytrailCatalogue } from './catalogue.ts';
import { codedError } from './coded.ts';
import { CATALOGUE_ERRORS } from './errors.ts';
import { withOptions } from './input.ts';
import type { AttributeTable } from './model/attribute.ts';
import { type Catalogue, makeCatalogue } from './model/catalogue.ts';
import { type Empty, filled, type Tables, type Written } from './model/domain.ts';
import type { EventTable } from './model/event.ts';
import type { InstrumentTable } from './model/instrument.ts';
import type { LifecycleTable } from './model/lifecycle.ts';
import { checkShape } from './model/shape.ts';
import { PREFIX } from './names.ts';

/** Reserved prefixes: ours, and the first words of our names, whose events would be mistaken for ours. */
const RESERVED: ReadonlySet<string> = new Set([
  PREFIX.slice(0, -1),
  'otel',
  ...[...Object.keys(CATALOGUE.events), ...Object.keys(CATALOGUE.instruments)].map(
    (name) => name.split('.', 1)[0] ?? name,
  ),
]);

type Ours = MoneytrailCatalogue['attributes'];

/** The catalogue of a service. It may also use our attributes. */
export type OwnCatalogue<Attributes, Events, Instruments, Lifecycles> = Catalogue<
  Attributes,
  Events,
  Instruments,
  Lifecycles,
  Attributes & Ours
>;

/**
 * Declares the attributes, events, instruments and lifecycles of a service under its own prefix. `createRecorder` of
 * `@moneytrail/metrics` records with it. Events and instruments may carry our attributes, such as `payment.provider`. An
 * unknown name is a compile error. At startup, an invalid entry throws a `MoneytrailError` whose code starts with
 * `MONEYTRAIL_CATALOGUE_`.
 *
 * @example
 * ```ts
 * import { defineCatalogue } from '@moneytrail/catalogue';
 *
 * const SHOP = defineCatalogue({
 *   prefix: 'shop',
 *   attributes: {
 *     'order.id': { kind: 'id', help: 'Order in the shop.' },
 *     'order.carrier': { kind: 'set', help: 'Who delivers.', values: { post: 'By post.', bike: 'By bicycle.' } },
 *   },
 *   events: {
 *     'order.shipped': {
 *       help: 'An order left the warehouse.',
 *       severity: 'INFO',
 *       identity: ['id'],
 *       amounts: { amount: 'required', tax: 'optional' },
 *       required: { id: 'order.id', carrier: 'order.carrier' },
 *     },
 *   },
 *   instruments: {
 *     'order.shipments': {
 *       kind: 'counter',
 *       unit: '{order}',
 *       help: 'Orders that left the warehouse.',
 *       attributes: ['order.carrier'],
 *       on: { 'order.shipped': {} },
 *     },
 *   },
 * });
 * console.log(SHOP.prefix); // shop.
 * ```
 */
export function defineCatalogue<
  const Attributes extends AttributeTable = Empty,
  const Events extends EventTable = Empty,
  const Instruments extends InstrumentTable = Empty,
  const Lifecycles extends LifecycleTable = Empty,
>(
  written: { readonly prefix: string } & Written<Attributes, Events, Instruments, Lifecycles, Ours>,
): OwnCatalogue<Attributes, Events, Instruments, Lifecycles> {
  return withOptions('defineCatalogue', written, (checked) => {
    checkShape(checked);
    return catalogueOf<OwnCatalogue<Attributes, Events, Instruments, Lifecycles>>(checked);
  });
}

function catalogueOf<Made extends Catalogue>(
  written: { readonly prefix: string } & Partial<Record<keyof Tables, unknown>>,
): Made {
  const { prefix } = written;
  if (RESERVED.has(prefix.split('.')[0] ?? '')) {
    throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_PREFIX_RESERVED', { prefix });
  }
  const tables = filled<Tables>(written);
  const group = {
    name: prefix,
    help: '',
    events: Object.keys(tables.events),
    instruments: Object.keys(tables.instruments),
  };
  return makeCatalogue<Made>(`${prefix}.`, tables, [group], CATALOGUE.attributes);
}
