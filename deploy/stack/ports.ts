import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { MoneytrailError } from '@moneytrail/catalogue';
import { type Lock, takeLock } from './lock.ts';
import type { ComponentName } from './recipes.ts';

interface Port {
  readonly component: ComponentName;
  readonly preferred: number;
  /** What services send to must not wander: it is this port or none. */
  readonly fixed?: boolean;
}

/** Every port that something listens on, by the variable that chooses another one. */
export const PORTS = {
  MONEYTRAIL_OTLP_HTTP_PORT: { component: 'collector', preferred: 4318, fixed: true },
  MONEYTRAIL_OTLP_GRPC_PORT: { component: 'collector', preferred: 4317 },
  MONEYTRAIL_HEALTH_PORT: { component: 'collector', preferred: 13133 },
  MONEYTRAIL_COLLECTOR_METRICS_PORT: { component: 'collector', preferred: 8888 },
  MONEYTRAIL_PROMETHEUS_PORT: { component: 'prometheus', preferred: 9090 },
  MONEYTRAIL_JAEGER_PORT: { component: 'jaeger', preferred: 16686 },
  MONEYTRAIL_JAEGER_GRPC_PORT: { component: 'jaeger', preferred: 16685 },
  MONEYTRAIL_JAEGER_OTLP_PORT: { component: 'jaeger', preferred: 14318 },
  MONEYTRAIL_JAEGER_HEALTH_PORT: { component: 'jaeger', preferred: 14133 },
  MONEYTRAIL_JAEGER_METRICS_PORT: { component: 'jaeger', preferred: 14888 },
  MONEYTRAIL_LOKI_PORT: { component: 'loki', preferred: 3100 },
  MONEYTRAIL_LOKI_GRPC_PORT: { component: 'loki', preferred: 9096 },
  MONEYTRAIL_ALERTMANAGER_PORT: { component: 'alertmanager', preferred: 9093 },
} as const satisfies Record<string, Port>;

/** The variable of a port. */
export type PortVariable = keyof typeof PORTS;
/** A port for each variable. */
export type Ports = Readonly<Record<PortVariable, number>>;

const VARIABLES = Object.keys(PORTS) as PortVariable[];
/** Below what systems give to connections that go out. Each process looks from a place of its own. */
const FIRST_FREE = 10_000;
const BLOCK = 200;
const BLOCKS = 110;
let next = 0;
/** Held, so that the lock is not given back. */
let own: ReturnType<typeof ownBlock> | undefined;

/**
 * Chooses the ports. One that a variable names, and with `preferred` the one that services send to, must be free: throws
 * `MONEYTRAIL_STACK_PORT_IN_USE` with its variable. For the others a free one is found.
 */
export async function choosePorts(
  kind: 'preferred' | 'free',
  env: Readonly<Record<string, string | undefined>>,
  running: readonly ComponentName[],
): Promise<Ports> {
  const ports: Partial<Record<PortVariable, number>> = {};
  const taken = new Set<number>();
  for (const variable of VARIABLES) {
    const port = await choosePort(variable, kind, env[variable], running, taken);
    ports[variable] = port;
    taken.add(port);
  }
  return ports as Ports;
}

async function choosePort(
  variable: PortVariable,
  kind: 'preferred' | 'free',
  given: string | undefined,
  running: readonly ComponentName[],
  taken: ReadonlySet<number>,
): Promise<number> {
  const { component, preferred, fixed = false }: Port = PORTS[variable];
  const wanted = given ? readPort(variable, given) : preferred;
  if (kind === 'free' && !given) return findFree(taken);
  // A component that runs elsewhere, or not at all, listens on nothing here.
  if (!running.includes(component)) return wanted;
  if (!taken.has(wanted) && (await isFree(wanted))) return wanted;
  if (given || fixed)
    throw new MoneytrailError('MONEYTRAIL_STACK_PORT_IN_USE', component, wanted, variable);
  return findFree(taken);
}

function readPort(variable: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new MoneytrailError('MONEYTRAIL_STACK_OPTION', variable, text, 'a port from 1 to 65535');
}

async function findFree(taken: ReadonlySet<number>): Promise<number> {
  own ??= ownBlock();
  const { first } = own;
  for (let tries = 0; tries < BLOCK; tries += 1) {
    const port = first + (next % BLOCK);
    next += 1;
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${first} to ${first + BLOCK - 1}`);
}

/**
 * A block belongs to one process until it ends. The port of a component that is away for a while looks free, and a Collector
 * that delivers to another stack in its place would lose what it sends.
 */
function ownBlock(): { readonly first: number; readonly lock: Lock | undefined } {
  const { uid } = userInfo();
  for (let tries = 0; tries < BLOCKS; tries += 1) {
    const block = (process.pid + tries) % BLOCKS;
    const lock = takeLock(join(tmpdir(), `moneytrail-ports-${uid}-${block}.lock`));
    if (lock !== undefined) return { first: FIRST_FREE + block * BLOCK, lock };
  }
  return { first: FIRST_FREE + (process.pid % BLOCKS) * BLOCK, lock: undefined };
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return free;
}
