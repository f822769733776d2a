// What is probably wrong where an endpoint is not the HTTP port of an OTLP receiver.

const HTTP2 = 'it answers in HTTP/2, as gRPC does; OTLP over HTTP has another port, usually 4318';
const GRPC_PORT = 'port 4317 is for gRPC; OTLP over HTTP has another port, usually 4318';
const PATH_TWICE =
  'OTEL_EXPORTER_OTLP_ENDPOINT is the address without /v1/traces, /v1/metrics or /v1/logs';

const NO_PATH =
  'the address of one signal is used as it is: /v1/traces, /v1/metrics or /v1/logs usually ends it';
const NO_TLS = 'it does not speak TLS; its address may begin with http://';

/** Type of the frame that an HTTP/2 connection begins with. */
const SETTINGS = 4;

/** What an error of a connection shows of the endpoint, or `undefined`. */
export function hintOfError(error: Error): string | undefined {
  const code = Reflect.get(error, 'code');
  if (code === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL') return HTTP2;
  if (code === 'EPROTO' && /wrong version number/.test(error.message)) return NO_TLS;
  // What Node could not parse is a frame: three bytes of length, then its type.
  const packet: unknown = Reflect.get(error, 'rawPacket');
  const isFrame = packet instanceof Uint8Array && packet[0] === 0 && packet[3] === SETTINGS;
  return isFrame ? HTTP2 : undefined;
}

/** What an address alone shows, or `undefined`. */
export function hintOfAddress({ port, pathname }: URL): string | undefined {
  if (port === '4317') return GRPC_PORT;
  if (pathname === '/') return NO_PATH;
  return /\/v1\/(?:traces|metrics|logs)\/v1\//.test(pathname) ? PATH_TWICE : undefined;
}
