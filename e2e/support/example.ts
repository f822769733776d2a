import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { deliver, type EventBody } from './webhooks.ts';

/** What the example answers to a checkout or a refund. */
export interface Answer {
  readonly status: number;
  readonly payment: string;
}

/** The example as its users and Stripe meet it, and its ledger. */
export interface Example {
  readonly post: (path: string, body: object) => Promise<Answer>;
  /** Delivers signed events of Stripe; gives the statuses of the answers. */
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

async function post(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: object = Object(await response.json());
  return { status: response.status, payment: String(Reflect.get(answer, 'payment')) };
}

/** The launcher starts it on a free port, which its log names. */
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
