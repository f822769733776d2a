/**
 * Sends ordinary checkouts and now and then a refund to the example, at about three a second. Settings: `APP_URL`, and
 * `DRIVER_HOST`, the one host other than this machine that it may pay at.
 */
import { nextCheckout } from './checkouts.ts';

const PER_SECOND = 3;
const REFUNDED_SHARE = 0.025;
const REFUND_AFTER_MS = 12_000;
const LAST_PAYERS_MS = 3_000;
const HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]', process.env['DRIVER_HOST']]);

const app = new URL(process.env['APP_URL'] ?? 'http://127.0.0.1:3000');
if (!HOSTS.has(app.hostname)) {
  throw new Error(`the driver pays on this machine or at DRIVER_HOST only, not at ${app.hostname}`);
}

async function post(path: string, body: object): Promise<unknown> {
  const response = await fetch(new URL(path, app), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  return response.json();
}

async function comeAlong(): Promise<void> {
  const answer = await post('/checkout', nextCheckout(Math.random));
  const paid = answer instanceof Object && Reflect.get(answer, 'status') === 'succeeded';
  if (!paid || Math.random() >= REFUNDED_SHARE) return;
  const path = `/payments/${Reflect.get(answer, 'payment')}/refund`;
  setTimeout(() => go(post(path, { reason: 'requested_by_customer' })), REFUND_AFTER_MS).unref();
}

const underWay = new Set<Promise<unknown>>();

/** A payer who meets an error goes away. */
function go(work: Promise<unknown>): void {
  const settled = work
    .catch(() => {})
    .then(() => {
      underWay.delete(settled);
    });
  underWay.add(settled);
}

/** Payers come independently of each other, so the pauses between them are exponential. */
function schedule(): NodeJS.Timeout {
  const pauseMs = (-Math.log(1 - Math.random()) * 1000) / PER_SECOND;
  return setTimeout(() => {
    go(comeAlong());
    next = schedule();
  }, pauseMs);
}

let next = schedule();

// Who has begun to pay gets an answer, as long as it takes no longer than payers wait.
process.once('SIGTERM', () => {
  clearTimeout(next);
  setTimeout(() => process.exit(), LAST_PAYERS_MS).unref();
  void Promise.all(underWay).then(() => process.exit());
});
