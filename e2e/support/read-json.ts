/** Answers of other programs are `unknown` until they are read: these give a field, or what stands for none. */

/** A field of an object; undefined for anything that has none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A field that holds a list; an empty one when it does not. */
export function list(value: unknown, name: string): readonly unknown[] {
  const items = field(value, name);
  return Array.isArray(items) ? items : [];
}

/** A field as text; empty when there is none. */
export function text(value: unknown, name: string): string {
  const found = field(value, name);
  return found === undefined || found === null ? '' : String(found);
}

/** An object of strings, as the labels of a series or of a log stream. */
export function labels(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, String(held)]));
}

/** Asks for JSON; throws with the address and the answer when the status is not 2xx. */
export async function getJson(
  url: string,
  query: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<unknown> {
  const asked = new URL(url);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) asked.searchParams.append(name, value);
  }
  const response = await fetch(asked);
  const body = await response.text();
  if (!response.ok) throw new Error(`${asked} answered ${response.status}: ${body.slice(0, 500)}`);
  return JSON.parse(body);
}
