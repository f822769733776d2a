/** Which series begin at zero, and when: counters of what a service uses, with the provider and the currency that it uses. */
import { describe, expect, it } from '@jest/globals';
import { money } from '@moneytrail/catalogue';
import { collectSeries, count, disputes, jobs, payments } from '@moneytrail/metrics';
import { seriesValue, seriesWith } from './recording.ts';

const STRIPE = { 'payment.provider': 'stripe' } as const;

/** How many series there are in all. */
function total(): number {
  return collectSeries().reduce((sum, { series }) => sum + series.length, 0);
}

describe('series', () => {
  it('do not exist before anything is recorded', () => {
    expect(collectSeries()).toEqual([]);
  });

  it('start with the first event: its own, and the related ones at zero', () => {
    const amount = money(1250n, 'SEK');
    payments.succeeded({ provider: 'stripe', id: 'pi_1', method: 'card', amount });
    const card = { ...STRIPE, 'payment.method.type': 'card' };
    expect(seriesValue('payment.attempts', { ...card, 'payment.outcome': 'succeeded' })).toBe(1);
    expect(seriesValue('payment.attempts', { ...card, 'payment.outcome': 'declined' })).toBe(0);
    const declined = { ...STRIPE, 'payment.failure.reason': 'do_not_honor' };
    expect(seriesValue('payment.declines', declined)).toBe(0);
    const tips = { 'money.currency': 'SEK', 'payment.purpose': 'tip' };
    expect(seriesValue('payment.volume', tips)).toBe(0);
  });

  it('do not start for other providers, currencies or kinds of events', () => {
    expect(seriesWith('payment.attempts', { 'payment.provider': 'adyen' })).toEqual([]);
    expect(seriesWith('payment.volume', { 'money.currency': 'USD' })).toEqual([]);
    for (const name of ['refunds', 'disputes', 'payout.attempts', 'commissions'] as const) {
      expect(seriesWith(name)).toEqual([]);
    }
    expect(total()).toBeLessThan(150);
  });

  it('start for another provider and currency once these are used', () => {
    const amount = money(100n, 'NOK');
    payments.succeeded({ provider: 'mollie', id: 'tr_1', method: 'wallet', amount });
    const mollie = { 'payment.provider': 'mollie', 'payment.failure.reason': 'card_expired' };
    expect(seriesValue('payment.declines', mollie)).toBe(0);
    const donations = { 'money.currency': 'NOK', 'payment.purpose': 'donation' };
    expect(seriesValue('payment.volume', donations)).toBe(0);
  });

  it('start when a counter is updated directly, also by zero', () => {
    count('webhook.deliveries', { 'payment.provider': 'adyen', 'webhook.result': 'ok' }, 0);
    const adyen = seriesWith('webhook.deliveries', { 'payment.provider': 'adyen' });
    expect(adyen.map(({ value }) => value)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('start one by one for open names', () => {
    jobs.succeeded({ job: 'payout' });
    expect(seriesWith('job.runs')).toHaveLength(1);
  });

  it('keep their order and their start time', () => {
    const before = seriesWith('payment.attempts').map(({ attributes }) => attributes);
    const startMs = Date.now();
    payments.failed({ provider: 'paypal', id: 'pp_1', reason: 'do_not_honor' });
    const after = seriesWith('payment.attempts');
    expect(after.slice(0, before.length).map(({ attributes }) => attributes)).toEqual(before);
    const [newest] = seriesWith('payment.attempts', { 'payment.provider': 'paypal' });
    expect(newest?.bornMs).toBeGreaterThanOrEqual(startMs);
    expect(newest?.bornMs).toBeLessThanOrEqual(Date.now());
  });

  it('at zero leave room for recorded ones: from 500 of an instrument on, none is added', () => {
    const codes = ['USD', 'EUR', 'GBP', 'JPY', 'CAD', 'AUD', 'CHF', 'BRL', 'INR', 'MXN', 'PLN'];
    for (let n = 0; n < 30; n += 1) {
      const provider = `provider-${n}`;
      payments.succeeded({
        provider,
        id: `x_${n}`,
        amount: money(1n, codes[n % codes.length] ?? ''),
      });
    }
    expect(seriesWith('payment.attempts').length).toBeGreaterThan(400);
    expect(seriesWith('payment.attempts').length).toBeLessThanOrEqual(500 + 30);
  });

  it('of events without a provider start all at once', () => {
    disputes.opened({
      provider: 'stripe',
      id: 'dp_1',
      stage: 'opened',
      reason: 'fraudulent',
      amount: money(1n, 'EUR'),
    });
    expect(seriesWith('disputes')).toHaveLength(40);
  });
});
