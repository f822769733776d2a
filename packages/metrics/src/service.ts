const UNKNOWN = 'unknown_service';

/** The name that the service was given, by its telemetry or by the environment. */
let known: string | undefined;

/** Name of the service in the ids of its own objects. */
export function serviceName(): string {
  known ??= fromEnvironment();
  return known;
}

/**
 * Says what the service is called, for the ids of facts about its own objects. `@moneytrail/telemetry` does it at its start; without
 * it, `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say it.
 *
 * @example
 * ```ts
 * import { setServiceName } from '@moneytrail/metrics';
 * setServiceName('checkout');
 * ```
 */
export function setServiceName(name: string): void {
  known = name;
}

function fromEnvironment(): string {
  const { OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES: attributes = '' } = process.env;
  const [, inAttributes] = /(?:^|,)\s*service\.name\s*=\s*([^,]+)/.exec(attributes) ?? [];
  return name || inAttributes?.trim() || UNKNOWN;
}
