/**
 * The payment methods of Stripe's test mode. The card determines the outcome, so the stand-in is deterministic
 * in tests.
 */
export interface TestCard {
  /** `succeeds` at once, `declined` at once, needs the payer (`authenticates`, `abandons`), or settles later (`debit`). */
  readonly outcome: 'succeeds' | 'declined' | 'authenticates' | 'abandons' | 'debit';
  /** Stripe's error code of a decline. */
  readonly code?: string;
  /** The issuer's reason of a decline. */
  readonly declineCode?: string;
  /** Radar blocked the charge before it reached the issuer. */
  readonly blocked?: boolean;
  /** Event some time after success. */
  readonly after?: 'dispute' | 'inquiry' | 'not_received' | 'fraud_warning';
}

const declined = (declineCode: string): TestCard => ({
  outcome: 'declined',
  code: 'card_declined',
  declineCode,
});

/** All payment methods of the stand-in, by id. */
export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_visa: { outcome: 'succeeds' },
  pm_card_mastercard: { outcome: 'succeeds' },
  pm_card_amex: { outcome: 'succeeds' },
  pm_usBankAccount_success: { outcome: 'debit' },

  pm_card_chargeDeclined: declined('generic_decline'),
  pm_card_visa_chargeDeclinedInsufficientFunds: declined('insufficient_funds'),
  pm_card_visa_chargeDeclinedLostCard: declined('lost_card'),
  pm_card_visa_chargeDeclinedStolenCard: declined('stolen_card'),
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: declined('card_velocity_exceeded'),
  pm_card_chargeDeclinedFraudulent: declined('fraudulent'),
  pm_card_chargeDeclinedExpiredCard: {
    outcome: 'declined',
    code: 'expired_card',
    declineCode: 'expired_card',
  },
  pm_card_chargeDeclinedIncorrectCvc: {
    outcome: 'declined',
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
  },
  pm_card_chargeDeclinedProcessingError: {
    outcome: 'declined',
    code: 'processing_error',
    declineCode: 'processing_error',
  },
  pm_card_radarBlock: { ...declined('fraudulent'), blocked: true },

  pm_card_authenticationRequired: { outcome: 'authenticates' },
  pm_card_threeDSecureRequiredChargeDeclined: { outcome: 'abandons' },

  pm_card_createDispute: { outcome: 'succeeds', after: 'dispute' },
  pm_card_createDisputeProductNotReceived: { outcome: 'succeeds', after: 'not_received' },
  pm_card_createDisputeInquiry: { outcome: 'succeeds', after: 'inquiry' },
  pm_card_createIssuerFraudRecord: { outcome: 'succeeds', after: 'fraud_warning' },
};
