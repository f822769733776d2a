import type { IncomingMessage } from 'node:http';
import { HttpError, quote } from '../api/errors.ts';

/** Names of this machine; the port may differ, for example behind a forwarded one. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Rejects requests that another web page makes a browser send. A foreign `Host` is how DNS rebinding looks, a foreign
 * `Origin` how a script does; images and forms of other pages have no origin, but browsers mark them as cross-site.
 */
export function guard(request: IncomingMessage, isPage: boolean): void {
  const { host = '', origin } = request.headers;
  if (!OWN_HOST.test(host)) throw new HttpError('foreign_host', quote('Host', host));
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw new HttpError('foreign_origin', quote('Origin', origin));
  }
  // Other pages may link to ours, and nothing else.
  if (request.headers['sec-fetch-site'] === 'cross-site' && !isPage) {
    throw new HttpError('foreign_origin', 'The page that asks');
  }
}
