// Reading objects of webhooks. Their shape depends on the API version of an account, so every field is read with care.

/** An object of a webhook. */
export type Json = Readonly<Record<string, unknown>>;

const EMPTY: Json = {};

/**
 * True for an object that is not an array.
 *
 * @example
 * ```ts
 * import { isJson } from '@moneytrail/providers';
 * console.log(isJson({}), isJson([])); // true false
 * ```
 */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The nested object, or an empty one, so that reads chain without a check each.
 *
 * @example
 * ```ts
 * import { childOf } from '@moneytrail/providers';
 * console.log(childOf({ data: { id: 'a' } }, 'data'), childOf({}, 'data')); // { id: 'a' } {}
 * ```
 */
export function childOf(object: Json, field: string): Json {
  const value = object[field];
  return isJson(value) ? value : EMPTY;
}

/**
 * A text that is not empty.
 *
 * @example
 * ```ts
 * import { textOf } from '@moneytrail/providers';
 * console.log(textOf({ id: 'a' }, 'id'), textOf({ id: 7 }, 'id')); // a undefined
 * ```
 */
export function textOf(object: Json, field: string): string | undefined {
  const value = object[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A number; what kind of number is judged where it is used.
 *
 * @example
 * ```ts
 * import { numberOf } from '@moneytrail/providers';
 * console.log(numberOf({ created: 7 }, 'created')); // 7
 * ```
 */
export function numberOf(object: Json, field: string): number | undefined {
  const value = object[field];
  return typeof value === 'number' ? value : undefined;
}

/** The id behind a reference, which is an id or, when it was expanded, the object itself. */
export function referenceOf(object: Json, field: string): string | undefined {
  return textOf(object, field) ?? textOf(childOf(object, field), 'id');
}

/** The objects of a list, which is `{ data: [...] }` or, in the oldest shapes, a plain array. */
export function listOf(object: Json, field: string): readonly Json[] {
  const value = object[field];
  const items = isJson(value) ? value['data'] : value;
  return Array.isArray(items) ? items.filter(isJson) : [];
}
