/** What became of a payment, as the strongest of its facts says. */
export type PaymentOutcome =
  | 'succeeded'
  | 'declined'
  | 'error'
  | 'canceled'
  | 'blocked'
  | 'needs_action'
  | 'pending';
