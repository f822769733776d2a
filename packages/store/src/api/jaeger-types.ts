/** The part of Jaeger's query API that the store implements. Times are in microseconds. */

/** Response of `GET /api/traces/ID`, in the shape of Jaeger's query API (times in microseconds). */
export interface JaegerResponse {
  readonly data: readonly JaegerTrace[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly errors: readonly { readonly code: number; readonly msg: string }[] | null;
}

/** One trace in Jaeger's shape. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<
    Record<string, { readonly serviceName: string; readonly tags: readonly JaegerTag[] }>
  >;
  readonly warnings: readonly string[] | null;
}

/** One span in Jaeger's shape; `span.kind` is among the tags. */
export interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly {
    readonly refType: 'CHILD_OF' | 'FOLLOWS_FROM';
    readonly traceID: string;
    readonly spanID: string;
  }[];
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly JaegerTag[];
  readonly logs: readonly { readonly timestamp: number; readonly fields: readonly JaegerTag[] }[];
  readonly processID: string;
  readonly warnings: readonly string[] | null;
}

/** A tag in Jaeger's shape. */
export interface JaegerTag {
  readonly key: string;
  readonly type: 'string' | 'bool' | 'int64' | 'float64';
  readonly value: string | number | boolean;
}
