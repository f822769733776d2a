/** Attributes whose values are not searched for secrets. */
import { CATALOGUE, type Catalogue } from '@moneytrail/catalogue';

const CLOSED = new Set(['set', 'open_set', 'currency', 'number', 'flag', 'name']);

/** OpenTelemetry attributes that are numbers, closed values, or names of hosts, programs and versions. */
const CONVENTIONS = [
  'client.address',
  'client.port',
  'code.line.number',
  'collector.instance.id',
  'container.id',
  'db.collection.name',
  'db.namespace',
  'db.operation.name',
  'db.response.returned_rows',
  'db.response.status_code',
  'db.system',
  'db.system.name',
  'deployment.environment.name',
  'error.type',
  'exception.type',
  'host.arch',
  'host.id',
  'host.name',
  'http.request.body.size',
  'http.request.method',
  'http.request.resend_count',
  'http.response.body.size',
  'http.response.status_code',
  'messaging.system',
  'net.host.port',
  'net.peer.port',
  'network.local.address',
  'network.local.port',
  'network.peer.address',
  'network.peer.port',
  'network.protocol.name',
  'network.protocol.version',
  'network.transport',
  'network.type',
  'os.type',
  'os.version',
  'process.pid',
  'process.runtime.name',
  'process.runtime.version',
  'rpc.grpc.status_code',
  'rpc.system',
  'server.address',
  'server.port',
  'service.instance.id',
  'service.name',
  'service.namespace',
  'service.version',
  'span_id',
  'telemetry.sdk.language',
  'telemetry.sdk.name',
  'telemetry.sdk.version',
  'thread.id',
  'trace_flags',
  'trace_id',
  'url.scheme',
];

/** Attributes of a catalogue whose values are closed, measured, or set by code. Ids and texts are searched. */
export function closedKeys({ known }: Catalogue): string[] {
  return Object.keys(known).filter((name) => CLOSED.has(known[name]?.kind ?? ''));
}

/** Keys that are not searched. */
export const IGNORED_KEYS: readonly string[] = [...closedKeys(CATALOGUE), ...CONVENTIONS].sort();
