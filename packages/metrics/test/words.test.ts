import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ATTRIBUTES,
  type BusinessEvent,
  currencyCodes,
  money,
  valuesOf,
} from '@moneytrail/catalogue';
import { count, payments, track } from '@moneytrail/metrics';
import fc from 'fast-check';
import { records, seriesValue, seriesWith, startRecording } from './recording.ts';

beforeAll(startRecording);

const METHOD = 'payment.method.type';
const PURPOSE = 'payment.purpose';

/** What a value is recorded as, and whether it was counted as a wrong one; calls without types may give anything. */
function recorded(field: string, attribute: string, value: unknown): readonly unknown[] {
  const mended = (): number => seriesValue('value.coerced', { instrument: attribute }) ?? 0;
  const before = mended();
  const fact = { event: 'payment.action_required', provider: 'stripe', [field]: value };
  track(fact as BusinessEvent);
  return [records().at(-1)?.attributes[attribute], mended() > before];
}

describe('a method and a purpose', () => {
  it.each([
    ['card', 'card'],
    ['Card', 'card'],
    [' wallet ', 'wallet'],
    ['bank-transfer', 'bank_transfer'],
    ['payLater', 'pay_later'],
    ['sepa_debit', 'sepa_debit'],
    ['SEPA Debit', 'sepa_debit'],
    ['giftCard', 'gift_card'],
    ['in.app/purchase', 'in_app_purchase'],
    ['p24', 'p24'],
    ['b2b2c', 'b2b2c'],
    ['pay_in_3', 'pay_in_3'],
    ['3ds', '_OTHER'],
    ['w'.repeat(40), 'w'.repeat(40)],
    ['w'.repeat(41), '_OTHER'],
    ['order_42', '_OTHER'],
    ['invoice_2026', '_OTHER'],
    ['a1b2c3d4', '_OTHER'],
    ['cus_NffrFeUfNV2Hib', '_OTHER'],
    ['pm_1MqLiJLkdIwHu7ix', '_OTHER'],
    ['550e8400-e29b-41d4-a716-446655440000', '_OTHER'],
    ['4242 4242 4242 4242', '_OTHER'],
    ['anna@example.com', '_OTHER'],
    ['Geschäft', '_OTHER'],
    ['\u0131nvoice', '_OTHER'],
    ['_', '_OTHER'],
    ['a__b', '_OTHER'],
    ['__proto__', '_OTHER'],
    ['constructor', 'constructor'],
    ['', '_OTHER'],
    [7, '_OTHER'],
    [{}, '_OTHER'],
  ])('%j is recorded as %s; what is _OTHER is counted', (given, expected) => {
    const result = [expected, expected === '_OTHER'];
    expect(recorded('method', METHOD, given)).toEqual(result);
    expect(recorded('purpose', PURPOSE, given)).toEqual(result);
  });

  it('may be _OTHER, which is no mistake', () => {
    expect(recorded('method', METHOD, '_OTHER')).toEqual(['_OTHER', false]);
  });

  it('are labels in their own words', () => {
    const amount = money(500n, 'eur');
    payments.succeeded({ provider: 'mollie', method: 'twint', purpose: 'rent', amount });
    const own = { 'payment.provider': 'mollie', 'payment.outcome': 'succeeded' };
    expect(seriesValue('payment.attempts', { ...own, [METHOD]: 'twint' })).toBe(1);
    expect(seriesValue('payment.outcomes', { ...own, [PURPOSE]: 'rent' })).toBe(1);
    expect(seriesValue('payment.volume', { 'money.currency': 'EUR', [PURPOSE]: 'rent' })).toBe(5);
  });

  it('are the same labels in a counter that is moved by hand, however they are written', () => {
    const labels = { 'money.currency': 'eur', [PURPOSE]: 'Gym fee' };
    count('payment.volume', labels, 2);
    expect(seriesValue('payment.volume', { 'money.currency': 'EUR', [PURPOSE]: 'gym_fee' })).toBe(
      2,
    );
    expect(seriesValue('value.coerced', { instrument: 'money.currency' })).toBeUndefined();
  });

  it('are bounded in number: 20 own words become labels, the events keep all', () => {
    const before = seriesValue('value.coerced', { instrument: PURPOSE }) ?? 0;
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      payments.canceled({ provider: 'stripe', purpose: `own_${letter}` });
    }
    expect(records().at(-1)?.attributes[PURPOSE]).toBe('own_z');
    const series = [...seriesWith('payment.outcomes'), ...seriesWith('payment.volume')];
    const labels = new Set(series.map((one) => one.attributes[PURPOSE]));
    expect(labels.size).toBe((valuesOf(ATTRIBUTES[PURPOSE])?.length ?? 0) + 20);
    expect(seriesValue('value.coerced', { instrument: PURPOSE }) ?? 0).toBeGreaterThan(before);
  });

  it('whatever is given, have the form of words or are _OTHER, and stay what they became', () => {
    const near = fc.string({ unit: fc.constantFrom(...'aZ1_- .é'), maxLength: 45 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near, fc.uuid(), fc.emailAddress()), (given) => {
        const [word] = recorded('method', METHOD, given);
        expect(word).toMatch(/^(?:_OTHER|[a-z][a-z0-9]*(?:_[a-z0-9]+)*)$/);
        expect(recorded('method', METHOD, word)).toEqual([word, false]);
      }),
    );
  });

  it('are never ids: a UUID, a long number, an address of a person', () => {
    const digits = fc.stringMatching(/^\d{5,30}$/);
    const id = fc.tuple(
      fc.constantFrom('cus', 'pi', 'pm'),
      fc.stringMatching(/^[A-Z][A-Za-z0-9]{13,20}$/),
    );
    const ids = fc.oneof(
      fc.uuid(),
      digits,
      fc.emailAddress(),
      id.map((parts) => parts.join('_')),
    );
    fc.assert(
      fc.property(ids, (given) => {
        expect(recorded('purpose', PURPOSE, given)).toEqual(['_OTHER', true]);
        expect(recorded('provider', 'payment.provider', given)).toEqual(['_OTHER', true]);
      }),
    );
  });
});

describe('a provider', () => {
  it.each([
    ['mollie', 'mollie'],
    ['checkout-com', 'checkout-com'],
    ['bank1234', 'bank1234'],
    ['bank12345', '_OTHER'],
    ['acct_1032D82eZvKYlo2C', '_OTHER'],
  ])('%s is recorded as %s', (given, expected) => {
    expect(recorded('provider', 'payment.provider', given)).toEqual([
      expected,
      expected === '_OTHER',
    ]);
  });
});

describe('a currency', () => {
  const cased = (code: string): fc.Arbitrary<string> =>
    fc
      .tuple(...[...code].map((letter) => fc.constantFrom(letter, letter.toLowerCase())))
      .map((letters) => letters.join(''));

  it('is recorded in uppercase, however an event spells it', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...currencyCodes())
          .chain((code) => fc.tuple(fc.constant(code), cased(code))),
        ([code, currency]) => {
          const fact = {
            event: 'payment.created',
            provider: 'stripe',
            amount: { minor: 1n, currency },
          } as const;
          expect(track(fact)).toBe('recorded');
          expect(records().at(-1)?.attributes['money.currency']).toBe(code);
        },
      ),
    );
  });

  it.each([' EUR', 'eur ', 'EURO', 'eu', '\u0131dr', '\u017Fek', 'btc', ''])(
    '%j is none, and the fact is refused',
    (currency) => {
      const fact = {
        event: 'payment.succeeded',
        provider: 'stripe',
        amount: { minor: 1n, currency },
      } as const;
      expect(track(fact)).toBe('unknown_currency');
    },
  );

  it('in two spellings is one: the same fact is a duplicate, a fee of it belongs to it', () => {
    const fact = { provider: 'stripe', id: 'pi_case', platformFee: money(1n, 'SEK') } as const;
    expect(payments.succeeded({ ...fact, amount: { minor: 10n, currency: 'sek' } })).toBe(
      'recorded',
    );
    expect(records().at(-1)?.attributes['platform_fee.amount_minor']).toBe(1);
    expect(payments.succeeded({ ...fact, amount: money(10n, 'Sek') })).toBe('duplicate');
  });
});
