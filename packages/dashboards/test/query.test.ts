import { describe, expect, it } from '@jest/globals';
import {
  age,
  current,
  eventLines,
  highest,
  linesByLevel,
  linesOf,
  logLines,
  logsLink,
  maskedLines,
  measurementsOf,
  metric,
  net,
  orZero,
  outsideMetric,
  quantile,
  rate,
  ratio,
  something,
  sumOf,
  total,
  tracesLink,
} from '@moneytrail/dashboards';

/** A variable as it stands in an address. */
const reference = (name: string): string => `\${${name}}`;
const HERE = 'service_name=~"$service", deployment_environment_name=~"$environment"';
const captured = metric('payment.volume');
const disputes = metric('disputes');
const duration = outsideMetric('traces.span.metrics.duration');
const answers = outsideMetric('http.server.request.duration');
const pending = metric('payout.pending');

describe('a query', () => {
  it.each([
    [
      'of a rate has the filters of the board and the interval of the chart',
      rate('second', disputes, []),
      `sum(rate(moneytrail_disputes_total{${HERE}}[$__rate_interval]))`,
      'cps',
    ],
    [
      'of money is split by its currency and has no unit of its own',
      rate('hour', captured, ['money.currency']),
      `3600 * sum by (money_currency) (rate(moneytrail_payment_volume_total{money_currency=~"$currency", ${HERE}}[$__rate_interval]))`,
      'locale',
    ],
    [
      'has conditions after the choices: a value, several and a pattern',
      current(metric('health.check.state'), ['health.check'], {
        'health.kind': 'readiness',
        'health.status': ['degraded', 'unhealthy'],
        'health.check': /^db/,
      }),
      `sum by (health_check) (moneytrail_health_check_state{${HERE}, health_kind="readiness", health_status=~"degraded|unhealthy", health_check=~"^db"})`,
      'short',
    ],
    [
      'of a quantile adds up the buckets of a classic histogram',
      quantile(0.95, answers, ['http.route'], {}),
      `histogram_quantile(0.95, sum by (http_route, le) (rate(http_server_request_duration_seconds_bucket{${HERE}}[$__rate_interval])))`,
      's',
    ],
    [
      'of a quantile of a native histogram has no buckets to add up',
      quantile(0.5, duration, [], { 'span.kind': 'SPAN_KIND_SERVER' }, '$__range'),
      `histogram_quantile(0.5, sum(rate(traces_span_metrics_duration_seconds{${HERE}, span_kind="SPAN_KIND_SERVER"}[$__range])))`,
      's',
    ],
    [
      'of a share is zero, not nothing, while only the part is missing',
      ratio(current(pending, []), current(pending, [])),
      `(sum(moneytrail_payout_pending{${HERE}}) or 0 * sum(moneytrail_payout_pending{${HERE}})) / (sum(moneytrail_payout_pending{${HERE}}) > 0)`,
      'percentunit',
    ],
    [
      'of what is told only when it happens is zero while its witness reports',
      orZero(current(pending, []), highest(pending, [])),
      `sum(moneytrail_payout_pending{${HERE}}) or 0 * max(moneytrail_payout_pending{${HERE}})`,
      'short',
    ],
    [
      'of what is left takes off what came back, and knows either where the other is missing',
      net(current(pending, []), highest(pending, [])),
      `(sum(moneytrail_payout_pending{${HERE}}) or 0 * max(moneytrail_payout_pending{${HERE}})) - (max(moneytrail_payout_pending{${HERE}}) or 0 * sum(moneytrail_payout_pending{${HERE}})) != 0`,
      'short',
    ],
    [
      'of something leaves zeros out',
      something(current(pending, [])),
      `sum(moneytrail_payout_pending{${HERE}}) > 0`,
      'short',
    ],
    [
      'of an age counts from the newest',
      age(metric('job.last_success.timestamp'), ['job.name']),
      `time() - max by (job_name) (moneytrail_job_last_success_timestamp_seconds{${HERE}})`,
      's',
    ],
    [
      'of seconds a second is a share of the time',
      rate('second', sumOf(outsideMetric('v8js.gc.duration')), []),
      `sum(rate(v8js_gc_duration_seconds_sum{${HERE}}[$__rate_interval]))`,
      'percentunit',
    ],
    [
      'of the measurements of a histogram counts them',
      rate('minute', measurementsOf(answers), []),
      `60 * sum(rate(http_server_request_duration_seconds_count{${HERE}}[$__rate_interval]))`,
      'cpm',
    ],
    [
      'of what Prometheus fetches from the Collector has no service',
      current(outsideMetric('otelcol_exporter_queue_size'), ['exporter']),
      'sum by (exporter) (otelcol_exporter_queue_size{})',
      'short',
    ],
    [
      'of events names their families',
      eventLines(['refund', 'dispute']),
      `{${HERE}, event_name=~"moneytrail\\\\.(refund|dispute)(\\\\..+)?"}`,
      'short',
    ],
    [
      'of money events keeps to the chosen currencies',
      eventLines(['payout'], 'of the chosen currencies'),
      `{${HERE}, event_name=~"moneytrail\\\\.(payout)(\\\\..+)?"} | money_currency=~"$currency"`,
      'short',
    ],
    [
      'of log lines names their levels',
      logLines(['warn', 'error']),
      `{${HERE}} | detected_level=~"warn|error"`,
      'short',
    ],
    [
      'of lines with a secret is counted by the interval of the chart',
      linesOf(maskedLines()),
      `sum(count_over_time({${HERE}} | redaction_masked_count=~".+" or redaction_body_masked_count=~".+" [$__auto]))`,
      'short',
    ],
    [
      'of the number of lines has the interval of the chart',
      linesByLevel(),
      `sum by (detected_level) (count_over_time({${HERE}}[$__auto]))`,
      'short',
    ],
  ])('%s', (_, query, expr, unit) => {
    expect([query.expr, query.unit]).toEqual([expr, unit]);
  });

  it('of a total reads what a series was born with, and falls back on a guess where it was reset', () => {
    const series = `moneytrail_disputes_total{${HERE}}`;
    const last = `last_over_time(${series}[$__range])`;
    const exact = `(${last} - (${series} offset $__range or 0 * ${last}))`;
    expect(total(disputes, []).expr).toBe(
      `sum((${exact} and resets(${series}[$__range]) == 0) or increase(${series}[$__range]))`,
    );
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
  it('refuses metrics, labels and values that nobody emits, and sums of currencies', () => {
    const refused = [
      // @ts-expect-error -- not in the catalogue
      () => metric('payment.volum'),
      // @ts-expect-error -- not in the table of others
      () => outsideMetric('http.server.duration'),
      // @ts-expect-error -- the metric has no such attribute
      () => rate('minute', disputes, ['payment.provider']),
      // @ts-expect-error -- not one of the closed values
      () => rate('minute', disputes, [], { 'dispute.stage': 'open' }),
      // @ts-expect-error -- money without its currency
      () => rate('hour', captured, []),
      // @ts-expect-error -- money by something else first
      () => total(captured, ['payment.purpose']),
    ];
    expect(refused).toHaveLength(6);
  });
});
