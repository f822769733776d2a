/** The help of the command line. */
export const USAGE = `moneytrail: telemetry of payments, on the command line

  moneytrail catalogue check --catalogue FILE
                                          checks the catalogues that a file exports
  moneytrail catalogue docs --catalogue FILE
                                          prints their events, metrics, lifecycles and attributes as Markdown

  moneytrail collector lint FILE          finds settings that lose data, leak it, or prevent the start
    --prometheus FILE  --loki FILE  --jaeger FILE
                                          the configurations of the backends, which must accept late data
    --for VERSION                         the version of the Collector (default: the newest known)
    --outage DURATION                     the longest outage that must not lose data (default: 6h)
    --env                                 substitute variables of this shell, to check the strength of secrets
    --json                                prints JSON

  moneytrail collector print --profile NAME
                                          prints a configuration: dev, single, ...
    --for VERSION                         with the ids of this version of the Collector
    --catalogue FILE                      does not search the closed attributes of these catalogues for secrets

FILE may be - for standard input. The file of lint may contain configurations: a ConfigMap, an OpenTelemetryCollector,
Helm values, a Compose file.
Exit codes: 0 no findings, 1 findings, 2 wrong use or an unreadable file.
Findings are explained in docs/collector-lint.md; a comment allows one: # moneytrail: allow CODE
`;
