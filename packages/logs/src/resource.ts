/** Name and version of the service in log lines. */
/** Environment variables, such as `process.env`. */
export type Environment = { readonly [name: string]: string | undefined };

/** The fields of a log line that name the service. */
export interface ResourceFields {
  readonly 'service.name'?: string;
  readonly 'service.version'?: string;
}

/** Service name and version: from the options, else from `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`, else absent. */
export function resourceFields(
  given: { readonly serviceName?: string; readonly serviceVersion?: string },
  environment: Environment,
): ResourceFields {
  const attributes = attributesOf(environment['OTEL_RESOURCE_ATTRIBUTES'] ?? '');
  const name =
    given.serviceName ?? (environment['OTEL_SERVICE_NAME'] || attributes.get('service.name'));
  const version = given.serviceVersion ?? attributes.get('service.version');
  return {
    ...(name ? { 'service.name': name } : {}),
    ...(version ? { 'service.version': version } : {}),
  };
}

function attributesOf(list: string): Map<string, string> {
  return new Map(
    list.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0
        ? [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())] as const]
        : [];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: keep the text unchanged.
    return text;
  }
}
