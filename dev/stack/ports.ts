/** The ports of the components, and the variables that choose other ones. */
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { freePort } from '../process/free-port.ts';
import { isFree, parsePort } from '../process/port.ts';
import type { ComponentName } from './recipes.ts';

interface Port {
  readonly component: ComponentName;
  readonly preferred: number;
  /** Services send to this port, so no other one may take its place. */
  readonly fixed?: boolean;
}

/** Every port, by the variable that chooses another one. */
const PORTS = {
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
type PortVariable = keyof typeof PORTS;
/** A port for each variable. */
export type Ports = Readonly<Record<PortVariable, number>>;

const VARIABLES = Object.keys(PORTS) as PortVariable[];

/**
 * Chooses the ports. A port that a variable names must be free, and with `preferred` also the one that services send to;
 * otherwise it throws `MONEYTRAIL_STACK_PORT_IN_USE`, which names the variable. Any other port is replaced by a free one.
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
  if (kind === 'free' && !given) return freePort(taken);
  // A component that is not started here does not listen here.
  if (!running.includes(component)) return wanted;
  if (!taken.has(wanted) && (await isFree(wanted))) return wanted;
  if (given || fixed)
    throw codedError(ERRORS, 'MONEYTRAIL_STACK_PORT_IN_USE', { component, port: wanted, variable });
  return freePort(taken);
}

function readPort(variable: string, text: string): number {
  const port = parsePort(text);
  if (port !== undefined) return port;
  throw codedError(ERRORS, 'MONEYTRAIL_STACK_OPTION', {
    option: variable,
    value: text,
    expected: 'a port from 1 to 65535',
  });
}
