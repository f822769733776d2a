// Guards around the components that a service passes: what they throw is reported once and never reaches the service.
import { codedText } from '@moneytrail/catalogue';
import type { TextMapPropagator } from '@opentelemetry/api';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  AggregationType,
  type IAttributesProcessor,
  type IMetricReader,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import { ERRORS } from '../errors.ts';
import { businessAndMasked } from '../export/business-producer.ts';
import { maskedCopy } from '../redaction/attributes.ts';
import { maskName } from '../redaction/spans.ts';

/** Runs the code of one component. */
export class Guard {
  readonly #option: string;
  readonly #component: unknown;
  #isReported = false;

  /** `option` is the name of the option that the component was passed by. */
  constructor(option: string, component: unknown) {
    this.#option = option;
    this.#component = component;
  }

  /** Returns what `work` returns, or what `instead` returns where it throws. A promise of it is never left unhandled. */
  run<Result>(work: () => Result, instead: () => Result): Result {
    try {
      const result = work();
      if (result instanceof Promise) result.catch((error: unknown) => this.#report(error));
      return result;
    } catch (error) {
      this.#report(error);
      return instead();
    }
  }

  /** The same for work that returns a promise. Never rejects. */
  async settle(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    if (this.#isReported) return;
    this.#isReported = true;
    const code = 'MONEYTRAIL_COMPONENT_FAILED';
    const text = codedText(ERRORS, code, {
      option: this.#option,
      component: nameOf(this.#component),
      reason: textOf(error),
    });
    process.emitWarning(text, { type: 'MoneytrailWarning', code });
  }
}

const nothing = (): void => {};

/** A span processor whose errors stay inside. */
export function guardSpanProcessor(processor: SpanProcessor): SpanProcessor {
  const guard = new Guard('spanProcessors', processor);
  return {
    onStart: (span, context) => guard.run(() => processor.onStart(span, context), nothing),
    onEnding: (span) => guard.run(() => processor.onEnding?.(span), nothing),
    onEnd: (span) => guard.run(() => processor.onEnd(span), nothing),
    forceFlush: () => guard.settle(() => processor.forceFlush()),
    shutdown: () => guard.settle(() => processor.shutdown()),
  };
}

/** A processor of log records whose errors stay inside. */
export function guardLogRecordProcessor(processor: LogRecordProcessor): LogRecordProcessor {
  const guard = new Guard('logRecordProcessors', processor);
  return {
    onEmit: (record, context) => guard.run(() => processor.onEmit(record, context), nothing),
    enabled: (options) =>
      guard.run(
        () => processor.enabled?.(options) ?? true,
        () => true,
      ),
    forceFlush: (options) => guard.settle(() => processor.forceFlush(options)),
    shutdown: () => guard.settle(() => processor.shutdown()),
  };
}

/** A reader whose errors stay inside. It also gets the series of every catalogue. */
export function guardMetricReader(reader: IMetricReader): IMetricReader {
  const guard = new Guard('metricReaders', reader);
  return {
    setMetricProducer: (producer) =>
      guard.run(() => reader.setMetricProducer(businessAndMasked(producer)), nothing),
    selectAggregation: (kind) =>
      guard.run(
        () => reader.selectAggregation(kind),
        () => ({ type: AggregationType.DEFAULT }),
      ),
    selectAggregationTemporality: (kind) =>
      guard.run(
        () => reader.selectAggregationTemporality(kind),
        () => AggregationTemporality.CUMULATIVE,
      ),
    selectCardinalityLimit: (kind) =>
      guard.run(
        () => reader.selectCardinalityLimit(kind),
        () => DEFAULT_SERIES,
      ),
    collect: (options) => reader.collect(options),
    forceFlush: (options) => guard.settle(() => reader.forceFlush(options)),
    shutdown: (options) => guard.settle(() => reader.shutdown(options)),
  };
}

/** The limit of the SDK. */
const DEFAULT_SERIES = 2000;

/** A view whose processors get masked attributes, and whose errors stay inside: then the attributes stay as they are. */
export function guardView(view: ViewOptions): ViewOptions {
  const { attributesProcessors } = view;
  if (attributesProcessors === undefined) return view;
  return { ...view, attributesProcessors: attributesProcessors.map(guardAttributesProcessor) };
}

function guardAttributesProcessor(processor: IAttributesProcessor): IAttributesProcessor {
  const guard = new Guard('views', processor);
  return {
    process: (incoming, context) => {
      const masked = maskedCopy(incoming);
      return guard.run(
        () => {
          const result = processor.process(masked, context);
          return checked(result, typeof result === 'object' && result !== null, 'attributes');
        },
        () => masked,
      );
    },
  };
}

/** A sampler that gets masked attributes, and whose errors stay inside: then `fallback` decides, as it does where there is no sampler. */
export function guardSampler(sampler: Sampler | undefined, fallback: Sampler): Sampler {
  if (sampler === undefined) return fallback;
  const guard = new Guard('sampler', sampler);
  return {
    shouldSample: (context, traceId, name, kind, attributes, links) =>
      guard.run(
        () => {
          const result = sampler.shouldSample(
            context,
            traceId,
            maskName(name),
            kind,
            maskedCopy(attributes),
            links.map((link) => ({ ...link, attributes: maskedCopy(link.attributes ?? {}) })),
          );
          return checked(result, [0, 1, 2].includes(result.decision), 'a sampling result');
        },
        () => fallback.shouldSample(context, traceId, name, kind, attributes, links),
      ),
    toString: () =>
      guard.run(
        () => String(sampler),
        () => String(fallback),
      ),
  };
}

/** A propagator whose errors stay inside: then the context stays as it is. */
export function guardPropagator(propagator: TextMapPropagator): TextMapPropagator {
  const guard = new Guard('propagators', propagator);
  return {
    inject: (context, carrier, setter) =>
      guard.run(() => propagator.inject(context, carrier, setter), nothing),
    extract: (context, carrier, getter) =>
      guard.run(
        () => {
          const extracted = propagator.extract(context, carrier, getter);
          return checked(extracted, typeof extracted?.getValue === 'function', 'a context');
        },
        () => context,
      ),
    fields: () =>
      guard.run(
        () => {
          const fields = propagator.fields();
          return checked(fields, Array.isArray(fields), 'a list of fields');
        },
        () => [],
      ),
  };
}

function checked<Result>(result: Result, isRight: boolean, expected: string): Result {
  if (isRight) return result;
  throw new TypeError(`it must return ${expected}`);
}

function nameOf(component: unknown): string {
  try {
    const { name } = Object(component).constructor;
    return typeof name === 'string' && name !== '' && name !== 'Object' ? name : 'a component';
  } catch {
    return 'a component';
  }
}

/** An error as one short line. Reading it may throw, too. */
function textOf(error: unknown): string {
  try {
    return String(error).slice(0, 200).replace(/\s+/g, ' ');
  } catch {
    return 'an unreadable error';
  }
}
