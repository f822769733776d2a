import { count, type DropReason, track } from '@moneytrail/metrics';
import { handlingOf } from './events.ts';
import type { Finding, StripeEvent } from './mapping.ts';

/** What became of the facts of an event. */
export type RecordingResult = 'ok' | 'ignored' | 'unrecognized' | { readonly refused: DropReason };

/** Records the facts of an event. Never throws: a fact that cannot be recorded is counted, and the others are recorded. */
export function recordFacts(event: StripeEvent): RecordingResult {
  const handling = handlingOf(event.type);
  if (handling === undefined) return 'unrecognized';
  if (typeof handling === 'string') return 'ignored';
  try {
    return recordAll(handling.map(event), event);
  } catch {
    return { refused: drop(event.type, 'internal') };
  }
}

function recordAll(findings: readonly Finding[], event: StripeEvent): RecordingResult {
  if (findings.length === 0) return 'ignored';
  const refused = findings.map((one) => record(one, event)).find((reason) => reason !== undefined);
  return refused === undefined ? 'ok' : { refused };
}

/** The reason why the fact was refused, or nothing. A fact that was told before is not refused: it is the same fact. */
function record(finding: Finding, { account }: StripeEvent): DropReason | undefined {
  switch (finding.kind) {
    case 'fact': {
      const whose = account === undefined ? {} : { connectedAccount: account };
      const result = track({ ...finding.fact, ...whose });
      return result === 'recorded' || result === 'duplicate' ? undefined : result;
    }
    case 'refused':
      return drop(finding.name, finding.reason);
    case 'left_out':
      count('value.coerced', { instrument: finding.name, 'drop.reason': finding.reason });
      return undefined;
  }
}

function drop(instrument: string, reason: DropReason): DropReason {
  count('business_events.dropped', { instrument, 'drop.reason': reason });
  return reason;
}
