/** What a service may meet where it is loaded: by which runtime, and in which form. */
export const LOAD_ERRORS = {
  MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE: {
    message: (): string =>
      'this bundle is an ES module without `require`, which the packages of the telemetry need: keep them outside of it (esbuild: --packages=external)',
    remedy:
      'Keep the packages outside of the bundle with `--packages=external`, or make a CommonJS bundle with `--format=cjs`. `docs/bundlers.md` has a recipe for each bundler.',
  },
  MONEYTRAIL_NODE_TOO_OLD: {
    message: (found: string, needed: string): string =>
      `this is Node.js ${found}, and the telemetry needs ${needed} or newer`,
    remedy:
      'Run the service with a newer Node.js (the LTS line 24 is a good choice), or start it without the import until then.',
  },
  MONEYTRAIL_PACKAGES_NOT_SEEN: {
    message: (reason: string): string => `traces may lack requests, routes and queries: ${reason}`,
    remedy:
      'This is a warning, not an error: the service goes on, and its facts, logs and requests are recorded. `docs/bundlers.md` and `docs/runtimes.md` say what is seen where. Silence it with `--disable-warning=MONEYTRAIL_PACKAGES_NOT_SEEN`.',
  },
} as const;
