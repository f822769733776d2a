// A route that records a payment.
import { payments } from '@moneytrail/metrics';

export async function GET(_request, { params }) {
  const { id } = await params;
  const amount = { minor: 1000n, currency: 'EUR' };
  return new Response(payments.succeeded({ provider: 'stripe', id, method: 'card', amount }));
}
