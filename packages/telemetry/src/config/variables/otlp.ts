// The variables of the OTLP exporter, each for all signals and for one.
import type { DefaultedOption, Option, Setting, SignalOption } from '../options.ts';
import * as rules from '../rules.ts';

/** The variable of one signal, which wins, and the variable of all signals. */
export interface OtlpVariable<Value> {
  readonly own: SignalOption<Value>;
  readonly common: Option<Value>;
}

/** The same where the variable of all signals has a default. */
export interface DefaultedOtlpVariable<Value> extends OtlpVariable<Value> {
  readonly common: DefaultedOption<Value>;
}

const PREFIX = 'OTEL_EXPORTER_OTLP_';

/** Encoding of OTLP. */
export const PROTOCOL: OtlpVariable<'http/protobuf' | 'http/json'> = otlpVariable(
  'PROTOCOL',
  {
    rule: rules.choice('http/protobuf', 'http/json'),
    code: 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN',
  },
  'Encoding of OTLP; by default traces are sent as `http/json`, metrics and logs as `http/protobuf`.',
);

/** Full address for one signal, where it differs. */
export const SIGNAL_ENDPOINT: SignalOption<string> = {
  isPerSignal: true,
  rule: rules.url,
  code: 'MONEYTRAIL_ENDPOINT_INVALID',
  variable: `${PREFIX}{SIGNAL}_ENDPOINT`,
  help: 'Full address for one signal, where it differs.',
};

/** Time limit of one request. */
export const TIMEOUT: DefaultedOtlpVariable<number> = otlpVariable(
  'TIMEOUT',
  { rule: rules.integer(1, 600_000), fallback: 10_000 },
  'Milliseconds that one request may take, from its first byte to the last byte of the response.',
);

/** Compression of requests. */
export const COMPRESSION: DefaultedOtlpVariable<'gzip' | 'none'> = otlpVariable(
  'COMPRESSION',
  { rule: rules.choice('gzip', 'none'), fallback: 'none' },
  'Compression of requests.',
);

/** File with the certificates that the endpoint is verified against. */
export const CERTIFICATE: OtlpVariable<string> = otlpVariable(
  'CERTIFICATE',
  { rule: rules.text },
  'File with the certificates that the endpoint is verified against.',
);

/** File with the certificate that the service presents to the endpoint. */
export const CLIENT_CERTIFICATE: OtlpVariable<string> = otlpVariable(
  'CLIENT_CERTIFICATE',
  { rule: rules.text },
  'File with the certificate that the service presents to the endpoint.',
);

/** File with the key of that certificate. */
export const CLIENT_KEY: OtlpVariable<string> = otlpVariable(
  'CLIENT_KEY',
  { rule: rules.text },
  'File with the key of that certificate.',
);

/** Headers of each request. */
export const HEADERS: OtlpVariable<Readonly<Record<string, string>>> = otlpVariable(
  'HEADERS',
  { rule: rules.headers },
  'Headers of each request.',
);

/** All of them, but for the common endpoint, which is an option. */
export const OTLP_VARIABLES: readonly Setting[] = [
  SIGNAL_ENDPOINT,
  ...[PROTOCOL, HEADERS, TIMEOUT, COMPRESSION, CERTIFICATE, CLIENT_CERTIFICATE, CLIENT_KEY].flatMap(
    ({ own, common }) => [common, own],
  ),
];

type Base<Value> = Pick<Setting<Value>, 'rule' | 'code'>;

function otlpVariable<Value, Given extends Base<Value>>(
  name: string,
  base: Given & Base<Value>,
  help: string,
): { own: SignalOption<Value>; common: Option<Value> & Given } {
  const { rule, code } = base;
  return {
    own: {
      rule,
      ...(code && { code }),
      isPerSignal: true,
      variable: `${PREFIX}{SIGNAL}_${name}`,
      help: 'The same for one signal.',
    },
    common: { ...base, variable: PREFIX + name, help },
  };
}
