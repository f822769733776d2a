// What exports one signal over OTLP: OpenTelemetry's serializer encodes, our own sender delivers.
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { Encoding, SignalSettings } from '../config/signal-settings.ts';
import { ExportAccounting } from './accounting.ts';
import { createAgent } from './agent.ts';
import type { Endpoint } from './request.ts';
import { Sender } from './sender.ts';
import { Warnings } from './warnings.ts';

/** OpenTelemetry's serializers of one signal. */
export type Serializers<Payload> = Readonly<Record<Encoding, ISerializer<Payload, unknown>>>;

/** The exporter of one signal. */
export interface Exporter<Payload> {
  readonly accounting: ExportAccounting;
  readonly warnings: Warnings;
  readonly endpoint: Endpoint;
  readonly sender: Sender;
  readonly encode: (payload: Payload) => Uint8Array | undefined;
  /** Closes the connections. */
  readonly close: () => void;
}

const CONTENT_TYPES = { json: 'application/json', protobuf: 'application/x-protobuf' };

/** Creates the exporter of one signal. Throws a `MoneytrailError` when a certificate cannot be read. */
export function createExporter<Payload>(
  settings: SignalSettings,
  serializers: Serializers<Payload>,
): Exporter<Payload> {
  const { signal, encoding, url, headers, isCompressed, timeoutMs } = settings;
  const agent = createAgent(settings);
  const warnings = new Warnings(signal, url);
  const endpoint: Endpoint = {
    url,
    agent,
    headers: { ...headers, 'content-type': CONTENT_TYPES[encoding] },
    isCompressed,
    timeoutMs,
  };
  return {
    endpoint,
    warnings,
    accounting: new ExportAccounting(signal),
    sender: new Sender(endpoint, (reason) => warnings.unreachable(reason)),
    encode: (payload) => serializers[encoding].serializeRequest(payload),
    close: () => agent.destroy(),
  };
}
