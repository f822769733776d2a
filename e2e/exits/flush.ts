/** Waits for `flush` with several arguments, and prints how long each took. The endpoint never responds. */
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';
import { flush } from '@moneytrail/telemetry';

const id = 'pi_last';
payments.succeeded({ provider: 'stripe', id, amount: money(1999n, 'EUR') });
const took: Record<string, number> = {};
for (const argument of [300, undefined, Number.NaN, -1, 'soon', null]) {
  const startMs = performance.now();
  await Reflect.apply(flush, undefined, [argument]);
  took[String(argument)] = performance.now() - startMs;
}
console.log(JSON.stringify(took));
process.kill(process.pid, 'SIGKILL');
