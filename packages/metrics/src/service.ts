const UNKNOWN = 'unknown_service';

/** The name that the environment gives the service. */
export function nameFromEnvironment(): string {
  const { OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES: attributes = '' } = process.env;
  const [, inAttributes] = /(?:^|,)\s*service\.name\s*=\s*([^,]+)/.exec(attributes) ?? [];
  return name || inAttributes?.trim() || UNKNOWN;
}
