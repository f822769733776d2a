/** Tests of the series limit. */
import { describe, expect, it } from '@jest/globals';
import { jobs } from '@moneytrail/metrics';
import { seriesValue, seriesWith } from './recording.ts';

describe('series', () => {
  it('never exceed 2,000 per instrument: later ones are in one overflow series', () => {
    for (let i = 0; i < 2000; i += 1) jobs.succeeded({ job: `j${i}`, durationSeconds: 1 });
    expect(seriesWith('job.duration')).toHaveLength(2000);
    expect(seriesWith('job.duration', { 'otel.metric.overflow': 'true' })).toHaveLength(0);
    for (let i = 0; i < 3; i += 1) jobs.succeeded({ job: `late${i}`, durationSeconds: 1 });
    const [overflow] = seriesWith('job.duration', { 'otel.metric.overflow': 'true' });
    expect(seriesWith('job.duration')).toHaveLength(2001);
    expect(overflow?.bucketCounts.reduce((a, b) => a + b, 0)).toBe(3);
    const coerced = { instrument: 'job.duration', 'drop.reason': 'series_limit' };
    expect(seriesValue('value.coerced', coerced)).toBe(3);
  });
});
