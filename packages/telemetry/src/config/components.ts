// Parts of OpenTelemetry that a service brings along: span processors and instrumentations.
import { listOf, MoneytrailError, shownValue } from '@moneytrail/catalogue';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/** The options by which a service gives them. They have no variables. */
export interface ComponentOptions {
  /**
   * Processors that get each span too, redacted, before it is sent. They are called as the SDK calls its own: what they throw reaches the
   * code inside the span.
   * @defaultValue none
   */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
  /**
   * Instrumentations of further packages. One that has the name of an instrumentation of Moneytrail takes its place; those of `http` and
   * `undici` are refused, because they also decide whose traces are continued.
   * @defaultValue none
   */
  readonly instrumentations?: readonly Instrumentation[] | undefined;
}

/** The names of the options. */
export const COMPONENT_NAMES: readonly (keyof ComponentOptions)[] = [
  'spanProcessors',
  'instrumentations',
];

/** Parts that a service has given. */
export interface Components {
  readonly spanProcessors: readonly SpanProcessor[];
  readonly instrumentations: readonly Instrumentation[];
}

/** The parts among the options. Throws `MONEYTRAIL_OPTION_INVALID` for what is not a list of them. */
export function readComponents({
  spanProcessors = [],
  instrumentations = [],
}: ComponentOptions): Components {
  return {
    spanProcessors: read('spanProcessors', spanProcessors, isProcessor, 'span processors'),
    instrumentations: read(
      'instrumentations',
      instrumentations,
      isInstrumentation,
      'instrumentations, without those of http and undici',
    ),
  };
}

function read<Part>(
  name: string,
  given: unknown,
  isPart: (value: unknown) => value is Part,
  expected: string,
): Part[] {
  const list = listOf(given);
  if (list?.every(isPart)) return [...list];
  const words = [name, shownValue(given), `a list of ${expected}`] as const;
  throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', ...words);
}

const OF_PROCESSORS = ['onStart', 'onEnd', 'forceFlush', 'shutdown'];

function isProcessor(value: unknown): value is SpanProcessor {
  return OF_PROCESSORS.every((name) => hasMethod(value, name));
}

const OF_INSTRUMENTATIONS = ['enable', 'disable', 'setTracerProvider', 'setMeterProvider'];

function isInstrumentation(value: unknown): value is Instrumentation {
  const name: unknown = Reflect.get(Object(value), 'instrumentationName');
  const isNamed = typeof name === 'string' && !/^@opentelemetry\/.*-(?:http|undici)$/.test(name);
  return isNamed && OF_INSTRUMENTATIONS.every((method) => hasMethod(value, method));
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof Reflect.get(Object(value), name) === 'function';
}
