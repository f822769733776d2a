import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { eventually } from '../../../e2e/support/eventually.ts';
import { itOfReport } from '../../../tools/reports.ts';
import { run } from '../../telemetry/test/support/process.ts';
import {
  bodyOf,
  counted,
  deliver,
  eventsAmong,
  headersOf,
  recordedBy,
  startRecording,
  threeTimes,
  webhookOfTest,
} from './support.ts';

/** The counters behind each name in a report: the first one, less those of what came back. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  'payment.volume': ['payment.volume'],
  'refund.volume': ['refund.volume'],
  'payout.volume': ['payout.volume'],
  'went back to payers': ['refund.volume', 'refund.returned.volume'],
  arrived: ['payout.volume', 'payout.returned.volume'],
};

/** The words of an expectation, as attributes of a series. */
function attributesOf(words: readonly string[]): Record<string, string> {
  const entries = words
    .flatMap((word) => word.split(' '))
    .map((word): [string, string] => {
      if (/^[A-Z]{3}$/.test(word)) return ['money.currency', word];
      return [word === 'own' || word === 'connected' ? 'account.kind' : 'payment.purpose', word];
    });
  return Object.fromEntries(entries);
}

interface Expectation {
  readonly title: string;
  readonly measure: readonly string[];
  readonly attributes: Record<string, string>;
  readonly value: number;
}

function readExpectations(folder: string): Expectation[] {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  return Object.entries(expected).flatMap(([name, values]) =>
    leavesOf(values).map(([words, value]) => ({
      title: [name, ...words].join(' '),
      measure: MEASURES[name] ?? [],
      attributes: attributesOf(words),
      value,
    })),
  );
}

function leavesOf(values: unknown): (readonly [words: readonly string[], value: number])[] {
  if (typeof values === 'number') return [[[], values]];
  return Object.entries(Object(values)).flatMap(([word, inner]) =>
    leavesOf(inner).map(([words, value]) => [[word, ...words], value] as const),
  );
}

function measured({ measure: [out = '', ...back], attributes }: Expectation): number {
  return back.reduce((net, name) => net - counted(name, attributes), counted(out, attributes));
}

let runs = 0;

/** Each run has ids of its own, because the process remembers events. */
function renamed(line: string, run: number): string {
  return line.replaceAll(/"((?:evt|pi|ch|re|po|in|inpay|sub|acct)_\w+)"/g, `"$1_${run}"`);
}

function linesOf(folder: string): string[] {
  return readFileSync(join(folder, 'events.jsonl'), 'utf8').trim().split('\n');
}

/** Delivers the lines in any order, three times, and compares what the counters have grown by. */
function expectTotals(folder: string): void {
  const expectations = readExpectations(folder);
  fc.assert(
    fc.property(threeTimes(linesOf(folder)), (order) => {
      runs += 1;
      const before = expectations.map(measured);
      const webhook = webhookOfTest();
      const records = recordedBy(() => {
        for (const line of order) expect(deliver(webhook, renamed(line, runs)).status).toBe(200);
      });
      expectations.forEach((expectation, index) => {
        const { title, value } = expectation;
        const grown = measured(expectation) - (before[index] ?? 0);
        expect([title, grown]).toEqual([title, expect.closeTo(value, 6)]);
      });
      expect(JSON.stringify(eventsAmong(records))).not.toContain('acct_');
    }),
    { numRuns: 30 },
  );
}

/** The report was written when the package and its functions had other names. */
function withNamesOfNow(source: string): string {
  const [imports, handler] = [
    /^import .*@moneytrail.*$/m,
    /stripeWebhookHandler\(createStripeAdapter/,
  ];
  if (!imports.test(source) || !handler.test(source)) return source;
  const now =
    "import { webhookHandler } from '@moneytrail/providers'; import { stripe } from '@moneytrail/providers/stripe';";
  return source.replace(imports, now).replace(handler, 'webhookHandler(stripe');
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

describe('the reported case', () => {
  beforeAll(startRecording);

  for (const report of [
    'stripe-charge-refunded-without-list',
    'stripe-connected-accounts',
    'stripe-money-that-comes-back',
    'stripe-subscription-since-basil',
    'stripe-test-mode',
  ]) {
    itOfReport(report, `${report} comes to its totals in any order, three times`, expectTotals);
  }

  itOfReport(
    'stripe-two-secrets',
    'stripe-two-secrets: each delivery of both endpoints is counted once, as what it is',
    (folder) => {
      const { account, connect, signed_with_account } = JSON.parse(
        readFileSync(join(folder, 'secrets.json'), 'utf8'),
      );
      const webhook = webhookOfTest({ secret: [account, connect] });
      const before = counted('webhook.deliveries');
      const lines = linesOf(folder);
      lines.forEach((line, index) => {
        const secret = index < signed_with_account ? account : connect;
        runs += 1;
        const body = renamed(line, runs);
        expect(webhook.handle(body, headersOf(body, undefined, secret)).result).toBe('ok');
      });
      expect(counted('webhook.deliveries')).toBe(before + lines.length);
    },
  );

  itOfReport(
    'raw-body-beside-the-body',
    'raw-body-beside-the-body: the service answers with ok',
    async (folder) => {
      const written = readFileSync(join(folder, 'app.mjs'), 'utf8');
      const source = withNamesOfNow(written);
      const port = await freePort();
      const service = run(['--input-type=module', '-e', source], { PORT: String(port) });
      const nowSeconds = Math.floor(Date.now() / 1000);
      const body = bodyOf({ type: 'charge.succeeded', object: CHARGE, created: nowSeconds });
      const headers = headersOf(body, nowSeconds, 'whsec_example');
      const post = (): Promise<string> =>
        fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body }).then(
          (response) => response.text(),
          String,
        );
      expect(await eventually(post, (text) => text.startsWith('{'))).toBe('{"result":"ok"}');
      service.kill('SIGKILL');
      await service.ended;
    },
  );
});

const CHARGE = { id: 'ch_raw', amount: 100, currency: 'eur' };
