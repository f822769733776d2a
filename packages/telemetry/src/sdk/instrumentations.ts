// The official instrumentations as a service gets them, and what is ours around them.
import { IncomingMessage, ServerResponse } from 'node:http';
import { context, type Span } from '@opentelemetry/api';
import {
  getNodeAutoInstrumentations,
  type InstrumentationConfigMap,
} from '@opentelemetry/auto-instrumentations-node';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { createPathMatcher } from '../config/ignored-paths.ts';
import type { OptionValues } from '../config/options.ts';
import type { Settings } from '../config/settings.ts';
import type { Scrape } from '../prometheus/scrape.ts';
import type { BoundedPropagator } from '../trust/bounded-propagator.ts';
import { GrpcBoundary } from '../trust/grpc.ts';
import { contextOfEvent } from '../trust/lambda.ts';
import { targetsOf, targetsOfUndici } from '../trust/targets.ts';
import { mergeConfigs } from './instrumentation-configs.ts';
import type { Neighbour } from './neighbours/neighbours.ts';
import { isOfTool } from './neighbours/tools.ts';
import { PoolContext } from './pool-context.ts';
import { watchFrameworks } from './requests/frameworks.ts';
import { Requests } from './requests/requests.ts';

const OFF = { enabled: false };

/** Lines get the ids of their trace. They are sent by `@moneytrail/logs`, which redacts them, or not at all. */
const LOGGERS: InstrumentationConfigMap = {
  '@opentelemetry/instrumentation-pino': { disableLogSending: true },
  '@opentelemetry/instrumentation-bunyan': { disableLogSending: true },
  '@opentelemetry/instrumentation-winston': { disableLogSending: true },
};

const nameOfCommand = (command: unknown): string => String(command).slice(0, 40);

/** They make many spans and explain no payment. `OTEL_NODE_ENABLED_INSTRUMENTATIONS` has the last word. */
const NOISE: InstrumentationConfigMap = {
  '@opentelemetry/instrumentation-dns': OFF,
  '@opentelemetry/instrumentation-fs': OFF,
  '@opentelemetry/instrumentation-net': OFF,
  '@opentelemetry/instrumentation-router': OFF,
  // Routes and errors of these are on the span of the request already.
  '@opentelemetry/instrumentation-hapi': OFF,
  '@opentelemetry/instrumentation-koa': OFF,
  '@opentelemetry/instrumentation-nestjs-core': OFF,
};

/** The instrumentations of OpenTelemetry without those that only add noise, those of the service, and what ours need around them. */
export function createInstrumentations(
  scrape: Scrape | undefined,
  propagator: BoundedPropagator,
  neighbour: Neighbour,
  { values, components, instrumentations }: Settings,
): Instrumentation[] {
  const requests = new Requests();
  const { added, disabled, configs } = components.instrumentations;
  const own = {
    ...(instrumentations.enabled.length > 0 ? {} : NOISE),
    ...LIBRARIES,
    '@opentelemetry/instrumentation-http': httpConfig(scrape, propagator, requests, values),
    ...boundaryConfigs(propagator),
  };
  const off = disabled.map((name) => [`@opentelemetry/instrumentation-${name}`, OFF]);
  const merged = mergeConfigs(mergeConfigs(own, configs), Object.fromEntries(off));
  const kept = keepNextTo(neighbour, getNodeAutoInstrumentations(merged), added);
  // Without wrappers that read and write the headers, nothing would take what the boundary announces.
  const hasGrpc = kept.some(({ instrumentationName }) => instrumentationName.endsWith('-grpc'));
  return [
    ...kept,
    ...added,
    new PoolContext(),
    watchFrameworks(requests, instrumentations),
    ...(hasGrpc ? [new GrpcBoundary(propagator)] : []),
  ];
}

/** How libraries are instrumented. */
const LIBRARIES: InstrumentationConfigMap = {
  // One span per request; the route is still found, the spans of middleware and handlers are not made.
  '@opentelemetry/instrumentation-express': { ignoreLayers: [() => true] },
  // A query is named by what it does to which table; waiting for a connection is not work of its own.
  '@opentelemetry/instrumentation-pg': {
    ignoreConnectSpans: true,
    requestHook: (span, { query }) => nameQuery(span, query.text),
  },
  // Of a command its name says enough: keys, fields and scripts hold sessions and addresses.
  '@opentelemetry/instrumentation-ioredis': { dbStatementSerializer: nameOfCommand },
  '@opentelemetry/instrumentation-redis': { dbStatementSerializer: nameOfCommand },
  ...LOGGERS,
};

/** Announces to the boundary where requests go, and where events come from. */
function boundaryConfigs(propagator: BoundedPropagator): InstrumentationConfigMap {
  return {
    '@opentelemetry/instrumentation-undici': {
      ignoreRequestHook: isOfTool,
      startSpanHook: (request) => {
        propagator.goingTo(targetsOfUndici(request));
        return {};
      },
    },
    '@opentelemetry/instrumentation-aws-lambda': {
      eventContextExtractor: contextOfEvent(propagator),
    },
    '@opentelemetry/instrumentation-aws-sdk': {
      preRequestHook: (_, { request }) => {
        // Whom a function belongs to is not known, and it does not continue what its context says.
        if (request.serviceName === 'Lambda' && request.commandName === 'Invoke') {
          propagator.goingTo(['']);
        }
      },
    },
  };
}

/** What makes metrics as well as spans. */
const MEASURING = /-(?:http|undici|runtime-node)$/;

/**
 * Next to the instrumentations of another SDK ours would take the place of theirs: a wrapper takes another one off. So those stay away that
 * make spans alone, and all of them where the spans of that SDK would be lost by it. One that the service has given takes the place of ours.
 */
function keepNextTo(
  neighbour: Neighbour,
  official: readonly Instrumentation[],
  given: readonly Instrumentation[],
): Instrumentation[] {
  const { traces, wrapsHttp, watchesFetch } = neighbour;
  const isAlone = traces === 'ours' || (traces !== 'theirs' && !wrapsHttp && !watchesFetch);
  const isMeasuring = (name: string): boolean =>
    MEASURING.test(name) && !(traces === 'theirs' && wrapsHttp && name.endsWith('http'));
  const isKept = ({ instrumentationName: name }: Instrumentation): boolean =>
    (isAlone || isMeasuring(name)) && !given.some((one) => one.instrumentationName === name);
  for (const one of official) if (!isKept(one)) one.disable();
  return official.filter(isKept);
}

function httpConfig(
  scrape: Scrape | undefined,
  propagator: BoundedPropagator,
  requests: Requests,
  { ignoreIncomingPaths }: OptionValues,
): InstrumentationConfigMap['@opentelemetry/instrumentation-http'] {
  const isIgnored = createPathMatcher(ignoreIncomingPaths);
  return {
    ignoreIncomingRequestHook: ({ socket, url }) =>
      isIgnored(url) || (scrape?.isOwn(socket) ?? false),
    // The requests of our own exporters, and those of other tools: no spans of them, and no metrics either.
    ignoreOutgoingRequestHook: (request) =>
      isTracingSuppressed(context.active()) || isOfTool(request),
    startIncomingSpanHook: (request) => {
      propagator.comingFrom(request);
      return {};
    },
    startOutgoingSpanHook: (request) => {
      propagator.goingTo(targetsOf(request));
      return {};
    },
    requestHook: (_, request) => {
      if (request instanceof IncomingMessage) requests.begin(request);
    },
    applyCustomAttributesOnSpan: (span, request, response) => {
      if (response instanceof ServerResponse) requests.end(request, span, response);
    },
  };
}

const VERB_AND_TABLE =
  /^\s*(?:(insert)\s+into|(update)|(delete)\s+from|(select)\s[^;]*?\sfrom)\s+"?([a-z_][\w.]*)/i;

/** Names the span of a query by verb and table, `INSERT payments`, instead of by verb and database. */
function nameQuery(span: Span, text: string): void {
  const [, insert, update, remove, select, table] = VERB_AND_TABLE.exec(text) ?? [];
  const verb = insert ?? update ?? remove ?? select;
  if (verb === undefined || table === undefined) return;
  const summary = `${verb.toUpperCase()} ${table}`;
  span.updateName(summary);
  span.setAttribute('db.query.summary', summary);
}
