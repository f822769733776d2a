import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { money } from '@moneytrail/catalogue';
import { createLogger } from '@moneytrail/logs';
import { readConfig } from '../src/config.ts';
//SECRET
import {
  addCommission,
  approveCommissions,
  payCommissions,
  releaseCommissions,
  reverseCommissions,
} from '../src/ledger/commissions.ts';
import { type Ledger, openLedger } from '../src/ledger/ledger.ts';
import {
  addPayment,
  findUnbookedPayment,
  movePayment,
  type PaymentStatus,
  referrersOf,
} from '../src/ledger/payments.ts';
import {
  beginPayouts,
  endPayout,
  readPendingPayouts,
  readRequestedPayouts,
  sendPayout,
} from '../src/ledger/payouts.ts';

const SECRET = { STRIPE_WEBHOOK_SECRET: 'whsec_of_this_test' };

const SERVER = new URL('../src/ledger/pglite-server.ts', import.meta.url).pathname;
const START_MS = 30_000;

const lines: string[] = [];
const log = createLogger({ destination: { write: (line) => lines.push(line) }, environment: {} });

let server: ChildProcess;
let ledger: Ledger;
let count = 0;

beforeAll(async () => {
  server = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const address = /ready: (\S+)/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  ledger = await openLedger(
    readConfig({ ...SECRET, DATABASE_URL: url, DATABASE_CONNECTIONS: '1' }),
    log,
  );
}, START_MS);

afterAll(async () => {
  await ledger.end();
  server.kill('SIGTERM');
});

/** A payment of 100.00 that was moved through the given states. */
async function paymentIn(...statuses: PaymentStatus[]): Promise<string> {
  count += 1;
  const id = `pi_${count}`;
  const referrers = { tier1: 'WREN', tier2: 'TAMSIN' };
  await addPayment(ledger, { id, creator: 'ada-draws', referrers, amount: money(10_000n, 'EUR') });
  for (const status of statuses) await movePayment(ledger, id, status);
  return id;
}

async function statusOf(
  table: 'payments' | 'payouts' | 'commissions',
  id: string,
): Promise<string> {
  const { rows } = await ledger.query(`select status from ${table} where id = $1`, [id]);
  return rows[0]?.status;
}

function book(payment: string, payee = 'WREN', currency = 'EUR'): Promise<boolean> {
  const id = `co_${payment}_${payee}`;
  return addCommission(ledger, { id, payment, tier: '1', payee, amount: money(500n, currency) });
}

/** A payout with one approved commission of a new payment. */
async function payoutWith(payee: string): Promise<{ payout: string; commission: string }> {
  const payment = await paymentIn('succeeded');
  await book(payment, payee, 'GBP');
  await approveCommissions(ledger, 0);
  const [payout] = await beginPayouts(ledger, 10);
  return { payout: payout?.id ?? '', commission: `co_${payment}_${payee}` };
}

describe('the ledger', () => {
  it('migrates its schema each time it is opened', async () => {
    const { connectionString = '' } = ledger.options;
    const again = await openLedger(readConfig({ ...SECRET, DATABASE_URL: connectionString }), log);
    await again.end();
  });

  it('logs a lost connection, which would end the process without a listener', () => {
    expect(() => ledger.emit('error', new Error('terminated'))).not.toThrow();
    expect(lines.join('')).toContain('connection to the ledger lost');
  });

  it.each([
    ['WREN', { tier1: 'WREN', tier2: 'TAMSIN' }],
    ['MARLOW', { tier1: 'MARLOW', tier2: undefined }],
    ['nobody', { tier1: undefined, tier2: undefined }],
    [undefined, {}],
  ])('finds the referrers of the code %s', async (code, referrers) => {
    expect(await referrersOf(ledger, code)).toEqual(referrers);
  });
});

describe('a payment', () => {
  it.each<[PaymentStatus[], PaymentStatus]>([
    [['requires_action', 'succeeded'], 'succeeded'],
    [['succeeded', 'failed'], 'succeeded'],
    [['failed', 'succeeded'], 'succeeded'],
    [['refunded', 'succeeded'], 'refunded'],
    [['disputed', 'refunded'], 'disputed'],
    [['succeeded', 'created'], 'succeeded'],
  ])('that receives %j is %s', async (received, status) => {
    expect(await statusOf('payments', await paymentIn(...received))).toBe(status);
  });

  it('that is unknown does not move', async () => {
    expect(await movePayment(ledger, 'pi_unknown', 'succeeded')).toBe(false);
  });

  it('owes commissions from its success until both tiers are booked', async () => {
    const id = await paymentIn();
    expect(await findUnbookedPayment(ledger, id)).toBeUndefined();
    await movePayment(ledger, id, 'succeeded');
    expect(await findUnbookedPayment(ledger, id)).toMatchObject({ id, amount: { minor: 10_000n } });
    await book(id, 'WREN');
    expect(await findUnbookedPayment(ledger, id)).toMatchObject({ id });
    await book(id, 'TAMSIN');
    expect(await findUnbookedPayment(ledger, id)).toBeUndefined();
  });
});

describe('a commission', () => {
  it('is booked once, also with two simultaneous requests', async () => {
    const id = await paymentIn('succeeded');
    const booked = await Promise.all([book(id), book(id), book(id)]);
    expect(booked.filter(Boolean)).toHaveLength(1);
  });

  it.each<PaymentStatus>(['created', 'refunded', 'disputed'])(
    'is not booked for a payment that is %s',
    async (status) => {
      expect(await book(await paymentIn(status))).toBe(false);
    },
  );

  it('is reversed once', async () => {
    const id = await paymentIn('succeeded');
    await book(id);
    await book(id, 'TAMSIN');
    expect(await reverseCommissions(ledger, id)).toHaveLength(2);
    expect(await reverseCommissions(ledger, id)).toEqual([]);
  });

  it('is approved only after the waiting time', async () => {
    await approveCommissions(ledger, 0);
    const id = await paymentIn('succeeded');
    await book(id);
    expect(await approveCommissions(ledger, 60_000)).toEqual([]);
    const [approved] = await approveCommissions(ledger, 0);
    expect(approved).toEqual({
      id: `co_${id}_WREN`,
      payment: id,
      tier: '1',
      amount: money(500n, 'EUR'),
    });
  });
});

describe('a payout', () => {
  it('contains the commissions of one payee in one currency, and no commission twice', async () => {
    await beginPayouts(ledger, 100);
    for (const [payee, currency] of [
      ['LARK', 'EUR'],
      ['LARK', 'EUR'],
      ['LARK', 'JPY'],
      ['ODETTE', 'EUR'],
    ] as const) {
      await book(await paymentIn('succeeded'), payee, currency);
    }
    await approveCommissions(ledger, 0);
    const begun = (await Promise.all([beginPayouts(ledger, 10), beginPayouts(ledger, 10)])).flat();
    const amounts = begun.map(({ amount }) => `${amount.minor} ${amount.currency}`).sort();
    expect(amounts).toEqual(['1000 EUR', '500 EUR', '500 JPY']);
  });

  it('pays its commissions once, and not before it is paid', async () => {
    const { payout, commission } = await payoutWith('COBALT');
    await sendPayout(ledger, payout, 'po_paid');
    expect(await readPendingPayouts(ledger)).not.toMatchObject({ count: 0 });
    expect(await payCommissions(ledger, payout)).toEqual([]);
    expect(await endPayout(ledger, payout, 'paid')).toBe(true);
    expect(await payCommissions(ledger, payout)).toMatchObject([{ id: commission }]);
    expect(await endPayout(ledger, payout, 'paid')).toBe(false);
    expect(await payCommissions(ledger, payout)).toEqual([]);
  });

  it('is requested until the provider has confirmed it', async () => {
    const { payout } = await payoutWith('JUNIPER');
    const requested = async (): Promise<boolean> =>
      (await readRequestedPayouts(ledger)).some(({ id }) => id === payout);
    expect(await requested()).toBe(true);
    await sendPayout(ledger, payout, 'po_confirmed');
    expect(await requested()).toBe(false);
  });

  it('that fails releases its commissions for the next one', async () => {
    const { payout, commission } = await payoutWith('BRAMBLE');
    await releaseCommissions(ledger, payout);
    expect(await beginPayouts(ledger, 10)).toEqual([]);
    await endPayout(ledger, payout, 'failed');
    await releaseCommissions(ledger, payout);
    expect(await statusOf('commissions', commission)).toBe('approved');
    expect(await beginPayouts(ledger, 10)).toHaveLength(1);
  });

  it('keeps its final status when the response to its request arrives after the webhook', async () => {
    const { payout } = await payoutWith('SAFFRON');
    await endPayout(ledger, payout, 'paid');
    await sendPayout(ledger, payout, 'po_late');
    expect(await statusOf('payouts', payout)).toBe('paid');
  });

  it.each([
    ['failed', 'paid', 'failed'],
    ['paid', 'failed', 'failed'],
    ['canceled', 'paid', 'canceled'],
  ] as const)('that is %s and then %s stays %s', async (first, second, status) => {
    const { payout } = await payoutWith('KESTREL');
    await endPayout(ledger, payout, first);
    await endPayout(ledger, payout, second);
    expect(await statusOf('payouts', payout)).toBe(status);
  });

  it('that is unknown does not end', async () => {
    expect(await endPayout(ledger, 'unknown', 'paid')).toBe(false);
  });
});
