/** The SQLite file. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { errorCode } from '../error-code.ts';

/** A value that a statement takes; `undefined` becomes NULL. */
type Parameter = SQLInputValue | boolean | undefined;

/** A mark of SQL for each value: `?, ?`. */
export function marks(values: Iterable<unknown>): string {
  return Array.from(values, () => '?').join(', ');
}

/** What a write changed. */
interface Changes {
  readonly changes: number | bigint;
}

/** One SQLite file with prepared statements and one counter of ids, so that order of ids is order of arrival. */
export class Database {
  readonly #sql: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #lastId = 0;

  constructor(file: string, options: { readonly readOnly?: boolean } = {}) {
    this.#sql = new DatabaseSync(file, options);
  }

  /** Runs statements without parameters. */
  exec(sql: string): void {
    this.#sql.exec(sql);
  }

  /** All rows. `Row` is what the statement selects; nothing checks it. */
  all<Row>(sql: string, ...parameters: Parameter[]): Row[] {
    // SQLite rows have no static type: the statement next to the type argument shows that it is right.
    return this.#read(this.#prepare(sql), parameters.map(bind)) as Row[];
  }

  /** The first row, or `undefined`. */
  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined {
    return this.all<Row>(sql, ...parameters)[0];
  }

  /** Writes and returns the number of changed rows. */
  run(sql: string, ...parameters: Parameter[]): number {
    const result: Changes = this.#prepare(sql).run(...parameters.map(bind));
    return Number(result.changes);
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  transaction<Result>(work: () => Result): Result {
    this.#sql.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#sql.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  /** Next id of an event, a log line, a span or a revision. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Continues the counter of ids after those that are stored. */
  continueIds(): void {
    const row = this.get<{ id: number | null }>(
      `SELECT max(id) AS id FROM (
        SELECT max(id) AS id FROM events UNION ALL SELECT max(id) FROM logs
        UNION ALL SELECT max(id) FROM spans UNION ALL SELECT max(revision) FROM payments)`,
    );
    this.#lastId = row?.id ?? 0;
  }

  /** A number that SQLite keeps about the file. */
  pragma(name: string): number {
    const row = this.get<Record<string, number>>(`PRAGMA ${name}`) ?? {};
    return Number(Object.values(row)[0] ?? 0);
  }

  /** Closes the file; a second call does nothing. */
  close(): void {
    this.#statements.clear();
    if (this.#sql.isOpen) this.#sql.close();
  }

  /** A number that JavaScript cannot hold exactly, in a row that was damaged, must not spoil the others. */
  #read(statement: StatementSync, values: SQLInputValue[]): unknown[] {
    try {
      return statement.all(...values);
    } catch (error) {
      if (errorCode(error) !== 'ERR_OUT_OF_RANGE') throw error;
      statement.setReadBigInts(true);
      const rows = statement.all(...values);
      statement.setReadBigInts(false);
      return rows.map(withNumbers);
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#sql.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #rollback(): void {
    try {
      this.#sql.exec('ROLLBACK');
    } catch {
      // SQLite has already rolled back by itself, as it does on a full disk.
    }
  }
}

function withNumbers(row: object): object {
  const numbers = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? Number(value) : value,
  ]);
  return Object.fromEntries(numbers);
}

function bind(value: Parameter): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value ?? null;
}
