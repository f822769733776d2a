/** The service from top to bottom: configuration, dependencies, routes, job, shutdown. */
import { createServer } from 'node:http';
import { createLogger } from '@moneytrail/logs';
import express from 'express';
import { checkoutRoutes } from './checkout/route.ts';
import { readConfig } from './config.ts';
import { errorResponses } from './error-responses.ts';
import { watchHealth } from './health.ts';
import { openLedger } from './ledger/ledger.ts';
import { startPayoutJob } from './payouts/job.ts';
import { PendingWork } from './pending-work.ts';
import { refundRoutes } from './refunds/route.ts';
import type { Service } from './service.ts';
import { createStripe } from './stripe/client.ts';
import { stripeWebhook } from './webhooks/route.ts';

const config = readConfig(process.env);
const log = createLogger();
const ledger = await openLedger(config, log);
const pendingWork = new PendingWork();
const service: Service = { ledger, log, stripe: createStripe(config), pendingWork };
const health = watchHealth(ledger);

const app = express();
app.disable('x-powered-by');
app.use(health.handler);
app.use(stripeWebhook(service, config));
app.use(checkoutRoutes(service));
app.use(refundRoutes(service));
app.use(errorResponses(service));

const server = createServer(app);
const payoutJob = startPayoutJob(service, config);
server.listen(config.port, config.host, () => log.info({ port: config.port }, 'listening'));

/** Finishes the requests in progress, then closes everything, so that the process ends by itself. */
async function shutDown(): Promise<void> {
  health.drain();
  await payoutJob.stop();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await pendingWork.settled();
  health.stop();
  await ledger.end();
  log.info('stopped');
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown());
