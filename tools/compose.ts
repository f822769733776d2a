/** Reads `docker-compose.yml` for tests. */
import { parse } from 'yaml';
import { read } from './repository.ts';

/** A mount, in the long form. */
export interface Mount {
  readonly type: 'bind' | 'volume';
  readonly source: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly bind?: { readonly create_host_path?: boolean };
}

/** The tested parts of a service. */
export interface Service {
  readonly image: string;
  readonly user?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly network_mode?: string;
  readonly networks?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly logging?: { readonly options?: Readonly<Record<string, string>> };
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly Mount[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** The text of `docker-compose.yml`. */
export const COMPOSE_TEXT: string = read('docker-compose.yml');

const COMPOSE: Compose = parse(COMPOSE_TEXT, { merge: true });

/** Its services by name. */
export const SERVICES: ReadonlyMap<string, Service> = new Map(Object.entries(COMPOSE.services));

/** The names of its volumes. */
export const VOLUMES: readonly string[] = Object.keys(COMPOSE.volumes);

/** One service. Throws when there is none of this name. */
export function serviceOf(name: string): Service {
  const service = SERVICES.get(name);
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}
