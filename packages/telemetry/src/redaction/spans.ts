// Masks personal data and secrets in spans, before any exporter sees them.

import { maskPath, maskText, remembered, URL_MASK } from '@moneytrail/privacy';
import { SpanKind } from '@opentelemetry/api';
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { maskAttributes } from './attributes.ts';

/** Of a request that came in, these say who asked, or are what the caller chose to say. */
const OF_CALLERS = [
  'client.address',
  'network.peer.address',
  'server.address',
  'net.peer.ip',
  'net.host.name',
  'http.host',
];

/**
 * Masks attributes by name and by pattern, and every text by pattern: name, status, events and links. A request that came in says
 * neither from where nor under which name of this host; of its path the route stays, or what is plain in it.
 */
export const redactSpans: SpanProcessor = {
  onStart: () => {},
  onEnding: maskSpan,
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** The same from the start of a span, for processors of the service behind it. */
export const redactSpansFromStart: SpanProcessor = { ...redactSpans, onStart: maskSpan };

function maskSpan(span: Span): void {
  if (span.kind === SpanKind.SERVER) maskCaller(span);
  maskAttributes(span.attributes);
  maskTexts(span);
  for (const { attributes } of span.links) if (attributes) maskAttributes(attributes);
}

function maskCaller({ attributes }: Span): void {
  for (const name of OF_CALLERS) if (name in attributes) attributes[name] = URL_MASK;
  const route = attributes['http.route'];
  if (typeof route === 'string' && 'url.path' in attributes) attributes['url.path'] = route;
}

function maskTexts(span: Span): void {
  const name = isRoute(span) ? maskText(span.name) : maskName(span.name);
  if (name !== span.name) span.updateName(name);
  const { message } = span.status;
  if (message !== undefined) Reflect.set(span.status, 'message', maskText(message));
  for (const event of span.events) {
    event.name = maskText(event.name);
    if (event.attributes) maskAttributes(event.attributes);
  }
}

/** Whether the name is a method and the route that the framework has found, as Next.js writes it: `GET /pay/[id]`. */
function isRoute({ name, attributes }: Span): boolean {
  const route = attributes['http.route'];
  return typeof route === 'string' && name === `${name.split(' ', 1)} ${route}`;
}

/** Names are few and recur. */
const maskKnown = remembered(maskMethodAndPath);

/** The name of a span, masked. */
export function maskName(name: unknown): string {
  return typeof name === 'string' ? maskKnown(name) : 'unnamed';
}

/** The name of a span may be a method and a path. */
function maskMethodAndPath(name: string): string {
  const [, method, path] = /^([A-Z]{3,7}) (\/[^{}:*]*)$/.exec(name) ?? [];
  return maskText(method && path ? `${method} ${maskPath(path)}` : name);
}
