/** Reads fields of JSON of type `unknown`; a missing field has an empty default. */

/** A field of an object; undefined if there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A field that is a list; an empty list if it is not. */
export function list(value: unknown, name: string): readonly unknown[] {
  const items = field(value, name);
  return Array.isArray(items) ? items : [];
}

/** A field as a string; empty if there is none. */
export function text(value: unknown, name: string): string {
  const found = field(value, name);
  return found === undefined || found === null ? '' : String(found);
}

/** An object of strings, such as the labels of a series or of a log stream. */
export function labels(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, String(held)]));
}

/** Requests JSON; throws with the address and the response when the status is not 2xx. */
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
  if (!response.ok)
    throw new Error(`${asked} responded with ${response.status}: ${body.slice(0, 500)}`);
  return JSON.parse(body);
}
