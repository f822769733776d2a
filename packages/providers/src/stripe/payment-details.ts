import { type AttributeValue, type Money, OTHER } from '@moneytrail/catalogue';
import { childOf, type Json, listOf, numberOf, referenceOf, textOf } from './json.ts';
import { type Finding, isWordOf, moneyOf, type StripeEvent, wordTable } from './mapping.ts';

type Method = AttributeValue<'payment.method.type'>;
type Purpose = AttributeValue<'payment.purpose'>;

const METHODS = wordTable([
  ['card', 'card card_present interac_present kr_card'],
  [
    'wallet',
    'alipay amazon_pay cashapp gopay grabpay kakao_pay link mb_way mobilepay naver_pay payco paypal ' +
      'paypay qris revolut_pay samsung_pay satispay shopeepay swish twint vipps wechat wechat_pay',
  ],
  [
    'bank_transfer',
    'ach_credit_transfer customer_balance id_bank_transfer paynow pix promptpay sepa_credit_transfer upi',
  ],
  [
    'bank_debit',
    'ach_debit acss_debit au_becs_debit bacs_debit nz_bank_account payto sepa_debit us_bank_account',
  ],
  [
    'bank_redirect',
    'bancontact bizum blik eps fpx giropay ideal p24 pay_by_bank sofort trustly wero',
  ],
  ['pay_later', 'affirm afterpay_clearpay alma billie klarna scalapay sequra sunbit zip'],
  ['cash', 'boleto konbini multibanco oxxo'],
]);

/**
 * What was paid for: the application says it in `metadata.purpose`; a payment of an invoice is a subscription. Since
 * `2025-03-31.basil` a payment does not name its invoice, but the order that it pays may be one.
 */
export function purposeOf({ object: payment, isOfInvoice }: StripeEvent): Purpose {
  const said = textOf(childOf(payment, 'metadata'), 'purpose') ?? '';
  if (isWordOf('payment.purpose', said)) return said;
  const order = textOf(childOf(payment, 'payment_details'), 'order_reference');
  const invoice = referenceOf(payment, 'invoice') ?? (order?.startsWith('in_') ? order : undefined);
  return invoice !== undefined || isOfInvoice ? 'subscription' : OTHER;
}

/** Kind of payment method of a charge, from the source card where the shape is older than payment methods. */
export function chargeMethod(charge: Json): Method | undefined {
  const source = childOf(charge, 'source');
  return methodOf(
    textOf(childOf(charge, 'payment_method_details'), 'type') ??
      textOf(source, 'type') ??
      textOf(source, 'object') ??
      textOf(childOf(charge, 'card'), 'object'),
  );
}

/** Kind of payment method of an intent: of its charge, of the method that failed, or the only one it allows. */
export function intentMethod(intent: Json): Method | undefined {
  const charge = latestCharge(intent);
  const failed = childOf(childOf(intent, 'last_payment_error'), 'payment_method');
  return (
    chargeMethod(charge) ??
    methodOf(textOf(failed, 'type') ?? textOf(childOf(intent, 'payment_method'), 'type')) ??
    methodOf(onlyTextOf(intent['payment_method_types'] ?? intent['allowed_source_types']))
  );
}

/** The intent's newest charge as far as the event carries it: expanded, or in the list of older shapes. */
export function latestCharge(intent: Json): Json {
  const [listed] = listOf(intent, 'charges');
  return listed ?? childOf(intent, 'latest_charge');
}

/** The id of the intent's newest charge. */
export function latestChargeId(intent: Json): string | undefined {
  return referenceOf(intent, 'latest_charge') ?? textOf(latestCharge(intent), 'id');
}

/** A capture of less than was authorised may be the first of several. */
export function captureOf(captured: number | undefined, payment: Json): 'part' | undefined {
  const authorised = numberOf(payment, 'amount');
  if (captured === undefined || authorised === undefined) return undefined;
  return captured < authorised ? 'part' : undefined;
}

/** The platform's fee; a wrong one must not lose the payment, so it is left out and counted. */
export function platformFee(payment: Json): { fee?: Money; findings: readonly Finding[] } {
  // Before there was an amount, there was the fee itself, which has one when it is expanded.
  const given = payment['application_fee_amount'] ?? childOf(payment, 'application_fee')['amount'];
  if (given === undefined || given === null) return { findings: [] };
  const fee = moneyOf(given, payment['currency']);
  if (typeof fee !== 'string') return { fee, findings: [] };
  return { findings: [{ kind: 'left_out', name: 'platform_fee.amount_minor', reason: fee }] };
}

function methodOf(type: string | undefined): Method | undefined {
  return type === undefined ? undefined : (METHODS.get(type) ?? OTHER);
}

function onlyTextOf(values: unknown): string | undefined {
  if (!Array.isArray(values) || values.length !== 1) return undefined;
  const [only]: readonly unknown[] = values;
  return typeof only === 'string' ? only : undefined;
}
