/** Writes the configuration of each component for this machine. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { makeFolder } from '../process/folders.ts';
import type { Ports } from './ports.ts';
import { COMPONENTS, type ComponentName } from './recipes.ts';
import type { Secrets } from './secrets.ts';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

/** How a component is started. */
export interface Launch {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly readyUrl: string;
}

/** What the configurations depend on. */
export interface Place {
  readonly dataDir: string;
  readonly ports: Ports;
  readonly profile: string;
  readonly secrets: Secrets;
  /** Overrides for the Collector's variables. */
  readonly env: Readonly<Record<string, string>>;
}

/** Writes the configuration of a component into the data folder, and returns how to start it. */
export function prepare(name: ComponentName, place: Place): Launch {
  makeFolder(join(place.dataDir, name));
  makeFolder(join(place.dataDir, 'config'));
  return PREPARE[name](place);
}

const PREPARE: Readonly<Record<ComponentName, (place: Place) => Launch>> = {
  collector: prepareCollector,
  prometheus: preparePrometheus,
  jaeger: prepareJaeger,
  loki: prepareLoki,
  alertmanager: prepareAlertmanager,
};

/** The Collector's file is used unchanged: everything that differs is a variable. */
function prepareCollector(place: Place): Launch {
  const { dataDir, ports, profile, secrets, env } = place;
  const queue = join(dataDir, 'collector', 'queue');
  mkdirSync(queue, { recursive: true });
  return {
    args: [`--config=file:${profileFile(profile)}`],
    readyUrl: `http://127.0.0.1:${ports.MONEYTRAIL_HEALTH_PORT}${COMPONENTS.components.collector.ready}`,
    env: {
      MONEYTRAIL_LISTEN_HOST: '127.0.0.1',
      MONEYTRAIL_QUEUE_DIR: queue,
      MONEYTRAIL_JAEGER_ENDPOINT: `http://127.0.0.1:${ports.MONEYTRAIL_JAEGER_OTLP_PORT}`,
      MONEYTRAIL_PROMETHEUS_ENDPOINT: `http://127.0.0.1:${ports.MONEYTRAIL_PROMETHEUS_PORT}/api/v1/otlp`,
      MONEYTRAIL_LOKI_ENDPOINT: `http://127.0.0.1:${ports.MONEYTRAIL_LOKI_PORT}/otlp`,
      MONEYTRAIL_TRACE_PERCENT: '100',
      ...env,
      ...secrets,
      ...Object.fromEntries(Object.entries(ports).map(([key, port]) => [key, String(port)])),
    },
  };
}

/** The file of a profile: a name in `deploy/collector/`, or an absolute path. */
function profileFile(profile: string): string {
  if (isAbsolute(profile) && existsSync(profile)) return profile;
  const folder = join(DEPLOY, 'collector');
  const file = join(folder, `${profile}.yaml`);
  if (/^[\w-]+$/.test(profile) && existsSync(file)) return file;
  const known = readdirSync(folder).map((one) => one.replace(/\.yaml$/, ''));
  throw codedError(ERRORS, 'MONEYTRAIL_STACK_OPTION', {
    option: '--profile',
    value: profile,
    expected: `${known.join(', ')}, or the whole path of a file`,
  });
}

function preparePrometheus({ dataDir, ports }: Place): Launch {
  const address = local(ports.MONEYTRAIL_PROMETHEUS_PORT);
  const file = rewrite('prometheus', 'prometheus.yml', dataDir, {
    'alertmanager:9093': local(ports.MONEYTRAIL_ALERTMANAGER_PORT),
    'collector:8888': local(ports.MONEYTRAIL_COLLECTOR_METRICS_PORT),
    'prometheus:9090': address,
    'jaeger:8888': local(ports.MONEYTRAIL_JAEGER_METRICS_PORT),
    'loki:3100': local(ports.MONEYTRAIL_LOKI_PORT),
  });
  const { flags, ready } = COMPONENTS.components.prometheus;
  const data = `--storage.tsdb.path=${join(dataDir, 'prometheus')}`;
  return {
    args: [`--config.file=${file}`, data, `--web.listen-address=${address}`, ...flags],
    readyUrl: `http://${address}${ready}`,
  };
}

function prepareJaeger({ dataDir, ports }: Place): Launch {
  const health = local(ports.MONEYTRAIL_JAEGER_HEALTH_PORT);
  const folder = join(dataDir, 'jaeger');
  for (const name of ['keys', 'values']) mkdirSync(join(folder, name), { recursive: true });
  const file = rewrite('jaeger', 'jaeger.yaml', dataDir, {
    '0.0.0.0:4318': local(ports.MONEYTRAIL_JAEGER_OTLP_PORT),
    '0.0.0.0:13133': health,
    '0.0.0.0:16686': local(ports.MONEYTRAIL_JAEGER_PORT),
    '127.0.0.1:16685': local(ports.MONEYTRAIL_JAEGER_GRPC_PORT),
    'host: 0.0.0.0': 'host: 127.0.0.1',
    'port: 8888': `port: ${ports.MONEYTRAIL_JAEGER_METRICS_PORT}`,
    'prometheus:9090': local(ports.MONEYTRAIL_PROMETHEUS_PORT),
    '/badger': folder,
  });
  return {
    args: [`--config=file:${file}`],
    readyUrl: `http://${health}${COMPONENTS.components.jaeger.ready}`,
  };
}

function prepareLoki({ dataDir, ports }: Place): Launch {
  const address = local(ports.MONEYTRAIL_LOKI_PORT);
  const file = rewrite('loki', 'loki.yaml', dataDir, {
    'http_listen_address: 0.0.0.0': 'http_listen_address: 127.0.0.1',
    'http_listen_port: 3100': `http_listen_port: ${ports.MONEYTRAIL_LOKI_PORT}`,
    'grpc_listen_port: 9096': `grpc_listen_port: ${ports.MONEYTRAIL_LOKI_GRPC_PORT}`,
    ': /loki': `: ${join(dataDir, 'loki')}`,
  });
  const { flags, ready } = COMPONENTS.components.loki;
  return {
    args: [`-config.file=${file}`, ...flags],
    readyUrl: `http://${address}${ready}`,
  };
}

function prepareAlertmanager({ dataDir, ports }: Place): Launch {
  const address = local(ports.MONEYTRAIL_ALERTMANAGER_PORT);
  const file = rewrite('alertmanager', 'alertmanager.yml', dataDir, {});
  const { flags, ready } = COMPONENTS.components.alertmanager;
  const data = `--storage.path=${join(dataDir, 'alertmanager')}`;
  return {
    args: [`--config.file=${file}`, data, `--web.listen-address=${address}`, ...flags],
    readyUrl: `http://${address}${ready}`,
  };
}

/** Replaces the addresses and folders of containers by those of this machine. */
function rewrite(
  component: string,
  name: string,
  dataDir: string,
  places: Readonly<Record<string, string>>,
): string {
  let text = readFileSync(join(DEPLOY, component, name), 'utf8');
  for (const [theirs, ours] of Object.entries(places)) {
    // Fails here, before a component would listen on every network interface.
    if (!text.includes(theirs)) throw new Error(`deploy/${component}/${name} lacks "${theirs}"`);
    text = text.replaceAll(theirs, ours);
  }
  const file = join(dataDir, 'config', name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function local(port: number): string {
  return `127.0.0.1:${port}`;
}
