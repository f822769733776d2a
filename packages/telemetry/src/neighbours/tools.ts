// Requests by which other tools in the process send what they have recorded. They are no work of the service, as those of our exporters.

/** Sentry's errors and reports, and what Datadog's tracer sends to its agent. */
const PATHS =
  /^(?:\/api\/\d{1,20}\/envelope\/?\?.*sentry_key=|\/v0\.\d\/(?:traces|config|stats)$|\/telemetry\/proxy\/|\/debugger\/v\d|\/profiling\/v\d\/input)/;

/** Whether a request that is about to be sent is one of another tool. */
export function isOfTool({ path }: { readonly path?: string | null | undefined }): boolean {
  return typeof path === 'string' && PATHS.test(path);
}
