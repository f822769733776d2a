// The variables of the OTLP exporter, each for all signals and for one.
import type { Option } from '../../options.ts';
import type { Rule } from '../rules.ts';

/** The variable of one signal and that of all signals. */
export type SignalOption = readonly [own: Option, common: Option];

const PREFIX = 'OTEL_EXPORTER_OTLP_';

function signalOption(
  rule: Rule & Pick<Option, 'code' | 'fallback'>,
  name: string,
  help: string,
): SignalOption {
  const { fallback, ...own } = rule;
  return [
    { ...own, variable: `${PREFIX}{SIGNAL}_${name}`, help: 'The same for one signal.' },
    { ...rule, variable: PREFIX + name, help },
  ];
}

const file = { kind: 'text' } as const;

/** Encoding of OTLP. */
export const PROTOCOL: SignalOption = signalOption(
  {
    kind: 'choice',
    values: ['http/protobuf', 'http/json'],
    code: 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN',
  },
  'PROTOCOL',
  'Encoding of OTLP; by default traces are sent as `http/json`, metrics and logs as `http/protobuf`.',
);

/** Full address for one signal, where it differs. */
export const SIGNAL_ENDPOINT: Option = {
  kind: 'url',
  code: 'MONEYTRAIL_ENDPOINT_INVALID',
  variable: `${PREFIX}{SIGNAL}_ENDPOINT`,
  help: 'Full address for one signal, where it differs.',
};

/** Time for one request. */
export const TIMEOUT: SignalOption = signalOption(
  { kind: 'integer', min: 1, max: 600_000, fallback: 10_000 },
  'TIMEOUT',
  'Milliseconds that one request may take, from its first byte to the last byte of the response.',
);

/** Compression of requests. */
export const COMPRESSION: SignalOption = signalOption(
  { kind: 'choice', values: ['gzip', 'none'], fallback: 'none' },
  'COMPRESSION',
  'Compression of requests.',
);

/** File with the certificates that the endpoint is checked against. */
export const CERTIFICATE: SignalOption = signalOption(
  file,
  'CERTIFICATE',
  'File with the certificates that the endpoint is checked against.',
);

/** File with the certificate that the service shows to the endpoint. */
export const CLIENT_CERTIFICATE: SignalOption = signalOption(
  file,
  'CLIENT_CERTIFICATE',
  'File with the certificate that the service shows to the endpoint.',
);

/** File with the key of that certificate. */
export const CLIENT_KEY: SignalOption = signalOption(
  file,
  'CLIENT_KEY',
  'File with the key of that certificate.',
);

const HEADERS: SignalOption = signalOption(
  { kind: 'pairs' },
  'HEADERS',
  'Headers of each request.',
);

/** All of them, but for the common endpoint, which is an option. */
export const OTLP_VARIABLES: readonly Option[] = [
  SIGNAL_ENDPOINT,
  ...[PROTOCOL, HEADERS, TIMEOUT, COMPRESSION, CERTIFICATE, CLIENT_CERTIFICATE, CLIENT_KEY].flatMap(
    ([own, common]) => [common, own],
  ),
];
