/** Outcomes and health states: a word, an icon and a colour. */

import type { HealthRow, PaymentOutcome } from '@moneytrail/store';
import type { ComponentChildren, VNode } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** Meaning of a colour. */
export type Tone = 'good' | 'waiting' | 'bad' | 'neutral';

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

const OUTCOMES: Readonly<Record<PaymentOutcome, Look>> = {
  succeeded: { word: 'succeeded', tone: 'good', icon: 'check' },
  declined: { word: 'declined', tone: 'bad', icon: 'cross' },
  error: { word: 'error', tone: 'bad', icon: 'cross' },
  blocked: { word: 'blocked', tone: 'bad', icon: 'cross' },
  canceled: { word: 'canceled', tone: 'neutral', icon: 'dash' },
  needs_action: { word: 'action required', tone: 'waiting', icon: 'clock' },
  pending: { word: 'pending', tone: 'waiting', icon: 'clock' },
};

const HEALTH: Readonly<Record<HealthRow['status'], Look>> = {
  healthy: { word: 'healthy', tone: 'good', icon: 'check' },
  degraded: { word: 'degraded', tone: 'waiting', icon: 'warning' },
  unhealthy: { word: 'unhealthy', tone: 'bad', icon: 'cross' },
  unknown: { word: 'unknown', tone: 'neutral', icon: 'dash' },
};

/** Outcome of a payment. */
export function Outcome(props: { readonly outcome: PaymentOutcome }): VNode {
  const look = OUTCOMES[props.outcome] ?? { word: props.outcome, tone: 'neutral', icon: 'dash' };
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {look.word}
    </Pill>
  );
}

/** State of a health check. */
export function HealthState(props: { readonly status: HealthRow['status'] }): VNode {
  const look = HEALTH[props.status] ?? HEALTH.unknown;
  return (
    <Pill tone={look.tone} icon={look.icon}>
      {look.word}
    </Pill>
  );
}

/** A word with its icon on a tinted background. */
function Pill(props: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <span class={`pill ${props.tone}`}>
      <Icon name={props.icon} />
      {props.children}
    </span>
  );
}
