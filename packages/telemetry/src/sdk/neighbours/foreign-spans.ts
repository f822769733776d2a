// Spans of another SDK on their way to our export.
import type {
  Attributes,
  HrTime,
  Link,
  SpanContext,
  SpanKind,
  SpanStatus,
} from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, Span, SpanProcessor, TimedEvent } from '@opentelemetry/sdk-trace';
import { redactSpans } from '../../redaction/spans.ts';
import { delegateOf } from './registry.ts';

/** A span as any version of the SDK passes it to its processors. */
interface ForeignSpan extends Omit<ReadableSpan, 'instrumentationScope' | 'parentSpanContext'> {
  readonly instrumentationScope?: InstrumentationScope;
  readonly parentSpanContext?: SpanContext;
  /** SDK 1.x has the scope under this name. */
  readonly instrumentationLibrary?: InstrumentationScope;
  /** SDK 1.x has the id alone. */
  readonly parentSpanId?: string;
}

/** A copy of our own: what is masked in it stays as it is where the other SDK sends it. */
class CopiedSpan implements ReadableSpan {
  name: string;
  readonly kind: SpanKind;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: Link[];
  readonly events: TimedEvent[];
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  readonly #context: SpanContext;

  constructor(span: ForeignSpan, resource: Resource) {
    const parent = parentOf(span);
    this.#context = span.spanContext();
    this.name = span.name;
    this.kind = span.kind;
    if (parent !== undefined) this.parentSpanContext = parent;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.ended = span.ended;
    this.status = { ...span.status };
    this.attributes = { ...span.attributes };
    this.links = span.links.map((link) => ({ ...link, attributes: { ...link.attributes } }));
    this.events = span.events.map((event) => ({ ...event, attributes: { ...event.attributes } }));
    this.resource = resource;
    this.instrumentationScope = span.instrumentationScope ??
      span.instrumentationLibrary ?? { name: '' };
    this.droppedAttributesCount = span.droppedAttributesCount;
    this.droppedEventsCount = span.droppedEventsCount;
    this.droppedLinksCount = span.droppedLinksCount;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  updateName(name: string): void {
    this.name = name;
  }
}

function parentOf(span: ForeignSpan): SpanContext | undefined {
  const { parentSpanContext, parentSpanId } = span;
  if (parentSpanContext !== undefined || parentSpanId === undefined) return parentSpanContext;
  return { ...span.spanContext(), spanId: parentSpanId };
}

/**
 * Takes the spans of another SDK when they have ended, and has our processors see a copy of each. They are sent with our resource.
 * That SDK's flush and end are its own: ours has its own.
 */
export function foreignProcessor(
  processors: readonly SpanProcessor[],
  resource: Resource,
): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span: ForeignSpan) => {
      const copy = new CopiedSpan(span, resource);
      // The copy has of a span what our processors ask for; it is theirs to change.
      for (const processor of processors) processor.onEnding?.(copy as unknown as Span);
      for (const processor of processors) processor.onEnd(copy);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/**
 * Masks the spans of another SDK themselves, when they have ended and before its other processors see them: for an SDK that sends them to
 * where ours sends.
 */
export const maskForeign: SpanProcessor = {
  onStart: () => {},
  onEnd: (span) => {
    // A span that has ended does not take another name by its method.
    const updateName = { value: (name: string) => Reflect.set(span, 'name', name) };
    redactSpans.onEnding?.(Object.create(span, { updateName }));
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/**
 * The processors of another SDK's tracer provider; `undefined` where it has none of this kind. Versions 2 and 3 take no further ones after
 * their start, but their tracers, as those of version 1, share this list.
 */
export function processorsOf(provider: unknown): SpanProcessor[] | undefined {
  const target = Object(delegateOf(provider));
  const active: unknown =
    Reflect.get(target, '_activeSpanProcessor') ?? Reflect.get(target, 'activeSpanProcessor');
  const list: unknown = Reflect.get(Object(active), '_spanProcessors');
  return Array.isArray(list) ? list : undefined;
}

/** What leads from a processor to the address that its exporter sends to. */
const WAY = ['_exporter', '_delegate', '_transport', '_parameters'];

/** Whether a processor sends to a host, as far as it can be seen. */
export function sendsTo(processor: unknown, host: string): boolean {
  const url: unknown = Reflect.get(Object(processor), 'url');
  if (typeof url === 'string' && URL.canParse(url)) return new URL(url).host === host;
  return WAY.map((name) => Reflect.get(Object(processor), name)).some(
    (next) => typeof next === 'object' && next !== null && sendsTo(next, host),
  );
}
