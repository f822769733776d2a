import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { deliver, type EventBody } from './webhooks.ts';

/** The response of the example to a checkout or a refund. */
export interface PostResult {
  readonly status: number;
  readonly payment: string;
}

/** The example as its users and Stripe see it, and its ledger. */
export interface Example {
  readonly post: (path: string, body: object) => Promise<PostResult>;
  /** Delivers signed events of Stripe; returns the statuses of the responses. */
  readonly deliver: (events: readonly EventBody[]) => Promise<ReadonlySet<number>>;
  readonly ledger: (sql: string, values: readonly unknown[]) => Promise<Record<string, string>[]>;
}

/** The example that `npm start` runs at this address, with this folder of data. */
export function exampleAt(url: string, dataDir: string): Example {
  return {
    post: (path, body) => post(url + path, body),
    deliver: (events) => deliver(url, events),
    ledger: (sql, values) => query(ledgerOf(dataDir), sql, values),
  };
}

async function post(url: string, body: object): Promise<PostResult> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const paid: object = Object(await response.json());
  return { status: response.status, payment: String(Reflect.get(paid, 'payment')) };
}

/** The launcher starts it on a free port, which is in its log. */
function ledgerOf(dataDir: string): string {
  const log = readFileSync(join(dataDir, 'logs', 'ledger.log'), 'utf8');
  return process.env['DATABASE_URL'] ?? /ready: (\S+)/.exec(log)?.[1] ?? '';
}

async function query(
  connectionString: string,
  sql: string,
  values: readonly unknown[],
): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
