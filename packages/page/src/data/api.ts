/** Requests to the store, and how they can fail. */

/** Why a request failed. */
export interface Failure {
  readonly kind: 'unreachable' | 'missing' | 'rejected' | 'unreadable';
  /** HTTP status of the response, 0 when there was none. */
  readonly status: number;
  /** The message of the store or of the browser. */
  readonly detail: string;
}

/** The value, or why the request failed; a request never throws. */
export type Result<T> = { readonly value: T } | { readonly failure: Failure };

/** Requests an address of the store and parses its JSON. `T` is its type in `@moneytrail/store`. */
export async function request<T>(address: string, abort?: AbortSignal): Promise<Result<T>> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: abort ?? null,
    });
    return response.ok ? await readResult<T>(response) : { failure: await readError(response) };
  } catch (error) {
    return { failure: { kind: 'unreachable', status: 0, detail: String(error) } };
  }
}

async function readResult<T>(response: Response): Promise<Result<T>> {
  try {
    const value: T = await response.json();
    return { value };
  } catch (error) {
    return { failure: { kind: 'unreadable', status: response.status, detail: String(error) } };
  }
}

async function readError(response: Response): Promise<Failure> {
  const body = await response.text().catch(() => '');
  const kind = response.status === 404 ? 'missing' : 'rejected';
  return { kind, status: response.status, detail: messageIn(body) };
}

/** Errors of the store have a code and a message; errors in Prometheus's format have their text in `error`. */
function messageIn(body: string): string {
  try {
    const parsed: { error?: string | { message?: string } } = JSON.parse(body);
    const error = parsed.error ?? '';
    return typeof error === 'string' ? error : (error.message ?? '');
  } catch {
    return body.slice(0, 200);
  }
}
