import Stripe from 'stripe';
import type { Config } from '../config.ts';

/** Creates Stripe's client, for Stripe or for the stand-in of this example. */
export function createStripe({ stripeUrl, stripeSecretKey }: Config): Stripe {
  const secure = stripeUrl.protocol === 'https:';
  return new Stripe(stripeSecretKey, {
    host: stripeUrl.hostname,
    port: stripeUrl.port || (secure ? 443 : 80),
    protocol: secure ? 'https' : 'http',
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
  });
}
