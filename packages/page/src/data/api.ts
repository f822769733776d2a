/** Requests to the store, with the ways in which they can fail. */

/** Why a request failed. */
export interface Failure {
  readonly kind: 'unreachable' | 'missing' | 'refused' | 'unreadable';
  /** HTTP status of the response, 0 when there was none. */
  readonly status: number;
  /** The message of the store or of the browser. */
  readonly detail: string;
}

/** Either the value or why the request failed; a request never throws. */
export type Answer<T> = { readonly value: T } | { readonly failure: Failure };

/** The JSON response of an address of the store. `T` is its type in `@moneytrail/store`. */
export async function ask<T>(address: string, abort?: AbortSignal): Promise<Answer<T>> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: abort ?? null,
    });
    return response.ok ? await readAnswer<T>(response) : { failure: await readRefusal(response) };
  } catch (error) {
    return { failure: { kind: 'unreachable', status: 0, detail: String(error) } };
  }
}

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  try {
    const value: T = await response.json();
    return { value };
  } catch (error) {
    return { failure: { kind: 'unreadable', status: response.status, detail: String(error) } };
  }
}

async function readRefusal(response: Response): Promise<Failure> {
  const body = await response.text().catch(() => '');
  const kind = response.status === 404 ? 'missing' : 'refused';
  return { kind, status: response.status, detail: messageIn(body) };
}

/** The store's own refusals name a code and a message; those in Prometheus's shape have their text in `error`. */
function messageIn(body: string): string {
  try {
    const parsed: { error?: string | { message?: string } } = JSON.parse(body);
    const error = parsed.error ?? '';
    return typeof error === 'string' ? error : (error.message ?? '');
  } catch {
    return body.slice(0, 200);
  }
}
