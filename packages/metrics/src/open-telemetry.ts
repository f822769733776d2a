// Where events go and which context they are in, whatever version of OpenTelemetry's API has registered it.
import { ownLoggers } from '@moneytrail/catalogue';
import { type Context, type LoggerProvider, logs, ROOT_CONTEXT } from '@opentelemetry/api';

/** Under this key all copies of `@opentelemetry/api` 1.x keep what is registered. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** Before 1.10 the logs had an API of their own: under this key there is a function of its version. */
const OLD_LOGS = Symbol.for('io.opentelemetry.js.api.logs');
const OLD_LOGS_VERSION = 1;

const own = ownLoggers<LoggerProvider>();

/** The logger provider of our telemetry for events, or else of whoever has registered one. */
export function loggerProvider(): LoggerProvider {
  return own.events ?? oldLogs() ?? logs.getLoggerProvider();
}

function oldLogs(): LoggerProvider | undefined {
  const find: unknown = Reflect.get(globalThis, OLD_LOGS);
  return typeof find === 'function' ? find(OLD_LOGS_VERSION) : undefined;
}

/** The context that is active. `@opentelemetry/api` itself does not read the context of a manager that an older copy has registered. */
export function activeContext(): Context {
  const registry: { context?: { active(): Context } } | undefined = Reflect.get(
    globalThis,
    REGISTRY,
  );
  return registry?.context?.active() ?? ROOT_CONTEXT;
}
