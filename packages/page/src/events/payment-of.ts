/** The payment that an event names. */
import type { EventRow } from '@moneytrail/store';
import { valueText } from '../data/attributes.ts';

/** Its address; the store finds the payment of an event without a provider where only one provider has the id. */
export function paymentOf({
  attributes,
}: Pick<EventRow, 'attributes'>): { readonly provider: string; readonly id: string } | undefined {
  const { 'payment.id': id, 'payment.provider': provider = '_OTHER' } = attributes;
  return id === undefined || id === null || id === ''
    ? undefined
    : { provider: valueText(provider), id: valueText(id) };
}
