/** Tests of our own catalogue: naming rules and number of series. */
import { describe, expect, it } from '@jest/globals';
import {
  ATTRIBUTES,
  CATALOGUE,
  type Catalogue,
  EVENTS,
  INSTRUMENTS,
  type InstrumentName,
  OTHER,
  PREFIX,
  prometheusName,
  valuesOf,
  zeroSeriesCount,
} from '@moneytrail/catalogue';

const { known }: Catalogue = CATALOGUE;
const NAME = { kind: 'name', help: '' } as const;
const attributes = Object.entries(ATTRIBUTES);
const events = Object.entries(EVENTS);
const instruments = Object.entries(INSTRUMENTS);

function carries(event: string, attribute: string): boolean {
  const definition = Object.entries(EVENTS).find(([name]) => name === event)?.[1];
  const { required = {}, optional = {}, amounts } = definition ?? {};
  const own = [...Object.values(required), ...Object.values(optional)];
  return own.includes(attribute) || (attribute.startsWith('money.') && amounts !== undefined);
}

describe('attributes', () => {
  it.each(attributes.filter(([, { values }]) => values))(
    '%s ends its closed values with _OTHER and describes each of them',
    (_name, definition) => {
      expect(valuesOf(definition)?.at(-1)).toBe(OTHER);
      const meanings = Object.values(definition.values ?? {});
      expect(meanings.filter((meaning) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
    },
  );

  it.each(attributes)('%s is lower case words joined by dots or underscores', (name) => {
    expect(name).toMatch(/^[a-z]+([._][a-z]+)*$/);
  });
});

describe('events', () => {
  it.each(events)('%s has an identity of its own fields', (_name, definition) => {
    const fields = Object.keys({ ...definition.required, ...definition.optional });
    expect(fields).toEqual(expect.arrayContaining([...definition.identity]));
  });

  it.each([
    'refund.status',
    'payout.outcome',
    'transfer.status',
    'commission.status',
    'referral.step',
  ] as const)('every value of %s has its event', (attribute) => {
    const object = attribute.split('.')[0] ?? '';
    const values = Object.keys(ATTRIBUTES[attribute].values ?? {});
    const names: readonly string[] = Object.keys(EVENTS);
    expect(values.filter((value) => !names.includes(`${object}.${value}`))).toEqual([]);
  });
});

describe('instruments', () => {
  it.each(instruments)('%s follows the naming rules', (name, { unit, kind, buckets }) => {
    expect(name).toMatch(/^[a-z]+([._][a-z]+)*$/);
    expect(name).not.toMatch(/total$/);
    expect(unit).toMatch(/^(s|By|1|\{[a-z_]+\})$/);
    expect(buckets !== undefined).toBe(kind === 'histogram');
  });

  it.each(instruments)('%s gets each attribute from every event that updates it', (_name, one) => {
    for (const [event, implied] of Object.entries(one.on ?? {})) {
      const missing = one.attributes.filter(
        (name) => !(name in implied || carries(event, name) || known[name]?.default !== undefined),
      );
      expect({ event, missing }).toEqual({ event, missing: [] });
    }
  });

  it.each(instruments)('%s has no ids, raw texts or flags', (_name, definition) => {
    const kinds = definition.attributes.map((attribute) => known[attribute]?.kind ?? '');
    expect(kinds.filter((kind) => ['id', 'text', 'number', 'flag'].includes(kind))).toEqual([]);
  });

  it('starts with at most 500 series per instrument and 3,000 per process', () => {
    const sizes = instruments.map(([, { attributes: names }]) =>
      names.reduce((size, name) => size * (valuesOf(known[name] ?? NAME)?.length ?? 11), 1),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(3000);
    expect(zeroSeriesCount(CATALOGUE)).toBeLessThanOrEqual(500);
  });

  it('gives every instrument its own name in Prometheus', () => {
    const names = instruments.map(([name, { unit, kind }]) =>
      prometheusName(`${PREFIX}${name}`, unit, kind),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('covers the flows of payments, refunds, disputes, payouts, commissions and referrals', () => {
    const expected: InstrumentName[] = [
      'payment.attempts',
      'payment.outcomes',
      'payment.declines',
      'payment.attempt.duration',
      'payment.completion.duration',
      'payment.volume',
      'platform_fee.volume',
      'payment.active',
      'payment.transitions',
      'payment.amount',
      'refunds',
      'refund.volume',
      'disputes',
      'dispute.volume',
      'dispute.active',
      'payout.attempts',
      'payout.duration',
      'payout.volume',
      'payout.pending',
      'payout.pending.age.max',
      'transfers',
      'commissions',
      'commission.processing.duration',
      'commission.volume',
      'commission.pending',
      'commission.failed_recent',
      'referral.funnel',
      'referral.active',
      'webhook.deliveries',
      'webhook.delivery.lag',
      'webhook.processing.duration',
      'job.runs',
      'job.duration',
      'job.last_success.timestamp',
    ];
    expect(Object.keys(INSTRUMENTS)).toEqual(expect.arrayContaining(expected));
  });
});
