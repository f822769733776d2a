import type { Logger } from '@moneytrail/logs';
import { Pool, types } from 'pg';
import type { Config } from '../config.ts';
import { SCHEMA } from './schema.ts';

/** PostgreSQL with the `pg` driver; there are no transactions of several statements. */
export type Ledger = Pool;

// Minor units are `bigint` in the database and here; by default, the driver returns them as strings.
types.setTypeParser(types.builtins.INT8, BigInt);

/**
 * Connects and migrates the schema. Rejects when the database does not respond. A connection that is lost later, for
 * example by a restart of the database, is replaced with the next statement.
 */
export async function openLedger(config: Config, log: Logger): Promise<Ledger> {
  const ledger = new Pool({
    connectionString: config.databaseUrl,
    max: config.databaseConnections,
    connectionTimeoutMillis: 5_000,
  });
  ledger.on('error', (error) => log.warn({ err: error }, 'connection to the ledger lost'));
  await ledger.query(SCHEMA);
  return ledger;
}
