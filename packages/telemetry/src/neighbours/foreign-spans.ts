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
import { delegateOf } from './registry.ts';

/** A span as any version of the SDK hands it to its processors. */
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

/** How a processor gets into the tracer provider of another SDK; `undefined` where it takes none. */
export function entranceOf(provider: unknown): ((processor: SpanProcessor) => void) | undefined {
  const target = Object(delegateOf(provider));
  const active: unknown = Reflect.get(target, '_activeSpanProcessor');
  // SDK 2.x and 3.x take processors at their start only; their tracers share this list.
  const list: unknown = Reflect.get(Object(active), '_spanProcessors');
  if (Array.isArray(list)) return (processor) => list.push(processor);
  const add: unknown = Reflect.get(target, 'addSpanProcessor');
  if (typeof add !== 'function' || !hasProcessors(target)) return undefined;
  return (processor) => Reflect.apply(add, target, [processor]);
}

/** SDK 1.x takes a first processor for one that replaces its exporter of the environment. */
function hasProcessors(provider: object): boolean {
  const list: unknown = Reflect.get(provider, '_registeredSpanProcessors');
  return Array.isArray(list) && list.length > 0;
}
