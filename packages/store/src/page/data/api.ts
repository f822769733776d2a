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
    const response = await fetch(address, { headers: { accept: 'application/json' }, signal: abort ?? null });
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

function messageIn(body: string): string {
  try {
    const parsed: { message?: unknown; error?: unknown } = JSON.parse(body);
    return String(parsed.message ?? parsed.error ?? '');
  } catch {
    return body.slice(0, 200);
  }
}
