// Addresses without what they carry: values of queries, user and password, and parts of paths that are not plain.
import { maskPatterns } from './patterns.ts';

/** The mask of an address, in letters that need no escape there. */
export const URL_MASK = 'REDACTED';

/** Parts of a path that stay: words, versions, numbers of rows, UUIDs, and ids of a provider's objects. */
const PLAIN_PART =
  /^(?:[a-z][a-z_.-]{0,39}|v\d{1,3}|\d{1,9}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:acct|card|ch|cs|cus|di|dp|evt|fee|ii|il|in|pi|pm|po|price|prod|pyr|re|req|seti|si|sub|tr|trr|txn|we)_[A-Za-z0-9_]{6,64})$/;

/**
 * A path whose parts are words, versions, numbers, UUIDs or ids of a provider's objects; every other part may be a name, an
 * address or a token and is masked, and so is what follows a semicolon.
 *
 * @example
 * ```ts
 * import { maskPath } from '@moneytrail/privacy';
 * console.log(maskPath('/v1/customers/Ada%20Lovelace')); // /v1/customers/REDACTED
 * ```
 */
export function maskPath(path: string): string {
  return path.slice(0, 2048).split('/').map(maskPart).join('/');
}

function maskPart(part: string): string {
  const [name = '', ...parameters] = part.split(';');
  const kept =
    name === '' || (PLAIN_PART.test(name) && maskPatterns(name) === name) ? name : URL_MASK;
  return parameters.length > 0 ? `${kept};${URL_MASK}` : kept;
}

/**
 * A query whose names stay and whose values are masked. A pair without a value may be a bare token, and is nothing but its
 * name.
 *
 * @example
 * ```ts
 * import { maskQuery } from '@moneytrail/privacy';
 * console.log(maskQuery('page=2&token=abc')); // page=REDACTED&token=REDACTED
 * ```
 */
export function maskQuery(query: string): string {
  return query.slice(0, 2048).split('&').map(maskPair).join('&');
}

function maskPair(pair: string): string {
  const [name = '', value = ''] = pair.split('=', 2);
  return value === '' ? pair && URL_MASK : `${maskPatterns(name)}=${URL_MASK}`;
}

/**
 * An address without user and password, fragment, and values of its query, with a path as `maskPath` leaves it.
 *
 * @example
 * ```ts
 * import { maskUrl } from '@moneytrail/privacy';
 * console.log(maskUrl('https://u:p@api.example/v1/pay?key=1#top')); // https://REDACTED@api.example/v1/pay?key=REDACTED
 * ```
 */
export function maskUrl(url: string): string {
  const [, start = '', user = '', host = '', path = '', query] =
    /^([a-z][a-z0-9+.-]{0,20}:\/\/)?([^/?#@]{0,512}@)?([^/?#]{0,512})([^?#]*)(?:\?([^#]*))?/i.exec(
      url.slice(0, 4096),
    ) ?? [];
  const anonymous = user === '' ? '' : `${URL_MASK}@`;
  const rest = query === undefined ? '' : `?${maskQuery(query)}`;
  // A password may hold a slash: then what looks like a port has no number.
  const shown = /^[^[].*:(?!\d*$)/.test(host) ? URL_MASK : host;
  return start + anonymous + shown + maskPath(path) + rest;
}
