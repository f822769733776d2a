/**
 * A local stand-in for Stripe: it handles the calls of this example and then sends signed webhooks. Settings:
 * `WEBHOOK_URL`, `STRIPE_WEBHOOK_SECRET`, `STEADY=true` for fast responses and each event once, and `STAND_IN_HOST` and
 * `STAND_IN_PORT` for access from other machines; the default is a free port on 127.0.0.1.
 */
import type { AddressInfo } from 'node:net';
import { Deliveries } from './deliveries.ts';
import { createStandIn } from './server.ts';

const steady = process.env['STEADY'] === 'true';
const deliveries = new Deliveries({
  webhookUrl: process.env['WEBHOOK_URL'] ?? 'http://127.0.0.1:3000/webhooks/stripe',
  webhookSecret: process.env['STRIPE_WEBHOOK_SECRET'] ?? '',
  steady,
});
const account = { intents: new Map(), charges: new Map(), deliveries };
const server = createStandIn(account, steady);

const host = process.env['STAND_IN_HOST'] ?? '127.0.0.1';

server.listen(Number(process.env['STAND_IN_PORT'] ?? 0), host, () => {
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  console.log(`Stripe stand-in is ready: http://${host}:${port}`);
});

process.once('SIGTERM', () => {
  deliveries.stop();
  server.close();
  server.closeAllConnections();
});
