/** The name of the service. */

const UNKNOWN = 'unknown_service';

/** The name of the service in the environment. */
export function nameFromEnvironment(): string {
  const { OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES: attributes = '' } = process.env;
  const [, inAttributes] = /(?:^|,)\s*service\.name\s*=\s*([^,]+)/.exec(attributes) ?? [];
  return name || inAttributes?.trim() || UNKNOWN;
}
