import type { Agent } from 'node:http';
import { createAgent } from './agent.ts';
import type { Delivery, Exporter } from './delivery.ts';
import type { SignalSettings } from './settings.ts';
import { Tally } from './tally.ts';
import { RetryingTransport, type Transport } from './transport.ts';
import { warnOfFailure } from './warning.ts';

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

/** An official exporter with its connections, its books and its patience in our hands. */
export interface Outlet<Payload, Official> {
  readonly exporter: Official;
  readonly delivery: Delivery<Payload>;
  readonly transport: RetryingTransport;
  /** Closes the connections. */
  readonly close: () => void;
}

/** Makes the exporter of one signal. Throws a `MoneytrailError` when a certificate cannot be read. */
export function createOutlet<Payload, Official extends Exporter<Payload>>(
  { signal, encoding, url }: SignalSettings,
  encodings: Encodings<Official>,
): Outlet<Payload, Official> {
  const agent = createAgent(url);
  const exporter = new encodings[encoding]({ url, httpAgentOptions: () => agent });
  const { transport, takeRejected } = takeOver(exporter);
  return {
    exporter,
    transport,
    delivery: {
      exporter,
      takeRejected,
      tally: new Tally(signal),
      onFailure: (reason) => warnOfFailure(signal, url, reason),
    },
    close: () => agent.destroy(),
  };
}

/**
 * The private parts of the official exporters that are replaced here: their retries hold the process for up to ten
 * seconds, and they keep a partial success to themselves. Their versions are pinned; tests of both fail when they move.
 */
interface Delegate {
  readonly _transport: { readonly _transport: Transport };
}

interface PartialSuccess {
  readonly rejectedSpans?: number | string;
  readonly rejectedLogRecords?: number | string;
  readonly rejectedDataPoints?: number | string;
}

function takeOver(exporter: object): { transport: RetryingTransport; takeRejected: () => number } {
  const delegate: Delegate = Reflect.get(exporter, '_delegate');
  const transport = new RetryingTransport(delegate._transport._transport);
  let rejected = 0;
  const handleResponse = (response?: { partialSuccess?: PartialSuccess }): void => {
    rejected = rejectedBy(response?.partialSuccess ?? {});
  };
  Reflect.set(delegate, '_transport', transport);
  Reflect.set(delegate, '_responseHandler', { handleResponse });
  return {
    transport,
    takeRejected: () => {
      const taken = rejected;
      rejected = 0;
      return taken;
    },
  };
}

function rejectedBy(partial: PartialSuccess): number {
  const { rejectedSpans = 0, rejectedLogRecords = 0, rejectedDataPoints = 0 } = partial;
  const rejected = Number(rejectedSpans) + Number(rejectedLogRecords) + Number(rejectedDataPoints);
  return Number.isFinite(rejected) ? rejected : 0;
}
