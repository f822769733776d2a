// The variables that switch instrumentations on and off, and the names that they know.
import type { InstrumentationConfigMap } from '@opentelemetry/auto-instrumentations-node';
import type { DefaultedOption, Setting } from '../options.ts';
import * as rules from '../rules.ts';

/** Short name of an instrumentation of OpenTelemetry. */
type OfficialName =
  keyof InstrumentationConfigMap extends `@opentelemetry/instrumentation-${infer Short}`
    ? Short
    : never;

/** Every instrumentation, by the name that the variables know it by. One that is missing does not compile. */
const NAMES: Readonly<Record<OfficialName, true>> = {
  amqplib: true,
  'aws-lambda': true,
  'aws-sdk': true,
  bunyan: true,
  'cassandra-driver': true,
  connect: true,
  cucumber: true,
  dataloader: true,
  dns: true,
  express: true,
  fs: true,
  'generic-pool': true,
  graphql: true,
  grpc: true,
  hapi: true,
  'host-metrics': true,
  http: true,
  ioredis: true,
  kafkajs: true,
  knex: true,
  koa: true,
  'lru-memoizer': true,
  memcached: true,
  mongodb: true,
  mongoose: true,
  mysql2: true,
  mysql: true,
  'nestjs-core': true,
  net: true,
  openai: true,
  oracledb: true,
  pg: true,
  pino: true,
  redis: true,
  restify: true,
  router: true,
  'runtime-node': true,
  'socket.io': true,
  tedious: true,
  undici: true,
  winston: true,
};

/** Frameworks that only we have something for, in `requests/`. */
const OWN_NAMES = ['fastify', 'hono'] as const;

/** Short name of an instrumentation. */
export type InstrumentationName = OfficialName | (typeof OWN_NAMES)[number];

/** The names of all instrumentations. */
export const INSTRUMENTATION_NAMES: readonly string[] = [...Object.keys(NAMES), ...OWN_NAMES];

/** Instrumentations that are on, all others being off. */
export const ENABLED_INSTRUMENTATIONS: DefaultedOption<readonly string[]> = {
  rule: rules.names,
  fallback: [],
  variable: 'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
  help: 'The instrumentations that are on, such as `http,pg`; all others are off.',
};

/** Instrumentations that are off. */
export const DISABLED_INSTRUMENTATIONS: DefaultedOption<readonly string[]> = {
  rule: rules.names,
  fallback: [],
  variable: 'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
  help: 'Instrumentations that are off, such as `redis,ioredis`.',
};

/** All of them. */
export const INSTRUMENTATION_VARIABLES: readonly Setting[] = [
  ENABLED_INSTRUMENTATIONS,
  DISABLED_INSTRUMENTATIONS,
  {
    rule: rules.boolean,
    variable: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    help: 'With `true`, the instrumentation of `openai` records what was asked and answered.',
  },
];
