import { SpanKind } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

const REDACTED = 'REDACTED';

/** Of a request that came in, these say where the person behind it is. */
const ADDRESSES = ['client.address', 'network.peer.address'];

/**
 * Takes out of the spans of HTTP instrumentations what names a person: the address of whoever asked, and the values of query
 * strings, which hold tokens, e-mail addresses and card numbers more often than anything that explains a payment. Their names
 * stay.
 */
export const redactRequests: SpanProcessor = {
  onStart: () => {},
  onEnding: (span) => {
    const query = span.attributes['url.query'];
    if (typeof query === 'string') span.setAttribute('url.query', withoutValues(query));
    const url = span.attributes['url.full'];
    if (typeof url === 'string') span.setAttribute('url.full', withoutSecrets(url));
    const known = span.kind === SpanKind.SERVER ? ADDRESSES : [];
    for (const name of known) if (name in span.attributes) span.setAttribute(name, REDACTED);
  },
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

function withoutSecrets(url: string): string {
  const [address = '', query] = url.split('#', 1).join('').split('?', 2);
  const anonymous = address.replace(/\/\/[^/@]*@/, `//${REDACTED}@`);
  return query === undefined ? anonymous : `${anonymous}?${withoutValues(query)}`;
}

function withoutValues(query: string): string {
  return query.split('&').map(withoutValue).join('&');
}

/** A pair without a value may be a bare token, and is nothing but its name. */
function withoutValue(pair: string): string {
  const [name = '', value = ''] = pair.split('=', 2);
  return value === '' ? pair && REDACTED : `${name}=${REDACTED}`;
}
