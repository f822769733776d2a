import type { Case } from '../support/case.ts';
import { CHECKOUTS } from './checkout.ts';
import { PAYMENTS } from './payments.ts';
import { WEBHOOKS } from './webhooks.ts';
import { WHOLE } from './whole.ts';

/** All end-to-end cases, in the order of their execution. */
export const CASES: readonly Case[] = [...CHECKOUTS, ...PAYMENTS, ...WEBHOOKS, ...WHOLE];
