// Stripe's words, and the catalogue's word for each of them.
import type { AttributeValue } from '@moneytrail/catalogue';
import { wordTable } from '../values.ts';

type Method = AttributeValue<'payment.method.type'>;
type FailureReason = AttributeValue<'payment.failure.reason'>;
type Stage = AttributeValue<'dispute.stage'>;

/** Kinds of payment methods. */
export const METHODS: ReadonlyMap<string, Method> = wordTable([
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

/** Why attempts fail, by decline codes and error codes. */
export const FAILURE_REASONS: ReadonlyMap<string, FailureReason> = wordTable([
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

/** Reasons that are the fault of a machine; the others are declines. */
export const TECHNICAL_REASONS: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'processor_error',
  'rate_limited',
]);

/** Reasons of refunds. */
export const REFUND_REASONS: ReadonlyMap<string, AttributeValue<'refund.reason'>> = new Map([
  ['requested_by_customer', 'requested_by_customer'],
  ['duplicate', 'duplicate'],
  ['fraudulent', 'fraudulent'],
  ['expired_uncaptured_charge', 'expired_uncaptured'],
]);

/** How a dispute ended. */
export const CLOSED_STAGES: ReadonlyMap<string, Stage> = new Map([
  ['won', 'won'],
  ['lost', 'lost'],
  ['warning_closed', 'inquiry_closed'],
]);
