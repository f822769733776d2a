/** Asks the store, and tells apart the ways in which that can fail. */

/** Why an answer did not come. */
export interface Failure {
  readonly kind: 'unreachable' | 'missing' | 'refused' | 'unreadable';
  /** HTTP status of the answer, 0 when none came. */
  readonly status: number;
  /** What the store itself said about it, or what the browser did. */
  readonly detail: string;
}

/** Either the answer or why it did not come; asking never throws. */
export type Answer<T> = { readonly value: T } | { readonly failure: Failure };

/** The JSON answer of an address of the store. `T` is what the contract in `api/types.ts` promises for that address. */
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
