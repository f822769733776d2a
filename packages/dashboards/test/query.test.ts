/** Tests of queries in panels. */
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '@moneytrail/catalogue';
import {
  dashboard,
  eventLines,
  linesByLevel,
  linesOf,
  logLines,
  logsLink,
  maskedLines,
  type PanelQuery,
  stat,
  tracesLink,
} from '@moneytrail/dashboards';
import {
  EXTERNAL_METRICS,
  latest,
  measurementsOf,
  metric,
  type Query,
  quantile,
  rate,
  ratio,
  sumOf,
  total,
} from '@moneytrail/promql';

/** A variable as an address contains it. */
const reference = (name: string): string => `\${${name}}`;
const HERE = 'service_name=~"$service", deployment_environment_name=~"$environment"';
const captured = metric(CATALOGUE, 'payment.volume');
const disputes = metric(CATALOGUE, 'disputes');
const duration = metric(EXTERNAL_METRICS, 'traces.span.metrics.duration');
const responses = metric(EXTERNAL_METRICS, 'http.server.request.duration');
const pending = metric(CATALOGUE, 'payout.pending');

/** The expression and the unit of a panel with one query, as Grafana reads them. */
function inPanel(query: PanelQuery): unknown[] {
  const texts = { title: 'One', description: 'One query.', width: 6, noValue: 'None' };
  const row = ['Row', [stat('one', { ...texts, targets: [['', query]] })]] as const;
  const options = { uid: 'moneytrail-test', title: 'Test', description: 'A board.' } as const;
  const json = dashboard({ ...options, services: 'all', rows: [row] });
  const panel = JSON.parse(JSON.stringify(json.panels?.[1]));
  return [panel.targets[0].expr, panel.fieldConfig.defaults.unit];
}

describe('a query of Prometheus in a panel', () => {
  it.each<readonly [claim: string, query: Query, expr: string, unit: string]>([
    [
      'has the filters of the board and the interval of the chart',
      rate(disputes),
      `sum(rate(moneytrail_disputes_total{${HERE}}[$__rate_interval]))`,
      'cps',
    ],
    [
      'is filtered by the currency when it is about money, and shows amounts in full',
      rate(captured, { per: 'hour', by: ['money.currency'] }),
      `3600 * sum by (money_currency) (rate(moneytrail_payment_volume_total{money_currency=~"$currency", ${HERE}}[$__rate_interval]))`,
      'locale',
    ],
    [
      'has its own conditions after the choices',
      latest(metric(CATALOGUE, 'health.check.state'), {
        by: ['health.check'],
        where: {
          'health.kind': 'readiness',
          'health.status': ['degraded', 'unhealthy'],
          'health.check': /^db/,
        },
      }),
      `sum by (health_check) (moneytrail_health_check_state{${HERE}, health_kind="readiness", health_status=~"degraded|unhealthy", health_check=~"^db"})`,
      'short',
    ],
    [
      'covers the time range of the board where it is about a period',
      quantile(0.5, duration, { where: { 'span.kind': 'SPAN_KIND_SERVER' }, over: 'period' }),
      `histogram_quantile(0.5, sum(rate(traces_span_metrics_duration_seconds{${HERE}, span_kind="SPAN_KIND_SERVER"}[$__range])))`,
      's',
    ],
    [
      'is filtered in every part',
      ratio(latest(pending), latest(pending)),
      `(sum(moneytrail_payout_pending{${HERE}}) or 0 * sum(moneytrail_payout_pending{${HERE}})) / (sum(moneytrail_payout_pending{${HERE}}) > 0)`,
      'percentunit',
    ],
    [
      'of seconds per second is a share',
      rate(sumOf(metric(EXTERNAL_METRICS, 'v8js.gc.duration'))),
      `sum(rate(v8js_gc_duration_seconds_sum{${HERE}}[$__rate_interval]))`,
      'percentunit',
    ],
    [
      'of counts per minute has their unit',
      rate(measurementsOf(responses), { per: 'minute' }),
      `60 * sum(rate(http_server_request_duration_seconds_count{${HERE}}[$__rate_interval]))`,
      'cpm',
    ],
    [
      'of counts per hour has a plain number, because Grafana has no unit for it',
      rate(disputes, { per: 'hour' }),
      `3600 * sum(rate(moneytrail_disputes_total{${HERE}}[$__rate_interval]))`,
      'short',
    ],
    [
      'of bytes',
      latest(metric(EXTERNAL_METRICS, 'v8js.memory.heap.used')),
      `sum(v8js_memory_heap_used_bytes{${HERE}})`,
      'bytes',
    ],
    [
      'of a scraped metric is not filtered by service',
      latest(metric(EXTERNAL_METRICS, 'otelcol_exporter_queue_size'), { by: ['exporter'] }),
      'sum by (exporter) (otelcol_exporter_queue_size{})',
      'short',
    ],
  ])('%s', (_, query, expr, unit) => {
    expect(inPanel(query)).toEqual([expr, unit]);
  });

  it('adds up a total exactly, over the time range of the board', () => {
    const series = `moneytrail_disputes_total{${HERE}}`;
    const last = `last_over_time(${series}[$__range])`;
    const exact = `(${last} - (${series} offset $__range or 0 * ${last}))`;
    expect(inPanel(total(disputes))).toEqual([
      `sum((${exact} and resets(${series}[$__range]) == 0) or increase(${series}[$__range]))`,
      'short',
    ]);
  });
});

describe('a query of Loki', () => {
  it.each([
    [
      'for events names their families',
      eventLines(CATALOGUE, ['refund', 'dispute']),
      `{${HERE}, event_name=~"moneytrail\\\\.(refund|dispute)(\\\\..+)?"}`,
    ],
    [
      'for events of another catalogue has its prefix',
      eventLines({ prefix: 'shop.' }, ['order']),
      `{${HERE}, event_name=~"shop\\\\.(order)(\\\\..+)?"}`,
    ],
    [
      'for money events is filtered by the chosen currencies',
      eventLines(CATALOGUE, ['payout'], 'of the chosen currencies'),
      `{${HERE}, event_name=~"moneytrail\\\\.(payout)(\\\\..+)?"} | money_currency=~"$currency"`,
    ],
    [
      'for log lines names their levels',
      logLines(['warn', 'error']),
      `{${HERE}} | detected_level=~"warn|error"`,
    ],
    [
      'for the number of lines with a secret has the interval of the chart',
      linesOf(maskedLines()),
      `sum(count_over_time({${HERE}} | redaction_masked_count=~".+" or redaction_body_masked_count=~".+" [$__auto]))`,
    ],
    [
      'for the number of lines has the interval of the chart',
      linesByLevel(),
      `sum by (detected_level) (count_over_time({${HERE}}[$__auto]))`,
    ],
  ])('%s', (_, query, expr) => {
    expect(inPanel(query)).toEqual([expr, 'short']);
  });
});

describe('a link', () => {
  it('to logs has the choices of the board in a form that needs no escaping', () => {
    const { url } = logsLink('Lines', logLines(['error']));
    expect(url).toContain(reference('service:pipe'));
    expect(decodeURIComponent(url)).toContain(`\\"${reference('environment:pipe')}\\"`);
    expect(url).toContain(reference('loki_datasource'));
  });

  it('to traces has the service and the tags', () => {
    const { url } = tracesLink('Failed', { error: 'true' });
    expect(decodeURIComponent(url)).toContain(
      `"service":"${reference('service')}","tags":"error=true"`,
    );
    expect(url).toContain(reference('jaeger_datasource'));
  });
});

describe('the compiler', () => {
  it('checks queries against our catalogue', () => {
    const refused = [
      // @ts-expect-error -- not in the catalogue
      () => metric(CATALOGUE, 'payment.volum'),
      // @ts-expect-error -- the metric has no such attribute
      () => rate(disputes, { by: ['payment.provider'] }),
      // @ts-expect-error -- not one of the closed values
      () => rate(disputes, { where: { 'dispute.stage': 'open' } }),
      // @ts-expect-error -- money without its currency
      () => rate(captured),
    ];
    expect(refused).toHaveLength(4);
  });
});
