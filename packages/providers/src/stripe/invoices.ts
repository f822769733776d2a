// Which payments have paid an invoice, where neither the intent nor the charge says it.
import { RecentIds } from '../recent-ids.ts';
import { childOf, referenceOf, textOf } from './json.ts';
import type { StripeEvent } from './mapping.ts';

/** Payments that are remembered until their own event arrives, which is seconds later. */
const REMEMBERED_PAYMENTS = 10_000;

/** Between `2025-03-31.basil` and `payment_details`, only `invoice_payment.paid` ties a payment to its invoice. */
export class PaidInvoices {
  readonly #payments: RecentIds = new RecentIds(REMEMBERED_PAYMENTS);

  /** The event as it is, or with what earlier ones have said of its payment. */
  complete(event: StripeEvent): StripeEvent {
    if (event.type === 'invoice_payment.paid') this.#note(event);
    const { object } = event;
    const ids = [referenceOf(object, 'payment_intent'), textOf(object, 'id')];
    const isOfInvoice = ids.some((id) => id !== undefined && this.#payments.has(keyOf(event, id)));
    return isOfInvoice ? { ...event, isOfInvoice } : event;
  }

  #note(event: StripeEvent): void {
    const payment = childOf(event.object, 'payment');
    for (const field of ['payment_intent', 'charge']) {
      const id = referenceOf(payment, field);
      if (id !== undefined) this.#payments.claim(keyOf(event, id));
    }
  }
}

function keyOf({ account = '' }: StripeEvent, id: string): string {
  return `${account}/${id}`;
}
