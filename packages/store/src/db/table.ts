/** A table, described once: columns, key and indexes give its DDL, the statements that write it and the type of its rows. */
import { type Database, marks } from './database.ts';

/**
 * Type of a column. `rowid` is an id that grows with each row, a `?` allows NULL, a list holds the words of a closed set. An amount
 * without an upper limit is a text, and so is JSON.
 */
export type Column =
  | 'rowid'
  | 'text'
  | 'text?'
  | 'integer'
  | 'integer?'
  | 'real'
  | 'real?'
  | readonly string[];

/** Columns by name, in the order of the table. */
export type Columns = Readonly<Record<string, Column>>;

/** A row as it is read. */
export type Row<Of extends Columns> = { readonly [Name in keyof Of]: Value<Of[Name]> };

/** A row as it is written: `undefined` becomes NULL, and an id may be left to SQLite. */
export type NewRow<Of extends Columns> = {
  readonly [Name in keyof Of as Of[Name] extends 'rowid' ? never : Name]: Written<Value<Of[Name]>>;
} & { readonly [Name in keyof Of as Of[Name] extends 'rowid' ? Name : never]?: number };

interface Values {
  rowid: number;
  text: string;
  'text?': string | null;
  integer: number;
  'integer?': number | null;
  real: number;
  'real?': number | null;
}

type Value<Type extends Column> = Type extends keyof Values
  ? Values[Type]
  : Type extends readonly (infer Word)[]
    ? Word
    : never;

type Written<Known> = null extends Known ? Known | undefined : Known;

/** What a table has apart from its columns. */
interface Structure<Of extends Columns> {
  /** Columns that identify a row: the primary key, or unique where the table has a `rowid`. */
  readonly key: readonly (keyof Of & string)[];
  /** By name, what follows the name of the table in the statement that makes it: `(at_us)`. */
  readonly indexes?: Readonly<Record<string, string>>;
  /** Value of a column in rows that are older than the column. */
  readonly defaults?: Partial<Readonly<Record<keyof Of & string, string>>>;
}

/** One table of the file. */
export class Table<Of extends Columns> {
  readonly name: string;
  /** Names of the columns, separated by commas: the list of a `SELECT`. */
  readonly columns: string;
  readonly #types: Of;
  readonly #structure: Structure<Of>;
  readonly #names: readonly string[];
  readonly #overwrite: string;
  readonly #statements = new Map<string, string>();

  constructor(name: string, types: Of, structure: Structure<Of>) {
    this.name = name;
    this.#names = Object.keys(types);
    this.columns = this.#names.join(', ');
    this.#types = types;
    this.#structure = structure;
    const others = this.#names.filter(
      (column) => types[column] !== 'rowid' && !structure.key.includes(column),
    );
    this.#overwrite = `UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  }

  /** Writes a row unless its key is taken, in which case `otherwise` follows `DO`. Returns the number of rows that were written. */
  insert(db: Database, row: NewRow<Of>, otherwise = 'NOTHING'): number {
    return db.run(this.#statement(otherwise), ...this.#valuesOf(row));
  }

  /** Writes a row; one with the same key is overwritten. */
  upsert(db: Database, row: NewRow<Of>): void {
    db.run(this.#statement(this.#overwrite), ...this.#valuesOf(row));
  }

  /** Writes a row, or over the one with the same key, and returns it. */
  put(db: Database, row: NewRow<Of>): Row<Of> {
    const sql = this.#statement(this.#overwrite, `RETURNING ${this.columns}`);
    const stored = db.get<Row<Of>>(sql, ...this.#valuesOf(row));
    if (stored === undefined) throw new Error(`${this.name} returned no row`);
    return stored;
  }

  /** Changes columns of the row with an id. */
  update(db: Database, id: number, changes: Partial<NewRow<Of>>): void {
    const names = Object.keys(changes).map((name) => `${name} = ?`);
    db.run(
      `UPDATE ${this.name} SET ${names.join(', ')} WHERE id = ?`,
      ...Object.values<Written<Stored>>(changes),
      id,
    );
  }

  /** Makes the table where it is missing, and columns that an older one lacks. */
  create(db: Database): void {
    const { key } = this.#structure;
    const hasRowid = Object.values(this.#types).includes('rowid');
    const constraint = `${hasRowid ? 'UNIQUE' : 'PRIMARY KEY'} (${key.join(', ')})`;
    const lines = [...this.#names.map((name) => this.#definition(name)), constraint];
    const options = hasRowid ? 'STRICT' : 'STRICT, WITHOUT ROWID';
    db.exec(`CREATE TABLE IF NOT EXISTS ${this.name} (${lines.join(', ')}) ${options}`);
    const stored = this.#stored(db);
    for (const name of this.#names) {
      if (stored.includes(name)) continue;
      db.exec(`ALTER TABLE ${this.name} ADD COLUMN ${this.#definition(name)}`);
    }
  }

  /** Removes indexes and columns that are not described any more, and makes the missing indexes. */
  finish(db: Database): void {
    const { indexes = {} } = this.#structure;
    for (const name of this.#storedIndexes(db)) {
      if (!Object.hasOwn(indexes, name)) db.exec(`DROP INDEX ${name}`);
    }
    for (const name of this.#stored(db)) {
      if (!Object.hasOwn(this.#types, name))
        db.exec(`ALTER TABLE ${this.name} DROP COLUMN ${name}`);
    }
    for (const [name, of] of Object.entries(indexes)) {
      db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${this.name} ${of}`);
    }
  }

  /** Removes the table. */
  drop(db: Database): void {
    db.exec(`DROP TABLE IF EXISTS ${this.name}`);
  }

  /** The statements are made once, because each row of a batch is written with one. */
  #statement(otherwise: string, rest = ''): string {
    const key = otherwise + rest;
    const known = this.#statements.get(key);
    if (known !== undefined) return known;
    const sql = `INSERT INTO ${this.name} (${this.columns}) VALUES (${marks(this.#names)})
      ON CONFLICT (${this.#structure.key.join(', ')}) DO ${otherwise} ${rest}`;
    this.#statements.set(key, sql);
    return sql;
  }

  #valuesOf(row: Readonly<Record<string, Written<Stored>>>): Written<Stored>[] {
    return this.#names.map((name) => row[name]);
  }

  #definition(name: string): string {
    const type = this.#types[name] ?? 'text';
    if (type === 'rowid') return `${name} INTEGER PRIMARY KEY`;
    if (typeof type !== 'string') return `${name} TEXT NOT NULL`;
    const standard = this.#structure.defaults?.[name];
    const rest = standard === undefined ? '' : ` DEFAULT ${standard}`;
    return type.endsWith('?')
      ? `${name} ${type.slice(0, -1).toUpperCase()}${rest}`
      : `${name} ${type.toUpperCase()} NOT NULL${rest}`;
  }

  #stored(db: Database): string[] {
    const rows = db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', this.name);
    return rows.map(({ name }) => name);
  }

  /** Those of the schema; SQLite makes others by itself for keys. */
  #storedIndexes(db: Database): string[] {
    const rows = db.all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
      this.name,
    );
    return rows.map(({ name }) => name);
  }
}

type Stored = string | number | null;
