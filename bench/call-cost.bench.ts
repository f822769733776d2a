/**
 * The cost of a call and of a request in an instrumented service: CPU time of its process, including exports to an
 * endpoint that accepts everything. The subjects take turns.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import { loadavg } from 'node:os';
import { json, text } from 'node:stream/consumers';

const CALLS = 20_000;
const REQUESTS = 2000;
const CONNECTIONS = 8;

const CALLS_PROBE = new URL('./calls-probe.mjs', import.meta.url).pathname;
const REQUESTS_PROBE = new URL('./requests-probe.mjs', import.meta.url).pathname;

const SUBJECTS: Readonly<Record<string, string[]>> = {
  'no import': [],
  moneytrail: ['--import', '@moneytrail/telemetry/register'],
  'auto-instrumentations-node': ['--import', '@opentelemetry/auto-instrumentations-node/register'],
};

type Costs = Readonly<Record<string, number>>;

/** Prints the medians over `rounds` rounds. Calls are ours only, so they have two subjects. */
export async function benchCallCost(rounds: number): Promise<void> {
  const sink = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const samples = new Map(Object.keys(SUBJECTS).map((name) => [name, [] as Costs[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, parameters] of Object.entries(SUBJECTS)) {
      const requests = await costOfRequests(parameters, urlOf(sink));
      const calls = name.startsWith('auto') ? {} : await costOfCalls(parameters, urlOf(sink));
      samples.get(name)?.push({ ...requests, ...calls });
    }
  }
  sink.close();
  sink.closeAllConnections();
  print(samples, rounds);
}

function urlOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

function start(parameters: readonly string[], endpoint: string): ChildProcess {
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, NODE_OPTIONS: '' };
  return spawn(process.execPath, ['--conditions=@moneytrail/source', ...parameters], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function costOfCalls(parameters: readonly string[], endpoint: string): Promise<Costs> {
  const { stdout } = start([...parameters, CALLS_PROBE, String(CALLS)], endpoint);
  const costs: unknown = stdout === null ? {} : await json(stdout);
  return costs as Costs;
}

async function costOfRequests(parameters: readonly string[], endpoint: string): Promise<Costs> {
  const child = start([...parameters, REQUESTS_PROBE], endpoint);
  const [port] = child.stdout === null ? [] : await once(child.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}`;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  await load(url, agent, REQUESTS / 4);
  const before = await cpuMs(url, agent);
  await load(url, agent, REQUESTS);
  const cost = (((await cpuMs(url, agent)) - before) / REQUESTS) * 1e6;
  agent.destroy();
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { request: cost };
}

async function load(url: string, agent: Agent, requests: number): Promise<void> {
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(`${url}/payments/${left}`, agent);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

async function cpuMs(url: string, agent: Agent): Promise<number> {
  const usage: { cpuMs: number } = JSON.parse(await ask(`${url}/cpu`, agent));
  return usage.cpuMs;
}

function ask(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => resolve(text(response))).on('error', reject);
  });
}

function print(samples: ReadonlyMap<string, readonly Costs[]>, rounds: number): void {
  console.log(`Nanoseconds of CPU, medians of ${rounds} rounds, Node ${process.version}`);
  console.log(
    `Load of the machine: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}\n`,
  );
  const bare = samples.get('no import') ?? [];
  const rows = [...samples].map(([name, list]) => {
    const costs = Object.keys(list[0] ?? {}).map((kind) => {
      const ns = medianOf(list, kind);
      return [kind, `${ns.toFixed(0)} (${(ns / medianOf(bare, kind)).toFixed(1)} x)`];
    });
    return [name, Object.fromEntries(costs)];
  });
  console.table(Object.fromEntries(rows));
}

function medianOf(list: readonly Costs[], kind: string): number {
  const values = list.map((costs) => costs[kind] ?? Number.NaN).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}
