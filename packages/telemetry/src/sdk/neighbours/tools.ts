// Requests by which other tools in the process send what they have recorded. Like those of our exporters, they are not work of the service.

/** Sentry's errors and reports; what Datadog's tracer sends to its agent; what the agents of Elastic and New Relic send. */
const PATHS = [
  /^\/api\/\d{1,20}\/envelope\/?\?.*sentry_key=/,
  /^\/v0\.[3-7]\/traces$|^\/v0\.6\/stats$|^\/v0\.7\/config$|^\/telemetry\/proxy\/api\/v2\/apmtelemetry$/,
  /^\/intake\/v2\/events(?:\?|$)|^\/config\/v1\/agents\?|^\/agent_listener\/invoke_raw_method(?:\?|$)/,
  /^\/dogstatsd\/v2\/proxy$|^\/debugger\/v1\/|^\/profiling\/v1\/input$|^\/evp_proxy\/v\d\//,
];

/** Whether a request that is about to be sent is one of another tool. */
export function isOfTool({ path }: { readonly path?: string | null | undefined }): boolean {
  return typeof path === 'string' && PATHS.some((pattern) => pattern.test(path));
}
