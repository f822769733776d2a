/**
 * Sends checkouts and occasional refunds to the example, about three per second. Settings: `APP_URL`, and
 * `DRIVER_HOST`, the only remote host that it may send to.
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

async function checkOut(): Promise<void> {
  const result = await post('/checkout', nextCheckout(Math.random));
  const paid = result instanceof Object && Reflect.get(result, 'status') === 'succeeded';
  if (!paid || Math.random() >= REFUNDED_SHARE) return;
  const path = `/payments/${Reflect.get(result, 'payment')}/refund`;
  setTimeout(() => go(post(path, { reason: 'requested_by_customer' })), REFUND_AFTER_MS).unref();
}

const pendingWork = new Set<Promise<unknown>>();

/** A payer who gets an error leaves. */
function go(work: Promise<unknown>): void {
  const settled = work
    .catch(() => {})
    .then(() => {
      pendingWork.delete(settled);
    });
  pendingWork.add(settled);
}

/** Payers arrive independently of each other, so the intervals are exponentially distributed. */
function schedule(): NodeJS.Timeout {
  const pauseMs = (-Math.log(1 - Math.random()) * 1000) / PER_SECOND;
  return setTimeout(() => {
    go(checkOut());
    next = schedule();
  }, pauseMs);
}

let next = schedule();

// Payments in progress are completed, within the time that payers wait.
process.once('SIGTERM', () => {
  clearTimeout(next);
  setTimeout(() => process.exit(), LAST_PAYERS_MS).unref();
  void Promise.all(pendingWork).then(() => process.exit());
});
