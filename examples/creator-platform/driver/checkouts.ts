import { CREATORS, type Creator, REFERRAL_CODES } from './creators.ts';
import { oneOf, weighted } from './random.ts';

/** Body of `POST /checkout`. */
export interface Checkout {
  readonly creator: string;
  readonly referral_code?: string;
  readonly amount_minor: number;
  readonly currency: string;
  readonly method: 'card' | 'wallet' | 'bank_debit';
  readonly payment_method: string;
  readonly purpose: 'subscription' | 'purchase' | 'tip' | 'donation';
}

/** Stripe's test payment methods by frequency; about one in ten is declined at first. */
const CARDS: readonly (readonly [string, number])[] = [
  ['pm_card_visa', 520],
  ['pm_card_mastercard', 260],
  ['pm_card_amex', 70],
  ['pm_card_authenticationRequired', 32],
  ['pm_card_threeDSecureRequiredChargeDeclined', 6],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 34],
  ['pm_card_chargeDeclined', 22],
  ['pm_card_chargeDeclinedExpiredCard', 10],
  ['pm_card_chargeDeclinedIncorrectCvc', 9],
  ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', 5],
  ['pm_card_chargeDeclinedProcessingError', 5],
  ['pm_card_radarBlock', 5],
  ['pm_card_visa_chargeDeclinedLostCard', 3],
  ['pm_card_visa_chargeDeclinedStolenCard', 2],
  ['pm_card_createDispute', 4],
  ['pm_card_createDisputeProductNotReceived', 2],
  ['pm_card_createDisputeInquiry', 2],
  ['pm_card_createIssuerFraudRecord', 2],
];

const TIPS: Readonly<Record<string, readonly number[]>> = {
  JPY: [100, 300, 500, 1000],
  KWD: [500, 1000, 2000],
};
const TIPS_ELSEWHERE = [100, 200, 300, 500, 1000, 2000];
const REFERRED_SHARE = 0.45;

/** A random checkout. `random` returns numbers from 0 up to 1. */
export function nextCheckout(random: () => number): Checkout {
  const creator = weighted(
    CREATORS.map((one) => [one, one.weight] as const),
    random(),
  );
  const { method, payment_method } = nextMethod(creator, random);
  const purpose = weighted(
    [
      ['subscription', 52],
      ['tip', 25],
      ['purchase', 18],
      ['donation', 5],
    ] as const,
    random(),
  );
  const prices = pricesOf(creator, purpose);
  return {
    creator: creator.handle,
    ...(random() < REFERRED_SHARE && { referral_code: oneOf(REFERRAL_CODES, random()) }),
    amount_minor: oneOf(prices, random()),
    currency: creator.currency,
    method,
    payment_method,
    purpose,
  };
}

function nextMethod(
  { currency }: Creator,
  random: () => number,
): Pick<Checkout, 'method' | 'payment_method'> {
  if (currency === 'USD' && random() < 0.05) {
    return { method: 'bank_debit', payment_method: 'pm_usBankAccount_success' };
  }
  return { method: random() < 0.3 ? 'wallet' : 'card', payment_method: weighted(CARDS, random()) };
}

function pricesOf(creator: Creator, purpose: Checkout['purpose']): readonly number[] {
  if (purpose === 'subscription') return creator.subscriptions;
  if (purpose === 'purchase') return creator.items;
  return TIPS[creator.currency] ?? TIPS_ELSEWHERE;
}
