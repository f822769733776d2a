import { describe, expect, it } from '@jest/globals';
import { duration, moment, rowTime } from '../src/data/time.ts';

const NOON_MS = new Date(2026, 10, 21, 12, 4, 31, 218).getTime();
const DAY_MS = 86_400_000;

describe('times in the UI', () => {
  it.each([
    [-1, '0 ms'],
    [0, '0 ms'],
    [0.056, '0.06 ms'],
    [4.57, '4.6 ms'],
    [412, '412 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [1254, '1.25 s'],
    [46_940, '46.9 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [2 * DAY_MS - 1, '47 h'],
    [7 * DAY_MS, '7 days'],
  ])('%s ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('contain the date only when it is not today', () => {
    expect(moment(NOON_MS, NOON_MS)).toBe('12:04:31');
    expect(moment(NOON_MS, NOON_MS + DAY_MS)).toBe('21 Nov 12:04:31');
    expect(moment(NOON_MS, NOON_MS + 365 * DAY_MS)).toBe('21 Nov 2026 12:04:31');
  });

  it('have milliseconds in rows of today', () => {
    expect(rowTime(NOON_MS, NOON_MS)).toBe('12:04:31.218');
    expect(rowTime(NOON_MS, NOON_MS + DAY_MS)).toBe('21 Nov 12:04');
  });
});
