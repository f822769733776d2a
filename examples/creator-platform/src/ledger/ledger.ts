import type { Logger } from '@moneytrail/logs';
import { Pool, types } from 'pg';
import type { Config } from '../config.ts';
import { SCHEMA } from './schema.ts';

/** The ledger is PostgreSQL behind the `pg` driver; every statement stands alone, so that none waits in a transaction. */
export type Ledger = Pool;

// Minor units are `bigint` in the database and stay it here; the driver would hand them over as text.
types.setTypeParser(types.builtins.INT8, BigInt);

/**
 * Connects and brings the schema up to date. Rejects when the database does not answer. A connection that is lost later, as
 * by a restart of the database, is replaced with the next statement.
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
