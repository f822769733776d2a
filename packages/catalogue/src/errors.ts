import { LOAD_ERRORS } from './load-errors.ts';
import { NEIGHBOUR_ERRORS } from './neighbour-errors.ts';
import { shownValue } from './shown.ts';
import { TOOL_ERRORS } from './tool-errors.ts';

/** The name that was probably meant, as the end of a message. */
function didYouMean(meant: string | undefined): string {
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** What a service may meet. */
const SERVICE_ERRORS = {
  MONEYTRAIL_CATALOGUE_INVALID: {
    message: (entry: string, value: string, expected: string): string =>
      `${entry} of the catalogue: ${JSON.stringify(value)} must be ${expected}`,
    remedy: 'Correct the entry that the message names. `docs/own-catalogue.md` shows all of them.',
  },
  MONEYTRAIL_CATALOGUE_LABEL_UNBOUNDED: {
    message: (instrument: string, attribute: string): string =>
      `${instrument} cannot have series by ${attribute}, which may have any number of values`,
    remedy:
      'Give the instrument attributes of the kinds `set`, `open_set`, `currency` or `name` only. Events carry ids and texts.',
  },
  MONEYTRAIL_CATALOGUE_NAME_TAKEN: {
    message: (name: string): string =>
      `${name} is declared already, by Moneytrail or by another catalogue`,
    remedy:
      'Choose another name, or use the attribute as it is: events and instruments may carry ours without declaring them.',
  },
  MONEYTRAIL_CATALOGUE_NAMES_FOLD: {
    message: (a: string, b: string, folded: string): string =>
      `${a} and ${b} would both be ${folded} in Prometheus`,
    remedy: 'Rename one of the two: Prometheus turns dots into underscores and appends the unit.',
  },
  MONEYTRAIL_CATALOGUE_PREFIX_RESERVED: {
    message: (prefix: string): string =>
      `the prefix ${prefix} belongs to Moneytrail or OpenTelemetry`,
    remedy: 'Choose a prefix of the service or the company, such as `shop`.',
  },
  MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES: {
    message: (owner: string, series: number, limit: number): string =>
      `${owner} would begin with ${series} series, and ${limit} are the limit`,
    remedy:
      'Give the instrument fewer attributes, or attributes with fewer values. Each combination of values is a series in every instance of the service.',
  },
  MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN: {
    message: (instrument: string, unit: string): string =>
      `${instrument} has the unit ${JSON.stringify(unit)}, which is not a unit of UCUM that Prometheus names`,
    remedy:
      'Use `s`, `By`, `1`, `%`, a thing in braces such as `{order}`, or a quotient such as `By/s`; `{currency_unit}` is money.',
  },
  MONEYTRAIL_CERTIFICATE_UNREADABLE: {
    message: (variable: string, path: string): string =>
      `${variable} names ${path}, which cannot be read`,
    remedy: 'Correct the path, or give the service the right to read the file.',
  },
  MONEYTRAIL_ENDPOINT_INVALID: {
    message: (name: string, value: string, expected: string): string =>
      `${name} must be ${expected}, got ${JSON.stringify(value)}`,
    remedy: 'Write the whole address, such as `http://localhost:4318`.',
  },
  MONEYTRAIL_EXPORT_FAILED: {
    message: (signal: string, url: string, reason: string): string =>
      `${signal} do not reach ${url}: ${reason}; they are sent again, and what does not fit into the queue is dropped and counted`,
    remedy:
      'This is a warning, not an error: the service goes on. Start the Collector, or correct `OTEL_EXPORTER_OTLP_ENDPOINT`. After `Unauthorized`, give its token: `OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20<token>`. Silence it with `--disable-warning=MONEYTRAIL_EXPORT_FAILED`.',
  },
  MONEYTRAIL_EXPORTER_UNKNOWN: {
    message: (name: string, value: string, expected: string): string =>
      `${name} must be ${expected}, got ${JSON.stringify(value)}`,
    remedy:
      'Use the names listed; `/metrics` for Prometheus is switched on by `MONEYTRAIL_METRICS_PORT`.',
  },
  MONEYTRAIL_HEALTH_CHECK_DUPLICATE: {
    message: (name: string): string => `two health checks are called ${JSON.stringify(name)}`,
    remedy: 'Give each check a name of its own: it names the series of its metrics.',
  },
  MONEYTRAIL_HEALTH_LIVENESS_SCOPE: {
    message: (name: string): string =>
      `${JSON.stringify(name)} looks outside the process and cannot be a liveness check`,
    remedy: 'Move it to `readiness`: restarting every replica does not bring back what they share.',
  },
  MONEYTRAIL_INSTRUMENTATION_UNKNOWN: {
    message: (variable: string, name: string, meant: string | undefined): string =>
      `${variable} names ${JSON.stringify(name)}, which is not an instrumentation${didYouMean(meant)}`,
    remedy:
      'This is a warning, not an error: the other names of the list are used. Correct the name or leave it out: names are those of the packages `@opentelemetry/instrumentation-*` without this beginning.',
  },
  MONEYTRAIL_LOG_FUNCTION_FAILED: {
    message: (option: string, reason: string): string =>
      `the logger goes on without what its option ${option} would have made: ${reason}`,
    remedy:
      'This is a warning, not an error, and it is given once for each option of a logger. Correct the function: pino requires that it never throws.',
  },
  MONEYTRAIL_LOG_LINES_LOST: {
    message: (reason: string): string =>
      `lines of a logger do not reach their destination: ${reason}`,
    remedy:
      'This is a warning, not an error, and it is given once for each destination: the service goes on, and the records still leave over OTLP. Correct the destination, such as a full disk or a transport that ended.',
  },
  MONEYTRAIL_METRICS_PORT_TAKEN: {
    message: (host: string, port: number): string =>
      `/metrics cannot listen on ${host}, port ${port}: the port is in use or not permitted`,
    remedy:
      'Choose a free port with `metricsPort` (`MONEYTRAIL_METRICS_PORT`), or end the process that holds it.',
  },
  MONEYTRAIL_METRICS_TOKEN_MISSING: {
    message: (host: string): string =>
      `metricsHost ${host} can be reached by others: /metrics needs metricsToken there`,
    remedy: 'Set `metricsToken` (`MONEYTRAIL_METRICS_TOKEN`), or leave `metricsHost` at 127.0.0.1.',
  },
  MONEYTRAIL_MONEY_CURRENCY_MISMATCH: {
    message: (a: string, b: string): string =>
      `${a} and ${b} cannot be added: keep one sum per currency`,
    remedy: 'Keep one sum per currency, or convert with a rate of your own before adding.',
  },
  MONEYTRAIL_MONEY_NOT_EXACT: {
    message: (amount: string, currency: string, decimals: number): string =>
      `${JSON.stringify(amount)} is not an exact amount of ${currency}, which has ${decimals} decimals`,
    remedy: 'Pass a plain decimal with at most the decimals of the currency, or whole minor units.',
  },
  MONEYTRAIL_MONEY_UNKNOWN_CURRENCY: {
    message: (currency: string): string =>
      `${JSON.stringify(currency)} is not a currency of ISO 4217`,
    remedy: 'Use the three letters of ISO 4217, such as `EUR` or `eur`, without spaces.',
  },
  MONEYTRAIL_OPTION_INVALID: {
    message: (name: string, value: string, expected: string): string =>
      `${name} must be ${expected}, got ${JSON.stringify(value)}`,
    remedy:
      'Give the option or variable that the message names a value of the kind that it names. `docs/configuration.md` lists those of the telemetry, the README of each package its own.',
  },
  MONEYTRAIL_OPTION_UNKNOWN: {
    message: (owner: string, name: string, meant?: string): string =>
      `${owner} has no option ${JSON.stringify(name)}${didYouMean(meant)}`,
    remedy:
      'Correct the name or leave it out: `docs/configuration.md` lists the options of `startTelemetry`, `docs/logging.md` those of `createLogger`.',
  },
  MONEYTRAIL_PROTOCOL_NOT_BUILT_IN: {
    message: (name: string, value: string, expected: string): string =>
      `${name} must be ${expected}, got ${JSON.stringify(value)}`,
    remedy:
      'Send OTLP over HTTP, which every Collector takes on port 4318. `grpc` is not built in: it would add its weight to each service.',
  },
  MONEYTRAIL_PROVIDER_UNKNOWN: {
    message: (provider: string, known: string): string =>
      `how many decimals ${JSON.stringify(provider)} gives its amounts is not known, only that of ${known}`,
    remedy:
      "Make the amount yourself: `money(1999n, 'EUR')` of minor units by ISO 4217, or `parseMoney('19.99', 'EUR')` of a decimal text. The payment may name any provider: `payments.succeeded({ provider: 'mollie', ... })`.",
  },
  MONEYTRAIL_TELEMETRY_DROPPED: {
    message: (signal: string, items: number, cause: string, url: string, reason: string): string =>
      `${items} items of ${signal} were dropped (${cause}) on the way to ${url}: ${reason}; further ones of this cause are counted only`,
    remedy:
      'This is a warning, not an error: the service goes on. `moneytrail_telemetry_dropped_total` counts every lost item by cause. `queue_full`, `timeout` and `export_failed`: the endpoint is away or too slow. `rejected`, `too_large` and `invalid`: the endpoint or the encoder refused these very items. `invalid_response`: the address belongs to something other than an OTLP receiver. `shutdown`: the process ended before the endpoint responded. Silence it with `--disable-warning=MONEYTRAIL_TELEMETRY_DROPPED`.',
  },
  MONEYTRAIL_VARIABLE_UNKNOWN: {
    message: (name: string, meant: string | undefined): string =>
      `${name} is set, and the telemetry reads no variable of this name${didYouMean(meant)}`,
    remedy:
      'This is a warning, not an error: the variable has no effect. Correct its name, or take it out of the environment of the service: `docs/configuration.md` lists all that are read. Silence it with `--disable-warning=MONEYTRAIL_VARIABLE_UNKNOWN`.',
  },
  MONEYTRAIL_VARIABLE_UNSUPPORTED: {
    message: (name: string, instead: string): string =>
      `${name} is set and has no effect here: ${instead}`,
    remedy:
      'This is a warning, not an error: the service goes on without it. Use what the message names, or take the variable out of the environment of the service. Silence it with `--disable-warning=MONEYTRAIL_VARIABLE_UNSUPPORTED`.',
  },
  MONEYTRAIL_WEBHOOK_SECRET_INVALID: {
    message: (): string =>
      'secret must be the signing secret of the webhook endpoint, without spaces and commas, or a list of such secrets',
    remedy:
      "Copy the endpoint's signing secret (`whsec_…`) from the provider's dashboard; `stripe listen` prints its own. Give several as a list: `secret: (process.env.STRIPE_WEBHOOK_SECRETS ?? '').split(',')`.",
  },
} as const;

/**
 * Every error that Moneytrail raises, all of them at start-up or from a calculation that was asked for. A key is the code,
 * `message` makes the text and `remedy` says what to do; `docs/errors.md` is written from it.
 */
export const ERRORS: typeof SERVICE_ERRORS &
  typeof LOAD_ERRORS &
  typeof NEIGHBOUR_ERRORS &
  typeof TOOL_ERRORS = {
  ...SERVICE_ERRORS,
  ...LOAD_ERRORS,
  ...NEIGHBOUR_ERRORS,
  ...TOOL_ERRORS,
};

/** A code of `ERRORS`. */
export type ErrorCode = keyof typeof ERRORS;

/**
 * An error with a code and a page in `docs/errors.md`. It is raised at start-up or by a calculation, never on the path of
 * a payment.
 *
 * @example
 * ```ts
 * import { MoneytrailError, parseMoney } from '@moneytrail/catalogue';
 * try {
 *   parseMoney('1.234', 'EUR');
 * } catch (error) {
 *   if (error instanceof MoneytrailError) console.log(error.code); // MONEYTRAIL_MONEY_NOT_EXACT
 * }
 * ```
 */
export class MoneytrailError<Code extends ErrorCode = ErrorCode> extends Error {
  /** Stable code, also the anchor of its section in `docs/errors.md`. */
  readonly code: Code;

  constructor(code: Code, ...args: Parameters<(typeof ERRORS)[Code]['message']>) {
    // One cast: TypeScript cannot see that the arguments belong to the message of this very code.
    const message = ERRORS[code].message as (...values: typeof args) => string;
    // A caller without types may hand in anything, and an error about it must have a text.
    const shown = args.map((value) => (typeof value === 'string' ? value : shownValue(value)));
    super(`${code}: ${message(...(shown as typeof args))} (docs/errors.md#${code.toLowerCase()})`);
    this.name = 'MoneytrailError';
    this.code = code;
  }
}
