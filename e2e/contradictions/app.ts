/** A service that reads events from stdin (a JSON array of `[call, id, provider]`), records them, and ends. */
import { text } from 'node:stream/consumers';
import { money } from '@moneytrail/catalogue';
import { collectSeries, payments } from '@moneytrail/metrics';

const amount = money(1999n, 'EUR');
const reported: [call: string, id: string, provider: string][] = JSON.parse(
  await text(process.stdin),
);

const CALLS: Readonly<Record<string, (id: string, provider: string) => unknown>> = {
  created: (id, provider) => payments.created({ id, provider }),
  tried: (id, provider) =>
    payments.failed({ id, provider, attempt: `${id}_0`, reason: 'insufficient_funds' }),
  succeeded: (id, provider) => payments.succeeded({ id, provider, amount }),
  canceled: (id, provider) => payments.canceled({ id, provider }),
  blocked: (id, provider) => payments.fraudRejected({ id, provider }),
  declined: (id, provider) => payments.failed({ id, provider, reason: 'do_not_honor' }),
};

for (const [call, id, provider] of reported) CALLS[call]?.(id, provider);

const totals: Record<string, number> = {};
for (const { name, series } of collectSeries()) {
  for (const { attributes, value } of series) {
    const key = [name, attributes['payment.provider'], attributes['payment.outcome']].join(' ');
    totals[key] = (totals[key] ?? 0) + value;
  }
}
console.log(JSON.stringify(totals));
