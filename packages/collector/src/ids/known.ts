/** Components that the Collector has. */
import { type ComponentKind, newestType, RENAMED_COMPONENTS } from './renamed.ts';

/** Components of the distribution `otelcol-contrib`, without underscores, which were added to names over time. */
const KNOWN: Readonly<Record<ComponentKind, string>> = {
  receivers:
    'activedirectoryds aerospike apache apachespark awscloudwatch awscontainerinsightreceiver awsecscontainermetrics awsfirehose awslambda awss3 awsxray azureblob azureeventhub azuremonitor carbon chrony ciscoos cloudflare cloudfoundry collectd couchdb datadog dockerstats elasticsearch envoyals expvar faro filelog filestats flinkmetrics fluentforward github gitlab googlecloudmonitoring googlecloudpubsub googlecloudspanner haproxy hostmetrics httpcheck icmpcheck iis influxdb jaeger journald k8scluster k8sevents k8sobjects kafka kafkametrics kubeletstats libhoney loki macosunifiedlogging memcached mongodb mongodbatlas mysql namedpipe netflow nginx nop nsxt ntp obi oracledb otelarrow otlp otlpjsonfile podmanstats postgresql pprof prometheus prometheusremotewrite prometheussimple pulsar purefa purefb rabbitmq receivercreator redis riak saphana skywalking snmp snowflake solace splunkenterprise splunkhec sqlquery sqlserver sshcheck statsd stef syslog systemd tcpcheck tcplog tlscheck udplog vcenter wavefront webhookevent windowseventlog windowsperfcounters windowsservice yanggrpc zipkin zookeeper',
  processors:
    'attributes batch cardinalityguardian coralogix cumulativetodelta deltatocumulative deltatorate drain experimentalmetricsgeneration filter genainormalizer geoip groupbyattrs groupbytrace interval isolationforest k8sattributes logdedup memorylimiter metricsgeneration metricstarttime metricstransform probabilisticsampler redaction remotetap resource resourcedetection schema span sumologic tailsampling transform unroll',
  exporters:
    'alibabacloudlogservice awscloudwatchlogs awsemf awskinesis awss3 awsxray azureblob azuredataexplorer azuremonitor bmchelix cassandra clickhouse coralogix datadog dataset debug doris elasticsearch faro file googlecloud googlecloudpubsub googlecloudstorage googlemanagedprometheus honeycombmarker influxdb kafka loadbalancing logicmonitor logzio mezmo nop opensearch otelarrow otlp otlpgrpc otlphttp prometheus prometheusremotewrite pulsar rabbitmq sentry signalfx splunkhec stef sumologic syslog tencentcloudlogservice tinybird zipkin',
  connectors:
    'count datadog exceptions failover forward grafanacloud otlpjson roundrobin routing servicegraph signaltometrics spanmetrics sum',
  extensions:
    'ack asapclient awscloudwatchmetricstreamsencoding awsiamdbauth awslogsencoding awsproxy azureauth azureencoding basicauth bearertokenauth cgroupruntime datadog dbstorage dockerobserver ecsobserver ecstaskobserver filestorage googleclientauth googlecloudlogentryencoding headerssetter healthcheck hostobserver httpforwarder jaegerencoding jaegerremotesampling jsonlogencoding k8sleaderelector k8sobserver kafkatopicsobserver oauth2client oidc opamp otlpencoding pebbletailstorage pprof redisstorage sigv4auth skywalkingencoding sumologic textencoding zipkinencoding zpages',
};

/** Whether the distribution has a component, by its old or new name. */
export function isKnownType(kind: ComponentKind, type: string): boolean {
  // Both names of a renamed component are known exactly; any other spelling is a mistake.
  const renamed = RENAMED_COMPONENTS.find(
    (one) => one.kind === kind && withoutUnderscores(one.now) === withoutUnderscores(type),
  );
  if (renamed !== undefined) return type === renamed.old || newestType(kind, type) === renamed.now;
  return KNOWN[kind].split(' ').includes(withoutUnderscores(type));
}

function withoutUnderscores(type: string): string {
  return type.replaceAll('_', '');
}
