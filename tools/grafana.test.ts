import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { SERVICES, serviceOf } from './compose.ts';
import { filesOf, read } from './repository.ts';

interface Query {
  readonly query: string;
}

interface DataSource {
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly jsonData: {
    readonly alertmanagerUid?: string;
    readonly prometheusVersion?: string;
    readonly exemplarTraceIdDestinations?: readonly { name: string; datasourceUid: string }[];
    readonly derivedFields?: readonly Record<string, string>[];
    readonly tracesToLogsV2?: Record<string, unknown> & Query;
    readonly tracesToMetrics?: {
      readonly datasourceUid: string;
      readonly queries: readonly Query[];
    };
  };
}

const PROVISIONING = 'deploy/grafana/provisioning';
const SOURCES_TEXT = read(`${PROVISIONING}/datasources/moneytrail.yaml`);
const { datasources }: { datasources: readonly DataSource[] } = parse(SOURCES_TEXT);
const SOURCES = new Map(datasources.map((source) => [source.uid, source]));
const { components } = JSON.parse(read('dev/stack/components.json'));

/** All references to data sources in a document. */
function referencesIn(value: unknown): string[] {
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (/^(datasourceUid|alertmanagerUid)$/.test(key)) return [String(inner)];
    if (key === 'datasource' && inner instanceof Object) return [String(Reflect.get(inner, 'uid'))];
    return referencesIn(inner);
  });
}

describe('the data sources of Grafana', () => {
  it('have unique uids and reference only each other', () => {
    expect(SOURCES.size).toBe(datasources.length);
    const unknown = referencesIn(datasources).filter((uid) => !SOURCES.has(uid));
    expect(unknown).toEqual([]);
  });

  it.each(datasources)('$uid is a service of the compose file', ({ url }) => {
    expect([...SERVICES.keys()]).toContain(new URL(url).hostname);
  });

  it('have the version of Prometheus', () => {
    const { prometheusVersion } = SOURCES.get('prometheus')?.jsonData ?? {};
    expect(prometheusVersion).toBe(components.prometheus.version);
  });

  it('have no dollar sign that Grafana would expand as a variable', () => {
    const code = SOURCES_TEXT.replace(/^\s*#.*$/gm, '');
    expect(code.replaceAll('$$', '')).not.toContain('$');
  });
});

describe('Grafana links', () => {
  it('from a metric to the trace of its exemplar', () => {
    expect(SOURCES.get('prometheus')?.jsonData.exemplarTraceIdDestinations).toEqual([
      expect.objectContaining({ name: 'trace_id', datasourceUid: 'jaeger' }),
    ]);
    expect(serviceOf('prometheus').command).toContain('--enable-feature=exemplar-storage');
  });

  it('from a log line to its trace, by the label', () => {
    expect(SOURCES.get('loki')?.jsonData.derivedFields).toEqual([
      expect.objectContaining({
        matcherType: 'label',
        matcherRegex: 'trace_id',
        datasourceUid: 'jaeger',
      }),
    ]);
  });

  it('from a trace to its log lines, without a tag that Jaeger does not have', () => {
    expect(SOURCES.get('jaeger')?.jsonData.tracesToLogsV2).toMatchObject({
      datasourceUid: 'loki',
      customQuery: true,
      query: expect.not.stringContaining('__tags'),
    });
  });

  it('from a trace to metrics that the Collector creates', () => {
    const { tracesToMetrics } = SOURCES.get('jaeger')?.jsonData ?? {};
    expect(tracesToMetrics?.datasourceUid).toBe('prometheus');
    const made = /traces_span_metrics_(calls_total|duration_seconds)\{\$\$__tags/;
    expect(tracesToMetrics?.queries).toContainEqual({
      name: expect.any(String),
      query: expect.stringMatching(made),
    });
    expect(tracesToMetrics?.queries.filter(({ query }) => !made.test(query))).toEqual([]);
  });

  it('from Prometheus to the alerts', () => {
    expect(SOURCES.get('prometheus')?.jsonData.alertmanagerUid).toBe('alertmanager');
  });
});

describe('the dashboards', () => {
  const { providers } = parse(read(`${PROVISIONING}/dashboards/moneytrail.yaml`));

  it('are in the folder of the provider', () => {
    const mount = serviceOf('grafana').volumes?.find(
      ({ target }) => target === providers[0].options.path,
    );
    expect(mount?.source).toBe('./deploy/generated/dashboards');
    expect(filesOf('deploy/generated/dashboards/*.json').length).toBeGreaterThan(0);
  });

  it.each(filesOf('deploy/generated/dashboards/*.json'))('%s uses these data sources', (path) => {
    const builtIn = /^(\$\{?\w+\}?|-- .+ --|grafana)$/;
    const asked = referencesIn(JSON.parse(read(path))).filter((uid) => !builtIn.test(uid));
    expect(asked.filter((uid) => !SOURCES.has(uid))).toEqual([]);
  });
});
