/** The help. */
export const USAGE = `moneytrail: what watches your money, from the command line

  moneytrail catalogue check --catalogue FILE
                                          checks the catalogues that a file of a service exports
  moneytrail catalogue docs --catalogue FILE
                                          prints their events, metrics, lifecycles and attributes as Markdown

  moneytrail collector lint FILE          finds what loses data, leaks, or does not start
    --prometheus FILE  --loki FILE  --jaeger FILE
                                          the configurations of the backends, which must take what comes late
    --for VERSION                         the Collector that reads it (default: the newest known)
    --outage DURATION                     the longest outage that must lose nothing (default: 6h)
    --env                                 put in this shell's variables, to see whether secrets are strong enough
    --json                                findings for programs

  moneytrail collector print --profile NAME
                                          prints a configuration: dev, single, ...
    --for VERSION                         with the ids that this Collector knows
    --catalogue FILE                      does not search the closed attributes of these catalogues for secrets

FILE may be - for standard input, and the file of lint may hold configurations inside: a ConfigMap, an OpenTelemetryCollector,
Helm values, a Compose file.
Exit codes: 0 nothing found, 1 something found, 2 wrong use or a file that cannot be read.
Findings are explained in docs/collector-lint.md; a comment allows one: # moneytrail: allow CODE
`;
