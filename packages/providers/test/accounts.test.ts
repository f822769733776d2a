import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AccountHistory, accounts, type Left } from './accounts.ts';
import { counted, deliver, startRecording, threeTimes, webhookOfTest } from './support.ts';

let runs = 0;

/** What the counters of money say that is left, after what came back. */
function measured(kind: 'own' | 'connected'): Left {
  const net = (name: string): number => {
    const attributes = { 'account.kind': kind, 'money.currency': 'USD' };
    const minor =
      counted(`${name}.volume`, attributes) - counted(`${name}.returned.volume`, attributes);
    return Math.round(minor * 100);
  };
  return { captured: net('payment'), refunded: net('refund'), paidOut: net('payout') };
}

function minus(a: Left, b: Left): Left {
  return {
    captured: a.captured - b.captured,
    refunded: a.refunded - b.refunded,
    paidOut: a.paidOut - b.paidOut,
  };
}

/** What is left of all histories of live money of one kind of account. */
function expected(histories: readonly AccountHistory[], kind: 'own' | 'connected'): Left {
  const nothing = { captured: 0, refunded: 0, paidOut: 0 };
  return histories
    .filter(({ account, livemode }) => livemode && (account === undefined) === (kind === 'own'))
    .reduce((sum, { left }) => minus(sum, minus(nothing, left)), nothing);
}

describe('the money of the own account, of two connected ones and of a test, all with the same ids', () => {
  beforeAll(startRecording);

  it('comes to what each is left with, in any order, three times, whatever the endpoint asks for', () => {
    const interleaved = accounts.chain((histories) =>
      threeTimes(histories.flatMap(({ bodies }) => bodies)).map((bodies) => ({
        histories,
        bodies,
      })),
    );
    fc.assert(
      fc.property(interleaved, ({ histories, bodies }) => {
        runs += 1;
        const webhook = webhookOfTest();
        const before = { own: measured('own'), connected: measured('connected') };
        const attempts = counted('payment.attempts');
        for (const body of bodies) {
          expect(deliver(webhook, body.replaceAll('_RUN', `_${runs}`)).status).toBe(200);
        }
        expect(minus(measured('own'), before.own)).toEqual(expected(histories, 'own'));
        expect(minus(measured('connected'), before.connected)).toEqual(
          expected(histories, 'connected'),
        );
        // One attempt for each account, also where it failed after it had succeeded.
        expect(counted('payment.attempts')).toBe(attempts + 3);
      }),
      { numRuns: 200 },
    );
  });
});
