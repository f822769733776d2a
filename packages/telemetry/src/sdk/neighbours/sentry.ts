// What is particular about Sentry, the most frequent neighbour.

/** Where Sentry keeps what the copies of its SDK share, by version. */
interface Carrier {
  readonly version?: string;
  readonly [version: string]: unknown;
}

/**
 * Whether a tracer provider is that of a Sentry (up to version 10) without tracing. It registers one all the same; no span of it is ever
 * recorded.
 */
export function isIdleSentry(provider: unknown): boolean {
  if (Object(provider).constructor?.name !== 'SentryTracerProvider') return false;
  const options = optionsOfSentry();
  return options !== undefined && !('tracesSampleRate' in options) && !('tracesSampler' in options);
}

function optionsOfSentry(): object | undefined {
  try {
    const carrier: Carrier | undefined = Reflect.get(globalThis, '__SENTRY__');
    const shared = Object(carrier?.[carrier.version ?? '']);
    const options: unknown = shared.defaultCurrentScope.getClient().getOptions();
    return typeof options === 'object' && options !== null ? withoutUndefined(options) : undefined;
  } catch {
    // Another version keeps it elsewhere.
    return undefined;
  }
}

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
