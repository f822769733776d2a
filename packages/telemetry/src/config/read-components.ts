// Checks the components of OpenTelemetry that a service passes.
import { checkNames, invalidOption, listOf, PREFIX } from '@moneytrail/catalogue';
import type { Attributes, TextMapPropagator } from '@opentelemetry/api';
import type { InstrumentationConfigMap } from '@opentelemetry/auto-instrumentations-node';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { emptyResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { type IMetricReader, MeterProvider, type ViewOptions } from '@opentelemetry/sdk-metrics';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import type {
  ComponentOptions,
  Components,
  InstrumentationList,
  InstrumentationOptions,
} from './components.ts';
import { INSTRUMENTATION_NAMES, type InstrumentationName } from './variables/instrumentations.ts';

/** Checks the components among the options. Throws a `MoneytrailError` for what is not one. */
export function readComponents(
  options: ComponentOptions & { readonly serviceName?: string | undefined },
): Components {
  const { spanProcessors = [], logRecordProcessors = [], metricReaders = [] } = options;
  const { views = [], sampler, resource, propagators } = options;
  return {
    instrumentations: readInstrumentations(options.instrumentations ?? []),
    spanProcessors: list('spanProcessors', spanProcessors, isProcessor, 'span processors'),
    logRecordProcessors: list(
      'logRecordProcessors',
      logRecordProcessors,
      isLogProcessor,
      'log record processors',
    ),
    metricReaders: list('metricReaders', metricReaders, isReader, 'metric readers'),
    views: list('views', views, isView, VIEWS),
    sampler: sampler === undefined ? undefined : one('sampler', sampler, isSampler, 'a sampler'),
    resource: resource === undefined ? undefined : readResource(resource, options.serviceName),
    propagators: propagators && list('propagators', propagators, isPropagator, 'propagators'),
  };
}

const ADDED = 'instrumentations, without those of http and undici';

function readInstrumentations(
  given: InstrumentationList | InstrumentationOptions,
): Components['instrumentations'] {
  const { add = [], disable = [], configure = {} } = optionsOf(given);
  const added = listOf(add)?.flat();
  return {
    added: list('instrumentations', added ?? add, isInstrumentation, ADDED),
    disabled: list('instrumentations.disable', disable, isShortName, 'names such as redis'),
    configs: readConfigs(configure),
  };
}

function optionsOf(given: InstrumentationList | InstrumentationOptions): InstrumentationOptions {
  if (isList(given)) return { add: given };
  if (typeof given !== 'object' || given === null)
    throw invalidOption('instrumentations', given, ADDED);
  checkNames('instrumentations', given, ['add', 'disable', 'configure']);
  return given;
}

function isList(given: InstrumentationList | InstrumentationOptions): given is InstrumentationList {
  return Array.isArray(given);
}

const PACKAGE = '@opentelemetry/instrumentation-';

/** It decides whose traces an event of AWS Lambda continues. */
const FIXED = 'eventContextExtractor';

function readConfigs(given: InstrumentationConfigMap): InstrumentationConfigMap {
  const name = 'instrumentations.configure';
  if (!isObject(given)) throw invalidOption(name, given, 'configurations by package');
  for (const [key, config] of Object.entries(given)) {
    const isKnown = key.startsWith(PACKAGE) && isShortName(key.slice(PACKAGE.length));
    const expected = `keyed by packages such as ${PACKAGE}pg`;
    if (!isKnown) throw invalidOption(name, key, expected);
    if (!isObject(config)) throw invalidOption(`${name}[${key}]`, config, 'an object');
    if (FIXED in config) throw invalidOption(`${name}[${key}]`, FIXED, `without ${FIXED}`);
  }
  return given;
}

function isShortName(value: unknown): value is InstrumentationName {
  return typeof value === 'string' && INSTRUMENTATION_NAMES.includes(value);
}

/** The name of the service that the code passes wins over that in the resource. */
function readResource(given: Resource | Attributes, serviceName: string | undefined): Resource {
  const resource = resourceOf(given);
  if (serviceName === undefined) return resource;
  return resource.merge(resourceFromAttributes({ 'service.name': serviceName }));
}

function resourceOf(given: Resource | Attributes): Resource {
  const expected = 'a resource or attributes of texts, numbers, booleans and lists of them';
  if (!isObject(given)) throw invalidOption('resource', given, expected);
  // One of an older SDK has other methods.
  if (isResource(given)) return emptyResource().merge(given);
  const attributes: object = hasMethod(given, 'merge') ? Object(given['attributes']) : given;
  const wrong = Object.entries(attributes).find(([key, value]) => key === '' || !isValue(value));
  if (wrong !== undefined) throw invalidOption(`resource[${wrong[0]}]`, wrong[1], expected);
  return resourceFromAttributes({ ...attributes });
}

function isResource(given: Resource | Attributes): given is Resource {
  return hasMethod(given, 'merge') && hasMethod(given, 'getRawAttributes');
}

function isValue(value: unknown): boolean {
  const isPrimitive = (one: unknown): boolean =>
    ['string', 'number', 'boolean'].includes(typeof one) || one === undefined || one === null;
  return listOf(value)?.every(isPrimitive) ?? isPrimitive(value);
}

function list<Component>(
  name: string,
  given: unknown,
  isComponent: (value: unknown) => value is Component,
  expected: string,
): Component[] {
  const members = listOf(given);
  if (members?.every(isComponent)) return [...members];
  throw invalidOption(name, given, `a list of ${expected}`);
}

function one<Component>(
  name: string,
  given: unknown,
  isComponent: (value: unknown) => value is Component,
  expected: string,
): Component {
  if (isComponent(given)) return given;
  throw invalidOption(name, given, expected);
}

function isProcessor(value: unknown): value is SpanProcessor {
  return hasMethods(value, ['onStart', 'onEnd', 'forceFlush', 'shutdown']);
}

function isLogProcessor(value: unknown): value is LogRecordProcessor {
  return hasMethods(value, ['onEmit', 'forceFlush', 'shutdown']);
}

function isReader(value: unknown): value is IMetricReader {
  const methods = ['setMetricProducer', 'selectAggregation', 'selectAggregationTemporality'];
  return hasMethods(value, [...methods, 'collect', 'forceFlush', 'shutdown']);
}

function isSampler(value: unknown): value is Sampler {
  return hasMethods(value, ['shouldSample', 'toString']);
}

function isPropagator(value: unknown): value is TextMapPropagator {
  return hasMethods(value, ['inject', 'extract', 'fields']);
}

function isInstrumentation(value: unknown): value is Instrumentation {
  const name: unknown = Reflect.get(Object(value), 'instrumentationName');
  const isNamed = typeof name === 'string' && !/^@opentelemetry\/.*-(?:http|undici)$/.test(name);
  return (
    isNamed && hasMethods(value, ['enable', 'disable', 'setTracerProvider', 'setMeterProvider'])
  );
}

const VIEWS = `views that OpenTelemetry accepts, without those that select series of Moneytrail (${PREFIX}*)`;

/** The scope of the series of every catalogue. */
const RECORDER = '@moneytrail/metrics';

function isView(value: unknown): value is ViewOptions {
  if (!isObject(value)) return false;
  const { instrumentName, meterName, attributesProcessors = [] } = value;
  const isOfCatalogue = String(instrumentName).startsWith(PREFIX) || meterName === RECORDER;
  const areProcessors = listOf(attributesProcessors)?.every((one) => hasMethod(one, 'process'));
  if (isOfCatalogue || !areProcessors) return false;
  try {
    new MeterProvider({ views: [value] });
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  return names.every((name) => hasMethod(value, name));
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof Reflect.get(Object(value), name) === 'function';
}
