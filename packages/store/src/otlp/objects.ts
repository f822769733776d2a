/**
 * The objects that attributes name: `payment.id` names a payment, `acme.order.id` an order. An object is identified by kind, provider
 * and id, so one id at two providers is two objects.
 */
import { PREFIX } from '../catalogue.ts';
import { type Attributes, asText } from './read.ts';

/** An object as a record names it; the provider is empty where the record names none. */
export interface NamedObject {
  readonly kind: string;
  readonly provider: string;
  readonly id: string;
}

/** The provider that attributes name, or an empty text. */
export function providerOf(attributes: Attributes): string {
  return asText(attributes['payment.provider']);
}

/** The id of an object of a kind, or `undefined`. */
export function objectId(attributes: Attributes, kind: string): string | undefined {
  return asText(attributes[kind + SUFFIX]) || undefined;
}

/** The objects that the attributes of an event name. */
export function objectsOf(attributes: Attributes): NamedObject[] {
  const provider = providerOf(attributes);
  return Object.keys(attributes).flatMap((name) => {
    const kind = name.slice(0, -SUFFIX.length);
    const id = isObjectName(name) ? objectId(attributes, kind) : undefined;
    return id === undefined ? [] : [{ kind, provider, id }];
  });
}

const SUFFIX = '.id';

function isObjectName(name: string): boolean {
  return name.length > SUFFIX.length && name.endsWith(SUFFIX) && !name.startsWith(PREFIX);
}
