/** Settings from the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** PGlite supports one connection at a time, PostgreSQL many. */
  readonly databaseConnections: number;
  readonly stripeUrl: URL;
  readonly stripeSecretKey: string;
  /** The key determines whether money is real; the stand-in and Stripe's sandboxes have test keys. */
  readonly stripeMode: 'live' | 'test';
  readonly stripeWebhookSecret: string;
  /** 0 turns the payout job off. */
  readonly payoutIntervalMs: number;
  /** Waiting time of a commission for refunds before it may be paid. */
  readonly commissionWaitMs: number;
}

/** Reads the environment. Throws when a value is missing or invalid. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const stripeSecretKey = env['STRIPE_SECRET_KEY'] ?? 'sk_test_development';
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port: wholeNumber(env, 'PORT', { fallback: 3000, min: 1, max: 65_535 }),
    databaseUrl: required(env, 'DATABASE_URL', 'the address of the ledger'),
    databaseConnections: wholeNumber(env, 'DATABASE_CONNECTIONS', {
      fallback: 10,
      min: 1,
      max: 100,
    }),
    stripeUrl: httpUrl(env, 'STRIPE_API_URL', 'https://api.stripe.com'),
    stripeSecretKey,
    stripeMode: /^[a-z]+_live_/.test(stripeSecretKey) ? 'live' : 'test',
    stripeWebhookSecret: required(
      env,
      'STRIPE_WEBHOOK_SECRET',
      'the signing secret of the endpoint',
    ),
    payoutIntervalMs: wholeNumber(env, 'PAYOUT_INTERVAL_MS', {
      fallback: 10_000,
      min: 0,
      max: 86_400_000,
    }),
    // Seconds for demonstration; two weeks in production, because most refunds occur within that time.
    commissionWaitMs: wholeNumber(env, 'COMMISSION_WAIT_MS', {
      fallback: 15_000,
      min: 0,
      max: 31 * 86_400_000,
    }),
  };
}

interface Limits {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, { fallback, min, max }: Limits): number {
  const text = env[name] ?? String(fallback);
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Error(
    `${name} must be a whole number from ${min} to ${max}, got ${JSON.stringify(text)}`,
  );
}

function required(env: NodeJS.ProcessEnv, name: string, what: string): string {
  const text = env[name];
  if (text) return text;
  throw new Error(`${name} is not set: give ${what}, or use \`npm start\``);
}

function httpUrl(env: NodeJS.ProcessEnv, name: string, fallback: string): URL {
  const text = env[name] ?? fallback;
  if (/^https?:/.test(text) && URL.canParse(text)) return new URL(text);
  throw new Error(`${name} must be an http:// or https:// address, got ${JSON.stringify(text)}`);
}
