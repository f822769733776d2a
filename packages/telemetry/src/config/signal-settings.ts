// Where one signal is sent, and how.

import { type Environment, type Signal, variableFor } from './environment.ts';
import type { Option, SignalOption } from './options.ts';
import * as otlp from './variables/otlp.ts';
import { EXPORTERS, type ExporterName } from './variables.ts';

/** Encodings of OTLP over HTTP. */
export type Encoding = 'protobuf' | 'json';

/** The default of traces is that of `exporter-trace-otlp-http`; metrics and logs have the default of the specification. */
const DEFAULT_ENCODINGS: Readonly<Record<Signal, Encoding>> = {
  traces: 'json',
  metrics: 'protobuf',
  logs: 'protobuf',
};

const ENCODINGS = { 'http/json': 'json', 'http/protobuf': 'protobuf' } as const;

/** A file that TLS needs, and the variable that names it. */
export interface TlsFile {
  readonly variable: string;
  readonly path: string;
}

/** Files that TLS needs, by the name of the option of Node. */
export type TlsFiles = Readonly<Partial<Record<'ca' | 'cert' | 'key', TlsFile>>>;

/** Where one signal is sent. */
export interface SignalSettings {
  readonly signal: Signal;
  readonly exporters: readonly ExporterName[];
  readonly encoding: Encoding;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Time limit of one request. */
  readonly timeoutMs: number;
  readonly isCompressed: boolean;
  readonly tls: TlsFiles;
}

/** Reads the settings of one signal: its own variables win over those of all signals. */
export function readSignal(signal: Signal, endpoint: string, env: Environment): SignalSettings {
  const { PROTOCOL, HEADERS, TIMEOUT, COMPRESSION } = otlp;
  const protocol = env.readFor(PROTOCOL.own, signal) ?? env.read(PROTOCOL.common);
  const compression = env.readFor(COMPRESSION.own, signal) ?? env.read(COMPRESSION.common);
  return {
    signal,
    exporters: env.readFor(EXPORTERS, signal),
    encoding: protocol === undefined ? DEFAULT_ENCODINGS[signal] : ENCODINGS[protocol],
    url: env.readFor(otlp.SIGNAL_ENDPOINT, signal) ?? urlOf(endpoint, signal),
    headers: { ...env.read(HEADERS.common), ...env.readFor(HEADERS.own, signal) },
    timeoutMs: env.readFor(TIMEOUT.own, signal) ?? env.read(TIMEOUT.common),
    isCompressed: compression === 'gzip',
    tls: readTls(signal, env),
  };
}

function readTls(signal: Signal, env: Environment): TlsFiles {
  const file = ({ own, common }: otlp.OtlpVariable<string>): TlsFile | undefined =>
    fileIn(own, variableFor(own, signal), env) ?? fileIn(common, common.variable, env);
  const [ca, cert, key] = [otlp.CERTIFICATE, otlp.CLIENT_CERTIFICATE, otlp.CLIENT_KEY].map(file);
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function fileIn(
  option: Option<string> | SignalOption<string>,
  variable: string,
  env: Environment,
): TlsFile | undefined {
  const path = env.given(option, variable);
  return path === undefined ? undefined : { variable, path };
}

/** The address of a signal. A query, which may hold a key, stays behind the path. */
function urlOf(endpoint: string, signal: Signal): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${signal}`;
  return url.href;
}
