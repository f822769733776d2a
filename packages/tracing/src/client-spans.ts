/** Client spans: database operations and calls to external services. */
import { SpanKind } from '@opentelemetry/api';
import { readField } from './attributes.ts';
import { runInSpan, type SpanShape } from './traced.ts';

/** A database operation. The query text is not recorded because it may contain personal data. */
export interface DatabaseFields {
  /** Kind of database as OpenTelemetry names it: `postgresql`, `mysql`, `redis`. */
  readonly system: string;
  /** The operation: `SELECT`, `INSERT`, `HGET`. */
  readonly operation: string;
  /** Table or collection. */
  readonly collection?: string | undefined;
  /** Database, or schema within it. */
  readonly namespace?: string | undefined;
}

/** A call to an external service. The path is not recorded because it may contain ids and tokens. */
export interface ExternalFields {
  /** Host name: `api.stripe.com`. */
  readonly address: string;
  readonly port?: number | undefined;
  /** HTTP method, if the call uses HTTP. */
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

/**
 * Runs `fn` within a client span for a database operation, named by operation and collection (`INSERT ledger`), with the
 * `db.*` attributes of OpenTelemetry. Drivers that are instrumented already (such as `pg`) do not need it. Otherwise works
 * like `traced`.
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
 * Runs `fn` within a client span for a call to an external service, named by method and host (`POST api.stripe.com`), with
 * `server.address`, `server.port` and `http.request.method`. Otherwise works like `traced`.
 *
 * @example
 * ```ts
 * import { traceExternal } from '@moneytrail/tracing';
 * const call = { address: 'api.stripe.com', method: 'POST' };
 * const response = await traceExternal(call, async () => ({ status: 200 }));
 * ```
 */
export function traceExternal<Result>(call: ExternalFields, fn: () => Result): Result {
  return runInSpan(joined(call, 'method', 'address'), EXTERNAL, call, fn);
}

/** The name of a span. It is shorter if a caller without types leaves out required fields. */
function joined(fields: unknown, ...names: readonly string[]): string {
  const parts = names.map((name) => readField(fields, name));
  return parts.filter((part) => typeof part === 'string').join(' ') || 'unnamed';
}
