// Who serves `/metrics`: of the processes of a service the one that gets the port. It shows the sum of all of them.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { codedError } from '@moneytrail/catalogue';
import { businessScope, collectSeries, count } from '@moneytrail/metrics';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { MetricData, MetricReader, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { Settings } from '../config/settings.ts';
import { ERRORS } from '../errors.ts';
import { BusinessProducer } from '../export/business-producer.ts';
import { Warnings } from '../export/warnings.ts';
import { Group, leaderOf } from './group.ts';
import { Member, type Own } from './member.ts';
import { areRelated, openFolder, ownIdentity } from './processes.ts';
import { createScrapeServer } from './server.ts';
import { type Collected, SharedText } from './shared-text.ts';
import { prometheusText } from './text.ts';

/** The endpoint and what it reads. */
export interface Scrape {
  readonly reader: MetricReader;
  /** Whether a connection belongs to the endpoint: its requests are not work of the service. */
  readonly isOwn: (socket: Socket) => boolean;
  readonly close: () => void;
}

/** How often a process that does not have the port looks whether it is free. */
const RETRY_MS = 500;

/**
 * Serves the metrics at `/metrics`, if a port was asked for. Of the processes and threads that belong to one service, one gets the
 * port and shows the sum of all. A port that somebody else has is an uncaught `MONEYTRAIL_METRICS_PORT_TAKEN` in the main
 * process of a service, before its first event, because Node does not report it earlier. Other processes never end because of it.
 */
export function serveMetrics({ values, program }: Settings): Scrape | undefined {
  const { metricsPort: port, metricsHost: host, metricsToken: token } = values;
  if (port === undefined) return undefined;
  return new Endpoint({ port, host, token }, program.entryPoint);
}

/** Where the endpoint listens, and who may read it. */
interface Address {
  readonly port: number;
  readonly host: string;
  readonly token: string | undefined;
}

class Endpoint implements Scrape {
  // The official exporter collects. Names, sums over processes and the server are ours.
  readonly reader = new PrometheusExporter({
    preventServerStart: true,
    metricProducers: [new BusinessProducer(({ bornMs }) => bornMs)],
  });
  readonly #sockets: WeakSet<Socket> = new WeakSet();
  readonly #port: number;
  readonly #host: string;
  readonly #server: Server;
  readonly #own: Own;
  readonly #warnings: Warnings;
  #folder: string | undefined;
  #group: Group | undefined;
  #member: Member | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor({ port, host, token }: Address, entryPoint: string | undefined) {
    this.#port = port;
    this.#host = host;
    this.#warnings = new Warnings(
      'metrics',
      `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`,
    );
    this.#own = {
      identity: ownIdentity(entryPoint),
      collect: async () => (await this.reader.collect()).resourceMetrics.scopeMetrics,
      collectNow: () => [businessScope(collectSeries(), Date.now(), ({ bornMs }) => bornMs)],
      mark: (server) => this.#mark(server),
      warn: (reason) => this.#warnings.dropped(1, 'export_failed', `a process: ${reason}`),
    };
    this.#server = createScrapeServer(new SharedText(() => this.#collect()), token);
    this.#mark(this.#server);
    this.#server.on('error', () => this.#onTaken());
    this.#server.on('listening', () => this.#lead());
    this.#listen();
  }

  isOwn(socket: Socket): boolean {
    return this.#sockets.has(socket);
  }

  close(): void {
    clearInterval(this.#retry);
    this.#member?.close();
    this.#group?.close();
    this.#server.close();
  }

  /** A worker of a cluster must not share the port of its primary: each scrape would come to another one. */
  #listen(): void {
    this.#server.listen({ port: this.#port, host: this.#host, exclusive: true });
  }

  #mark(server: Server): void {
    server.on('connection', (socket) => this.#sockets.add(socket.unref()));
  }

  #lead(): void {
    clearInterval(this.#retry);
    this.#retry = undefined;
    this.#member?.resign();
    this.#member = undefined;
    this.#folder ??= openFolder(this.#host, this.#port);
    this.#group = this.#folder === undefined ? undefined : new Group(this.#own, this.#folder);
  }

  #onTaken(): void {
    if (this.#member !== undefined) return;
    this.#folder ??= openFolder(this.#host, this.#port);
    const leader = this.#folder === undefined ? undefined : leaderOf(this.#folder);
    const { identity } = this.#own;
    const isLed = leader !== undefined && areRelated(leader, identity);
    if (isMainThread && !identity.isForked && !isLed) {
      throw codedError(ERRORS, 'MONEYTRAIL_METRICS_PORT_TAKEN', {
        host: this.#host,
        port: this.#port,
      });
    }
    if (this.#folder !== undefined) this.#member = new Member(this.#own, this.#folder);
    else this.#own.warn('the folder that its processes share cannot be used');
    this.#retry ??= setInterval(() => this.#listen(), RETRY_MS).unref();
  }

  async #collect(): Promise<Collected> {
    const collectedMs = Date.now();
    const { resourceMetrics } = await this.reader.collect();
    const { resource } = resourceMetrics;
    const scopeMetrics: ScopeMetrics[] = this.#group
      ? [...(await this.#group.collect())]
      : resourceMetrics.scopeMetrics;
    const leftOut = new Set<MetricData>();
    const leaveOut = (metric: MetricData, name: string): void => {
      // Other texts of the same numbers leave out the same.
      if (!leftOut.has(metric)) this.#leaveOut(metric, name);
      leftOut.add(metric);
    };
    const write: Collected['write'] = (zeroFromMs) =>
      prometheusText({ resource, scopeMetrics }, { leaveOut, zeroFromMs });
    return { collectedMs, write };
  }

  /** Prometheus would refuse the whole text. */
  #leaveOut({ descriptor, dataPoints }: MetricData, name: string): void {
    count('value.coerced', { instrument: '/metrics', 'drop.reason': 'invalid_value' });
    const reason = `${descriptor.name} cannot be shown next to the metric that is ${name} already`;
    this.#warnings.dropped(dataPoints.length, 'invalid', reason);
  }
}
