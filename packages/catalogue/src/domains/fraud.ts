/** Fraud: warnings of card networks and providers. */
import { domain } from '../model/domain.ts';

/** Fraud: warnings of card networks and providers. */
export const FRAUD = domain({
  name: 'fraud',
  help: 'Fraud: warnings of card networks and providers.',
  events: {
    'fraud.warning_received': {
      help: 'The card network or the provider warned of fraud.',
      severity: 'WARN',
      identity: ['id'],
      amounts: { amount: 'optional' },
      required: { provider: 'payment.provider' },
      optional: { id: 'payment.id', code: 'payment.failure.code' },
    },
  },
  instruments: {
    'fraud.warnings': {
      kind: 'counter',
      unit: '{warning}',
      help: 'Fraud warnings from card networks and providers.',
      attributes: ['payment.provider'],
      on: { 'fraud.warning_received': {} },
    },
  },
});
