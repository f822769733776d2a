/** What the compiler accepts and rejects; `npm run check` compiles this file. */
import { money } from '@moneytrail/catalogue';
import { createRecorder } from '@moneytrail/metrics';
import { GYM } from './gym.ts';

const { calls, count } = createRecorder(GYM, { isolated: true });
const amount = money(900n, 'EUR');
const tax = money(100n, 'EUR');

calls.memberships.started({ id: 'm_1', plan: 'year', amount, tax, payment: 'pi_1' });
calls.memberships.ended({ id: 'm_1' });
count('membership.starts', { 'membership.plan': 'month' });
// @ts-expect-error -- not one of the closed values
count('membership.starts', { 'membership.plan': 'week' });
// @ts-expect-error -- not an attribute of the counter
count('membership.starts', { 'membership.plan': 'year', 'membership.id': 'm_1' });
// @ts-expect-error -- an amount is missing
calls.memberships.started({ id: 'm_1', plan: 'year', amount });
// @ts-expect-error -- the event has no amount
calls.memberships.ended({ id: 'm_1', amount });
