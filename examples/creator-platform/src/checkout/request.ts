import { type AttributeValue, currencyExponent, type Money, money } from '@moneytrail/catalogue';
import { chargeStep } from '../stripe/amount.ts';

/** A valid checkout request. */
export interface CheckoutRequest {
  readonly creator: string;
  readonly referralCode?: string;
  readonly amount: Money;
  readonly method: Method;
  readonly purpose: Purpose;
  /** The payment method at Stripe. */
  readonly paymentMethod: string;
}

export type Method = Extract<
  AttributeValue<'payment.method.type'>,
  'card' | 'wallet' | 'bank_debit'
>;
export type Purpose = Extract<
  AttributeValue<'payment.purpose'>,
  'subscription' | 'purchase' | 'tip' | 'donation'
>;

/** An invalid field, and the reason. */
export interface Refusal {
  readonly field: string;
  readonly problem: string;
}

/** A request, or all of its invalid fields. */
export type ReadCheckout =
  | { readonly request: CheckoutRequest }
  | { readonly problems: readonly Refusal[] };

/** Stripe accepts at most eight digits. */
const MAX_AMOUNT_MINOR = 99_999_999;
const METHODS: readonly Method[] = ['card', 'wallet', 'bank_debit'];
const PURPOSES: readonly Purpose[] = ['subscription', 'purchase', 'tip', 'donation'];

/** The payment methods of Stripe's test mode that succeed without further action. */
const TEST_METHODS: Readonly<Record<Method, string>> = {
  card: 'pm_card_visa',
  wallet: 'pm_card_mastercard',
  bank_debit: 'pm_usBankAccount_success',
};

type Problem<Value> = { readonly value: Value } | { readonly problem: string };

/** Reads the body of `POST /checkout`; returns all invalid fields, not only the first. */
export function readCheckout(body: unknown): ReadCheckout {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { problems: [{ field: 'body', problem: 'must be a JSON object' }] };
  }
  const problems: Refusal[] = [];
  const read = <Value>(
    field: string,
    reader: (value: unknown) => Problem<Value>,
  ): Value | undefined => {
    const result = reader(Reflect.get(body, field));
    if ('value' in result) return result.value;
    problems.push({ field, problem: result.problem });
    return undefined;
  };
  const creator = read('creator', name);
  const referralCode = read('referral_code', optional(name));
  const minor = read('amount_minor', amountMinor);
  const currency = read('currency', currencyCode);
  const method = read('method', optional(oneOf(METHODS))) ?? 'card';
  const purpose = read('purpose', oneOf(PURPOSES));
  const paymentMethod = read('payment_method', optional(name)) ?? TEST_METHODS[method];
  if (minor !== undefined && currency) problems.push(...unchargeable(minor, currency));
  if (!creator || minor === undefined || !currency || !purpose || problems.length > 0)
    return { problems };
  const amount = money(minor, currency);
  return {
    request: {
      creator,
      amount,
      method,
      purpose,
      paymentMethod,
      ...(referralCode && { referralCode }),
    },
  };
}

function name(value: unknown): Problem<string> {
  const accepted = typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
  return accepted ? { value } : { problem: 'must be 1 to 64 letters, digits, _ or -' };
}

function amountMinor(value: unknown): Problem<bigint> {
  const whole = typeof value === 'number' && Number.isInteger(value);
  return whole && value >= 1 && value <= MAX_AMOUNT_MINOR
    ? { value: BigInt(value) }
    : { problem: `must be a whole number of minor units from 1 to ${MAX_AMOUNT_MINOR}` };
}

function unchargeable(minor: bigint, currency: string): Refusal[] {
  const step = chargeStep(currency);
  if (minor % step === 0n) return [];
  return [{ field: 'amount_minor', problem: `must be a multiple of ${step} in ${currency}` }];
}

function currencyCode(value: unknown): Problem<string> {
  const known = typeof value === 'string' && currencyExponent(value) !== undefined;
  return known ? { value } : { problem: 'must be a currency of ISO 4217, such as EUR' };
}

function oneOf<Value extends string>(values: readonly Value[]) {
  return (value: unknown): Problem<Value> => {
    const found = values.find((one) => one === value);
    return found ? { value: found } : { problem: `must be one of ${values.join(', ')}` };
  };
}

function optional<Value>(reader: (value: unknown) => Problem<Value>) {
  return (value: unknown): Problem<Value | undefined> =>
    value === undefined ? { value: undefined } : reader(value);
}
