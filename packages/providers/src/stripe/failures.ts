import { type AttributeValue, OTHER } from '@moneytrail/catalogue';
import { childOf, type Json, textOf } from './json.ts';
import { wordTable } from './mapping.ts';
import { latestCharge } from './payment-details.ts';

type Reason = AttributeValue<'payment.failure.reason'>;

/** Why an attempt failed: a word for every provider, Stripe's own code, and whose fault it was. */
export interface Failure {
  readonly reason: Reason;
  readonly code: string | undefined;
  readonly outcome: 'declined' | 'error';
}

const REASONS = wordTable([
  ['insufficient_funds', 'insufficient_funds balance_insufficient'],
  [
    'do_not_honor',
    'do_not_honor generic_decline card_declined call_issuer refer_to_customer approve_with_id no_action_taken ' +
      'do_not_try_again security_violation bank_account_declined payment_method_provider_decline',
  ],
  ['card_expired', 'expired_card expired_payment_method'],
  [
    'invalid_card_data',
    'incorrect_number invalid_number incorrect_cvc invalid_cvc incorrect_zip incorrect_postal_code incorrect_address ' +
      'postal_code_invalid invalid_expiry_month invalid_expiry_year invalid_account incorrect_pin invalid_pin no_account ' +
      'account_closed account_number_invalid routing_number_invalid bank_account_bad_routing_numbers bank_account_unusable',
  ],
  [
    'authentication_required',
    'authentication_required offline_pin_required online_or_offline_pin_required mobile_device_authentication_required ' +
      'payment_intent_action_required',
  ],
  [
    'authentication_failed',
    'authentication_failure payment_intent_authentication_failure setup_intent_authentication_failure ' +
      'authentication_not_handled three_d_secure_authentication_not_supported',
  ],
  [
    'fraud_suspected',
    'fraudulent merchant_blacklist highest_risk_level elevated_risk_level rule request_blocked',
  ],
  ['lost_or_stolen', 'lost_card stolen_card pickup_card restricted_card'],
  [
    'limit_exceeded',
    'card_velocity_exceeded withdrawal_count_limit_exceeded pin_try_exceeded amount_too_large ' +
      'charge_exceeds_source_limit charge_exceeds_transaction_limit',
  ],
  [
    'not_supported',
    'card_not_supported currency_not_supported transaction_not_allowed service_not_allowed not_permitted invalid_amount ' +
      'amount_too_small invalid_card_type country_unsupported payment_method_currency_mismatch testmode_decline ' +
      'payment_method_not_available payment_method_unsupported_type live_mode_test_card test_mode_live_card',
  ],
  [
    'processor_error',
    'processing_error issuer_not_available reenter_transaction try_again_later payment_method_provider_timeout ' +
      'three_d_secure_authentication_upstream_error api_error',
  ],
  [
    'rate_limited',
    'rate_limit card_decline_rate_limit_exceeded payment_intent_rate_limit_exceeded',
  ],
  [
    'canceled_by_customer',
    'payment_method_customer_decline stop_payment_order revocation_of_authorization revocation_of_all_authorizations ' +
      'debit_not_authorized',
  ],
]);

const TECHNICAL: ReadonlySet<Reason> = new Set<Reason>(['processor_error', 'rate_limited']);

/** Why a charge failed. A charge that Stripe's own fraud rules blocked never reached the bank. */
export function chargeFailure(charge: Json): Failure {
  const outcome = childOf(charge, 'outcome');
  return failureOf(outcome, [textOf(outcome, 'reason'), textOf(charge, 'failure_code')]);
}

/** Why the last attempt of an intent failed. */
export function intentFailure(intent: Json): Failure {
  const error = childOf(intent, 'last_payment_error');
  const charge = latestCharge(intent);
  const outcome = childOf(charge, 'outcome');
  return failureOf(outcome, [
    textOf(error, 'decline_code'),
    textOf(outcome, 'reason'),
    textOf(error, 'code') ?? textOf(charge, 'failure_code'),
    textOf(error, 'type'),
  ]);
}

/** Codes come most specific first: a decline code says more than `card_declined`. */
function failureOf(outcome: Json, given: readonly (string | undefined)[]): Failure {
  const codes = given.filter((code) => code !== undefined);
  const known = codes.find((code) => REASONS.has(code)) ?? '';
  const blocked = textOf(outcome, 'type') === 'blocked';
  const reason = blocked ? 'fraud_suspected' : (REASONS.get(known) ?? OTHER);
  return { reason, code: codes[0], outcome: TECHNICAL.has(reason) ? 'error' : 'declined' };
}
