/** Formats times and durations, in the time zone of the browser. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Scale = readonly [belowMs: number, unitMs: number, unit: string, decimals: number];

const DAYS: Scale = [Number.POSITIVE_INFINITY, DAY, 'days', 0];
const SCALES: readonly Scale[] = [
  [1, 1, 'ms', 2],
  [10, 1, 'ms', 1],
  [SECOND, 1, 'ms', 0],
  [10 * SECOND, SECOND, 's', 2],
  [MINUTE, SECOND, 's', 1],
  [HOUR, MINUTE, 'min', 0],
  [2 * DAY, HOUR, 'h', 0],
];

/** `12:04:31.218`. */
export function clockMs(atMs: number): string {
  return `${clock(atMs)}.${pad(new Date(atMs).getMilliseconds(), 3)}`;
}

/** `12:04:31`. */
export function clock(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => pad(part, 2))
    .join(':');
}

/** `20 Nov`, with the year when it is not the current one. */
export function day(atMs: number, nowMs: number = Date.now()): string {
  const date = new Date(atMs);
  const text = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return date.getFullYear() === new Date(nowMs).getFullYear()
    ? text
    : `${text} ${date.getFullYear()}`;
}

/** `12:04:31` today, `20 Nov 12:04:31` on another day. */
export function moment(atMs: number, nowMs: number = Date.now()): string {
  return isSameDay(atMs, nowMs) ? clock(atMs) : `${day(atMs, nowMs)} ${clock(atMs)}`;
}

/** `12:04:31.218` today, `20 Nov 12:04` on another day: both fit in one column. */
export function rowTime(atMs: number, nowMs: number = Date.now()): string {
  return isSameDay(atMs, nowMs) ? clockMs(atMs) : `${day(atMs, nowMs)} ${clock(atMs).slice(0, 5)}`;
}

/** `20 ms`, `1.25 s`, `46.9 s`, `4 min`, `3 h`, `2 days`: three digits are enough. */
export function duration(ms: number): string {
  const scale = SCALES.find(([belowMs]) => ms < belowMs) ?? DAYS;
  const [, unitMs, unit, decimals] = scale;
  // Long durations are truncated, not rounded: "2 h" means at least two whole hours.
  const units = Math.max(0, ms) / unitMs;
  return `${decimals === 0 && unitMs > SECOND ? Math.floor(units) : trim(units, decimals)} ${unit}`;
}

/** True when both times are on the same local day. */
export function isSameDay(oneMs: number, otherMs: number): boolean {
  return new Date(oneMs).toDateString() === new Date(otherMs).toDateString();
}

function trim(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
