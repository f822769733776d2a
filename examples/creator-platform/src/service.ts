import type { createLogger } from '@moneytrail/logs';
import type Stripe from 'stripe';
import type { Ledger } from './ledger/ledger.ts';
import type { PendingWork } from './pending-work.ts';

/** Dependencies that the parts of the service share. */
export interface Service {
  readonly ledger: Ledger;
  readonly stripe: Stripe;
  readonly log: ReturnType<typeof createLogger>;
  readonly pendingWork: PendingWork;
}
