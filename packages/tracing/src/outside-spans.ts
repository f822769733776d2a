import { SpanKind } from '@opentelemetry/api';
import { readField } from './attributes.ts';
import { runInSpan, type SpanShape } from './traced.ts';

/** A piece of work in a database. The query itself is not recorded: it may hold what customers wrote. */
export interface DatabaseFields {
  /** Kind of database as OpenTelemetry names it: `postgresql`, `mysql`, `redis`. */
  readonly system: string;
  /** What is done: `SELECT`, `INSERT`, `HGET`. */
  readonly operation: string;
  /** Table or collection. */
  readonly collection?: string | undefined;
  /** Database, or schema within it. */
  readonly namespace?: string | undefined;
}

/** A call to a service outside. The path is not recorded: it may hold ids and tokens. */
export interface ExternalFields {
  /** Host name: `api.stripe.com`. */
  readonly address: string;
  readonly port?: number | undefined;
  /** HTTP method, where the call is one of HTTP. */
  readonly method?: string | undefined;
}

const DATABASE: SpanShape & {
  names: { readonly [Field in keyof Required<DatabaseFields>]: string };
} = {
  kind: SpanKind.CLIENT,
  names: {
    system: 'db.system.name',
    operation: 'db.operation.name',
    collection: 'db.collection.name',
    namespace: 'db.namespace',
  },
};

const EXTERNAL: SpanShape & {
  names: { readonly [Field in keyof Required<ExternalFields>]: string };
} = {
  kind: SpanKind.CLIENT,
  names: { address: 'server.address', port: 'server.port', method: 'http.request.method' },
};

// A caller without types may leave out what is required: the span then has a shorter name.
function joined(fields: unknown, ...names: readonly string[]): string {
  const parts = names.map((name) => readField(fields, name));
  return parts.filter((part) => typeof part === 'string').join(' ') || 'unnamed';
}

/**
 * Runs `fn` within a client span for work in a database, named by operation and collection (`INSERT ledger`), with the
 * `db.*` attributes of OpenTelemetry. For drivers that are instrumented already (such as `pg`) it is not needed. It behaves
 * as `traced` does.
 *
 * @example
 * ```ts
 * import { traceDatabase } from '@moneytrail/tracing';
 * const write = { system: 'postgresql', operation: 'INSERT', collection: 'ledger' };
 * const rows = await traceDatabase(write, async () => 1);
 * ```
 */
export function traceDatabase<Result>(query: DatabaseFields, fn: () => Result): Result {
  return runInSpan(joined(query, 'operation', 'collection'), DATABASE, query, fn);
}

/**
 * Runs `fn` within a client span for a call to a service outside, named by method and host (`POST api.stripe.com`), with
 * `server.address`, `server.port` and `http.request.method`. It behaves as `traced` does.
 *
 * @example
 * ```ts
 * import { traceExternal } from '@moneytrail/tracing';
 * const call = { address: 'api.stripe.com', method: 'POST' };
 * const answer = await traceExternal(call, async () => ({ status: 200 }));
 * ```
 */
export function traceExternal<Result>(call: ExternalFields, fn: () => Result): Result {
  return runInSpan(joined(call, 'method', 'address'), EXTERNAL, call, fn);
}
