// Where one signal goes, and how.

import type { Option } from '../options.ts';
import {
  type Environment,
  fromEnvironment,
  namesIn,
  type Signal,
  textOf,
  variableFor,
} from './environment.ts';
import * as otlp from './variables/otlp.ts';
import { EXPORTERS } from './variables.ts';

/** Traces leave by `exporter-trace-otlp-http`, which writes JSON; the other two signals by their protobuf exporters. */
const DEFAULT_PROTOCOLS: Readonly<Record<Signal, string>> = {
  traces: 'http/json',
  metrics: 'http/protobuf',
  logs: 'http/protobuf',
};

/** A file that TLS needs, and the variable that names it. */
export interface TlsFile {
  readonly variable: string;
  readonly path: string;
}

/** Where one signal goes. */
export interface SignalSettings {
  readonly signal: Signal;
  readonly exporters: readonly string[];
  readonly encoding: 'protobuf' | 'json';
  readonly url: string;
  /** The longest that one request may take. */
  readonly timeoutMs: number;
  readonly isCompressed: boolean;
  /** Files of the environment that TLS needs, by the name that Node gives them. */
  readonly tls: Readonly<Partial<Record<'ca' | 'cert' | 'key', TlsFile>>>;
}

/** Reads the settings of one signal: its own variables win over those of all signals. */
export function readSignal(signal: Signal, endpoint: string, env: Environment): SignalSettings {
  const either = ([own, common]: otlp.SignalOption): string | undefined =>
    given(own, env, signal) ?? textOf(common, env);
  const protocol = either(otlp.PROTOCOL) ?? DEFAULT_PROTOCOLS[signal];
  return {
    signal,
    exporters: namesIn(EXPORTERS, env, signal),
    encoding: protocol === 'http/json' ? 'json' : 'protobuf',
    url: given(otlp.SIGNAL_ENDPOINT, env, signal) ?? urlOf(endpoint, signal),
    timeoutMs: Number(either(otlp.TIMEOUT)),
    isCompressed: either(otlp.COMPRESSION) === 'gzip',
    tls: {
      ...tlsFile('ca', otlp.CERTIFICATE, signal, env),
      ...tlsFile('cert', otlp.CLIENT_CERTIFICATE, signal, env),
      ...tlsFile('key', otlp.CLIENT_KEY, signal, env),
    },
  };
}

function given(option: Option, env: Environment, signal: Signal): string | undefined {
  const value = fromEnvironment(option, variableFor(option.variable, signal), env);
  return value === undefined ? undefined : String(value);
}

function tlsFile(
  name: 'ca' | 'cert' | 'key',
  options: otlp.SignalOption,
  signal: Signal,
  env: Environment,
): SignalSettings['tls'] {
  for (const option of options) {
    const path = given(option, env, signal);
    if (path) return { [name]: { variable: variableFor(option.variable, signal), path } };
  }
  return {};
}

/** The address of a signal; a query, which may hold a key, stays behind the path. */
function urlOf(endpoint: string, signal: Signal): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${signal}`;
  return url.href;
}
