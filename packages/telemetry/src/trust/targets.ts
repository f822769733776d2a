// Whom an outgoing request of HTTP deals with: the host of the connection, and every other one that the request names.

/** A request as `node:http` and undici describe it before it is sent. */
interface Outgoing {
  readonly path?: unknown;
  readonly method?: unknown;
}

/** What `node:http` is asked for. */
interface HttpOptions extends Outgoing {
  readonly hostname?: unknown;
  readonly host?: unknown;
  readonly headers?: unknown;
}

/** The hosts of a request of `node:http`. */
export function targetsOf(options: HttpOptions): string[] {
  const connection = String(options.hostname || options.host || 'localhost');
  return [connection, ...named(options, hostHeaderOf(options.headers))];
}

/** The hosts of a request of undici, which keeps the header `Host` apart. */
export function targetsOfUndici(request: Outgoing & { readonly origin: unknown }): string[] {
  return [authorityOf(String(request.origin)), ...named(request, Reflect.get(request, 'host'))];
}

/**
 * A path that is a whole address, and one of `CONNECT`, is for a proxy; the target behind it is a third one. So may the header `Host` be.
 */
function named({ path, method }: Outgoing, hostHeader: unknown): string[] {
  const names = typeof hostHeader === 'string' ? [hostHeader] : [];
  if (typeof path !== 'string' || path === '' || path === '*' || path.startsWith('/')) return names;
  const isConnect = String(method).toUpperCase() === 'CONNECT';
  return [...names, isConnect ? path : authorityOf(path)];
}

/** The host and the port of an address, or the empty text. */
function authorityOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function hostHeaderOf(headers: unknown): unknown {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const name = Object.keys(headers).find((key) => key.length === 4 && key.toLowerCase() === 'host');
  return name === undefined ? undefined : Reflect.get(headers, name);
}
