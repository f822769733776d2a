/** Tests of events before the start of telemetry. */
import { describe, expect, it } from '@jest/globals';
import { money } from '@moneytrail/catalogue';
import { payouts, sendPendingEvents } from '@moneytrail/metrics';
import { records, seriesValue, startRecording } from './recording.ts';

const at = new Date('2026-03-01T12:00:00Z');

function create(id: number): void {
  payouts.created({ provider: 'stripe', id: `po_${id}`, amount: money(1n, 'EUR'), at });
}

describe('events before the start of telemetry', () => {
  it('are sent when it starts, up to 1,000; others are counted as dropped', () => {
    for (let id = 0; id < 1000; id += 1) create(id);
    const dropped = { instrument: 'payout.created', 'drop.reason': 'queue_full' };
    expect(seriesValue('business_events.dropped', dropped)).toBeUndefined();
    create(1000);
    expect(seriesValue('business_events.dropped', dropped)).toBe(1);
    startRecording();
    sendPendingEvents();
    sendPendingEvents();
    expect(records().map(({ attributes }) => attributes['payout.id'])).toEqual(
      Array.from({ length: 1000 }, (_, id) => `po_${id}`),
    );
    expect(records()[0]?.hrTime).toEqual([at.getTime() / 1000, 0]);
  });
});
