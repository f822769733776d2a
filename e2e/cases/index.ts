import type { Case } from '../support/case.ts';
import { CHECKOUTS } from './checkout.ts';
import { PAYMENTS } from './payments.ts';
import { WEBHOOKS } from './webhooks.ts';
import { WHOLE } from './whole.ts';

/** Every end-to-end case, in the order in which they are run. */
export const CASES: readonly Case[] = [...CHECKOUTS, ...PAYMENTS, ...WEBHOOKS, ...WHOLE];
