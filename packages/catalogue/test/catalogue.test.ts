import { describe, expect, it } from '@jest/globals';
import {
  ATTRIBUTES,
  type AttributeName,
  EVENTS,
  type EventName,
  INSTRUMENTS,
  type InstrumentName,
  OTHER,
  PREFIX,
  prometheusName,
} from '@moneytrail/catalogue';

const attributes = Object.entries(ATTRIBUTES);
const events = Object.entries(EVENTS);
const instruments = Object.entries(INSTRUMENTS);

function carries(event: EventName, attribute: AttributeName): boolean {
  const { required, optional, money } = EVENTS[event];
  const own = [...Object.values(required), ...Object.values(optional)];
  return own.includes(attribute) || (attribute.startsWith('money.') && money !== 'none');
}

describe('attributes', () => {
  it.each(attributes.filter(([, { values }]) => values))(
    '%s ends its closed values with _OTHER and has none twice',
    (_name, { values = [] }) => {
      expect(values.at(-1)).toBe(OTHER);
      expect(new Set(values).size).toBe(values.length);
    },
  );

  it.each(attributes)('%s is lower case words joined by dots or underscores', (name) => {
    expect(name).toMatch(/^[a-z]+([._][a-z]+)*$/);
  });
});

describe('events', () => {
  it.each(events)('%s names its object by its own fields', (_name, definition) => {
    const fields = Object.keys({ ...definition.required, ...definition.optional });
    expect(fields).toEqual(expect.arrayContaining([...definition.object]));
  });

  it.each([
    'refund.status',
    'payout.outcome',
    'transfer.status',
    'commission.status',
    'referral.step',
  ] as const)('every value of %s has its event', (attribute) => {
    const object = attribute.split('.')[0] ?? '';
    const values = ATTRIBUTES[attribute].values?.filter((value) => value !== OTHER) ?? [];
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

  it.each(instruments)('%s gets each attribute from every event that moves it', (_name, it) => {
    for (const [event, implied] of Object.entries(it.on ?? {}) as [EventName, object][]) {
      const isUnsaid = (name: AttributeName): boolean => ATTRIBUTES[name].unsaid !== undefined;
      const missing = it.attributes.filter(
        (name) =>
          !(name in implied || carries(event, name) || isUnsaid(name)) && name !== it.change?.from,
      );
      expect({ event, missing }).toEqual({ event, missing: [] });
    }
  });

  it.each(instruments)('%s carries no id, no raw text and no flag', (_name, definition) => {
    const kinds = definition.attributes.map((attribute) => ATTRIBUTES[attribute].kind);
    expect(kinds.filter((kind) => ['id', 'text', 'number', 'flag'].includes(kind))).toEqual([]);
  });

  it('stays within 500 series an instrument and 3 000 a process at the start', () => {
    const sizes = instruments.map(([, { attributes: names }]) =>
      names.reduce((size, name) => size * (ATTRIBUTES[name].values?.length ?? 11), 1),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(3000);
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
