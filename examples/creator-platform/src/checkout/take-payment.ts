import { payments } from '@moneytrail/metrics';
import { addAttributes, tracePayment } from '@moneytrail/tracing';
import type Stripe from 'stripe';
import { processCommissions } from '../commissions/process.ts';
import { addPayment, movePayment, type Payment, referrersOf } from '../ledger/payments.ts';
import type { Service } from '../service.ts';
import { stripeAmount } from '../stripe/amount.ts';
import { declineCode } from './decline.ts';
import type { CheckoutRequest } from './request.ts';
import { type Split, splitPayment } from './split.ts';

/** The outcome of a checkout for the payer. */
export type CheckoutOutcome =
  | { readonly status: 'succeeded'; readonly payment: string; readonly split: Split }
  | { readonly status: 'requires_action' | 'processing'; readonly payment: string }
  | { readonly status: 'declined'; readonly payment: string; readonly code: string };

/**
 * Takes one payment in one trace: creates it at Stripe, writes it to the ledger, confirms it at Stripe, and books its
 * commissions on success. Later events (3D Secure, bank debits, refunds, disputes) arrive by webhook.
 */
export async function takePayment(
  service: Service,
  request: CheckoutRequest,
): Promise<CheckoutOutcome> {
  const { amount, method, purpose, creator } = request;
  return tracePayment({ provider: 'stripe', method, purpose, amount }, async () => {
    const referrers = await referrersOf(service.ledger, request.referralCode);
    const split = splitPayment(amount, referrers);
    const intent = await createIntent(service.stripe, request, split);
    payments.created({ provider: 'stripe', id: intent.id, method, purpose, amount });
    const payment = { id: intent.id, creator, referrers, amount };
    await addPayment(service.ledger, payment);
    return confirmPayment(service, request, payment, split);
  });
}

async function createIntent(
  stripe: Stripe,
  { amount, creator, paymentMethod, purpose }: CheckoutRequest,
  { platformFee }: Split,
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    ...stripeAmount(amount),
    payment_method: paymentMethod,
    application_fee_amount: stripeAmount(platformFee).amount,
    transfer_data: { destination: `acct_${creator}` },
    metadata: { purpose },
  });
}

async function confirmPayment(
  service: Service,
  { amount, method, purpose }: CheckoutRequest,
  payment: Payment,
  split: Split,
): Promise<CheckoutOutcome> {
  const startMs = performance.now();
  const confirmed = await confirmAtStripe(service.stripe, payment.id);
  if (typeof confirmed === 'string') return decline(service, payment, confirmed);
  const fields = { provider: 'stripe', id: payment.id, method, purpose, amount } as const;
  if (confirmed.status !== 'succeeded') {
    if (confirmed.status === 'requires_action') payments.actionRequired(fields);
    return wait(service, payment, confirmed);
  }
  const durationSeconds = (performance.now() - startMs) / 1000;
  payments.succeeded({ ...fields, platformFee: split.platformFee, durationSeconds });
  await bookPayment(service, payment);
  return { status: 'succeeded', payment: payment.id, split };
}

/** The confirmed intent, or the decline code of the bank. A decline is a valid response, so it does not fail the span. */
async function confirmAtStripe(stripe: Stripe, id: string): Promise<Stripe.PaymentIntent | string> {
  try {
    return await stripe.paymentIntents.confirm(id);
  } catch (error) {
    const code = declineCode(error);
    if (code === undefined) throw error;
    return code;
  }
}

/** The money is captured, so the checkout succeeds even if this fails; the webhook of the payment books missing commissions. */
async function bookPayment(service: Service, payment: Payment): Promise<void> {
  const { ledger, log } = service;
  try {
    await movePayment(ledger, payment.id, 'succeeded');
    await processCommissions(service, payment);
    log.info({ 'payment.id': payment.id }, 'payment succeeded');
  } catch (error) {
    log.error({ err: error, 'payment.id': payment.id }, 'payment not booked yet');
  }
}

/** The reason of a failure is recorded from the webhook, which has it in normalised form. */
async function decline(
  { ledger, log }: Service,
  payment: Payment,
  code: string,
): Promise<CheckoutOutcome> {
  addAttributes({ 'payment.outcome': 'declined', 'payment.failure.code': code });
  await movePayment(ledger, payment.id, 'failed');
  log.warn({ 'payment.id': payment.id, code }, 'payment declined');
  return { status: 'declined', payment: payment.id, code };
}

async function wait(
  { ledger, log }: Service,
  payment: Payment,
  intent: Stripe.PaymentIntent,
): Promise<CheckoutOutcome> {
  const status = intent.status === 'requires_action' ? 'requires_action' : 'processing';
  await movePayment(ledger, payment.id, status);
  log.info({ 'payment.id': payment.id, status }, 'payment waits');
  return { status, payment: payment.id };
}
