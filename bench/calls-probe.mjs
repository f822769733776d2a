/** Makes many calls of one kind and prints the cost of one, including its export: nanoseconds of CPU time of the process. */
import { setTimeout as wait } from 'node:timers/promises';
import { money } from '@moneytrail/catalogue';
import { createLogger } from '@moneytrail/logs';
import { count, payments } from '@moneytrail/metrics';
import { traced } from '@moneytrail/tracing';

const BATCH = 500;
const PAUSE_MS = 20;
const amount = money(1999n, 'EUR');
const logger = createLogger({ destination: { write: () => true } });
let made = 0;

const CALLS = {
  count: () => count('job.runs', { 'job.name': 'payout', 'job.outcome': 'succeeded' }),
  payment: () =>
    payments.succeeded({
      provider: 'stripe',
      id: `pi_${made}`,
      method: 'card',
      purpose: 'tip',
      amount,
    }),
  traced: () => traced('payment.process', { 'payment.provider': 'stripe' }, () => made),
  line: () => logger.info({ payment: `pi_${made}`, method: 'card', attempt: 1 }, 'payment taken'),
};

async function costOf(call, calls) {
  const start = process.cpuUsage();
  for (const end = made + calls; made < end; made += 1) {
    call();
    // The exporters get time for their requests, like in a service, so that nothing is dropped.
    if (made % BATCH === 0) await wait(PAUSE_MS);
  }
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / calls;
}

const calls = Number(process.argv[2]);
const costs = {};
for (const [name, call] of Object.entries(CALLS)) {
  await costOf(call, calls / 4);
  costs[name] = await costOf(call, calls);
}
console.log(JSON.stringify(costs));
process.exit();
