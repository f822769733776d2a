// What a person reads where another OpenTelemetry is in the process.
import { codedText } from '@moneytrail/catalogue';
import { ERRORS } from '../../errors.ts';
import type { Standing } from './neighbours.ts';
import type { Taken } from './registry.ts';

const TRACES: Readonly<Record<Standing, string | undefined>> = {
  ours: undefined,
  attached:
    'it makes the spans, of which Moneytrail sends redacted copies, and decides whose traces are continued',
  masked:
    'it makes and sends the spans, which Moneytrail redacts, and decides whose traces are continued',
  theirs: 'its traces do not reach Moneytrail, which sends no spans',
};

/** Prints one line of what does not work as it does without the other, or none. */
export function reportNeighbour(traces: Standing, taken: Taken): void {
  const limits = [
    TRACES[traces],
    taken.has('metrics') ? 'metrics that the service makes by the API stay with it' : undefined,
    taken.has('logs') ? 'log records that the service makes by the API stay with it' : undefined,
  ].filter((limit) => limit !== undefined);
  if (limits.length === 0) return;
  const code = 'MONEYTRAIL_ANOTHER_SDK';
  warn(code, codedText(ERRORS, code, { limits: limits.join('; ') }));
}

/** Prints which instrumentations make spans a second time. */
export function reportSecondSet(scope: string): void {
  const code = 'MONEYTRAIL_SECOND_INSTRUMENTATION';
  warn(code, codedText(ERRORS, code, { scope }));
}

/** Prints that another SDK came too late. */
export function reportRefused(place: string): void {
  const code = 'MONEYTRAIL_SDK_REFUSED';
  warn(code, codedText(ERRORS, code, { place }));
}

function warn(code: string, text: string): void {
  process.emitWarning(text, { type: 'MoneytrailWarning', code });
}
