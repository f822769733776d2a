/** Masks URLs: query values, user and password, and path segments that may identify someone. */
import { maskPatterns } from './patterns.ts';

/** The mask in URLs, in letters that do not need escaping. */
export const URL_MASK = 'REDACTED';

/** Path segments that are kept: words, versions, row numbers, UUIDs, and ids of provider objects. */
const PLAIN_PART =
  /^(?:[a-z][a-z_.-]{0,39}|v\d{1,3}|\d{1,9}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:acct|card|ch|cs|cus|di|dp|evt|fee|ii|il|in|pi|pm|po|price|prod|pyr|re|req|seti|si|sub|tr|trr|txn|we)_[A-Za-z0-9_]{6,64})$/;

/**
 * Masks a URL: removes the fragment, masks user, password and query values, and masks the path like `maskPath`.
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
  // A password may contain a slash. The apparent port is then not a number.
  const shown = /^[^[].*:(?!\d*$)/.test(host) ? URL_MASK : host;
  return start + anonymous + shown + maskPath(path) + rest;
}

/**
 * Masks a path, keeping segments that are words, versions, numbers, UUIDs or ids of provider objects. Any other segment may
 * be a name, an address or a token, so it is masked, as is everything after a semicolon.
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

/**
 * Masks the values of a query and keeps its names. A pair without a value may be a bare token, so it is masked as a whole.
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

function maskPart(part: string): string {
  const [name = '', ...parameters] = part.split(';');
  const kept =
    name === '' || (PLAIN_PART.test(name) && maskPatterns(name) === name) ? name : URL_MASK;
  return parameters.length > 0 ? `${kept};${URL_MASK}` : kept;
}

function maskPair(pair: string): string {
  const [name = '', value = ''] = pair.split('=', 2);
  return value === '' ? pair && URL_MASK : `${maskPatterns(name)}=${URL_MASK}`;
}
