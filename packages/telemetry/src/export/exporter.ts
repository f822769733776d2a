// Makes the way out of one signal from its official exporter: the encoder and the settings are theirs, the sending is ours.
import type { Agent } from 'node:http';
import type { SignalSettings } from '../config/signal-settings.ts';
import { ExportAccounting } from './accounting.ts';
import { createAgent } from './agent.ts';
import type { Endpoint } from './request.ts';
import { Sender } from './sender.ts';
import { Warnings } from './warnings.ts';

/** What an official exporter is made with. */
export interface ExporterConfig {
  readonly url: string;
  readonly httpAgentOptions: () => Agent;
}

/** The two official exporters of one signal. */
export interface Encodings<Official> {
  readonly json: new (config: ExporterConfig) => Official;
  readonly protobuf: new (config: ExporterConfig) => Official;
}

/** The way out of one signal. */
export interface Exporter<Payload, Official> {
  readonly exporter: Official;
  readonly accounting: ExportAccounting;
  readonly warnings: Warnings;
  readonly endpoint: Endpoint;
  readonly sender: Sender;
  readonly encode: (payload: Payload) => Uint8Array | undefined;
  /** Closes the connections. */
  readonly close: () => void;
}

/** Makes the exporter of one signal. Throws a `MoneytrailError` when a certificate cannot be read. */
export function createExporter<Payload, Official extends object>(
  settings: SignalSettings,
  encodings: Encodings<Official>,
): Exporter<Payload, Official> {
  const { signal, encoding, url, isCompressed, timeoutMs } = settings;
  const agent = createAgent(settings);
  const exporter = new encodings[encoding]({ url, httpAgentOptions: () => agent });
  const { serializer, parameters } = insideOf<Payload>(exporter);
  const warnings = new Warnings(signal, url);
  const endpoint: Endpoint = {
    url,
    agent,
    headers: parameters.headers,
    headersNow: headersOf(settings),
    isCompressed,
    timeoutMs,
  };
  return {
    exporter,
    endpoint,
    warnings,
    accounting: new ExportAccounting(signal),
    sender: new Sender(endpoint, (reason) => warnings.unreachable(reason)),
    encode: (payload) => serializer.serializeRequest(payload),
    close: () => agent.destroy(),
  };
}

const CONTENT_TYPES = { json: 'application/json', protobuf: 'application/x-protobuf' };

/** What `parameters.headers` resolves to, for a moment in which no promise does: one of a program's first turn. */
function headersOf({ headers, encoding }: SignalSettings): Readonly<Record<string, string>> {
  return { ...headers, 'content-type': CONTENT_TYPES[encoding] };
}

/**
 * The private parts of the official exporters that are used here. Their own sending holds the process for up to ten seconds,
 * believes any response, and keeps a partial success to itself. Their versions are pinned; tests fail when the parts move.
 */
interface Delegate<Payload> {
  readonly _serializer: Serializer<Payload>;
  readonly _transport: { readonly _transport: { readonly _parameters: Parameters } };
}

interface Serializer<Payload> {
  serializeRequest(payload: Payload): Uint8Array | undefined;
}

interface Parameters {
  readonly headers: () => Promise<Record<string, string>>;
}

function insideOf<Payload>(exporter: object): {
  serializer: Serializer<Payload>;
  parameters: Parameters;
} {
  const delegate: Delegate<Payload> = Reflect.get(exporter, '_delegate');
  return {
    serializer: delegate._serializer,
    parameters: delegate._transport._transport._parameters,
  };
}
