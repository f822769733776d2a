/** The logger provider and the active context of OpenTelemetry, registered by any version of its API. */
import { ownLoggers } from '@moneytrail/catalogue';
import { type Context, type LoggerProvider, logs, ROOT_CONTEXT } from '@opentelemetry/api';

/** The key under which all copies of `@opentelemetry/api` 1.x register. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** The key of the separate API of logs before 1.10. Its value is a function of the version. */
const OLD_LOGS = Symbol.for('io.opentelemetry.js.api.logs');
const OLD_LOGS_VERSION = 1;

const own = ownLoggers<LoggerProvider>();

/** The logger provider for events of our telemetry, else the registered one. */
export function loggerProvider(): LoggerProvider {
  return own.events ?? oldLogs() ?? logs.getLoggerProvider();
}

/** The active context. `@opentelemetry/api` itself does not read the context of a manager that an older copy registered. */
export function activeContext(): Context {
  const registry: { context?: { active(): Context } } | undefined = Reflect.get(
    globalThis,
    REGISTRY,
  );
  return registry?.context?.active() ?? ROOT_CONTEXT;
}

function oldLogs(): LoggerProvider | undefined {
  const find: unknown = Reflect.get(globalThis, OLD_LOGS);
  return typeof find === 'function' ? find(OLD_LOGS_VERSION) : undefined;
}
