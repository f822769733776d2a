// Every error of the catalogue itself, and those of options, which all packages throw.

/** A wrong entry of a catalogue. */
export const CATALOGUE_ERRORS = {
  MONEYTRAIL_CATALOGUE_INVALID: {
    message: '{entry} of the catalogue: "{value}" must be {expected}',
    remedy: 'Correct the entry that the message names. `docs/own-catalogue.md` shows all of them.',
  },
  MONEYTRAIL_CATALOGUE_LABEL_UNBOUNDED: {
    message: '{instrument} cannot have series by {attribute}, which may have any number of values',
    remedy:
      'Give the instrument attributes of the kinds `set`, `open_set`, `currency` or `name` only. Events carry ids and texts.',
  },
  MONEYTRAIL_CATALOGUE_NAMES_FOLD: {
    message: '{a} and {b} would both be {folded}',
    remedy:
      'Rename one of the two. In Prometheus, in Loki and in the names of calls, dots and underscores are the same; Prometheus also appends the unit.',
  },
  MONEYTRAIL_CATALOGUE_NAME_TAKEN: {
    message: '{name} is already declared by Moneytrail or by another catalogue',
    remedy:
      'Choose another name, or use the attribute as it is: events and instruments may carry ours without declaring them. If you changed a catalogue in a running process with hot reloading, restart the process.',
  },
  MONEYTRAIL_CATALOGUE_PREFIX_RESERVED: {
    message: 'the prefix {prefix} belongs to Moneytrail or OpenTelemetry',
    remedy: 'Choose a prefix of the service or the company, such as `shop`.',
  },
  MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES: {
    message: '{owner} would start with {series} series; the limit is {limit}',
    remedy:
      'Give the instrument fewer attributes, or attributes with fewer values. Each combination of values is a series in every instance of the service.',
  },
  MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN: {
    message:
      '{instrument} has the unit "{unit}", which is not a unit of UCUM that Prometheus names',
    remedy:
      'Use `s`, `By`, `1`, `%`, a thing in braces such as `{order}`, or a quotient such as `By/s`; `{currency_unit}` is money.',
  },
} as const;

/** A calculation with money that has no exact result. */
export const MONEY_ERRORS = {
  MONEYTRAIL_MONEY_CURRENCY_MISMATCH: {
    message: '{a} and {b} cannot be added: keep one sum per currency',
    remedy: 'Keep one sum per currency, or convert the amounts with your own rate first.',
  },
  MONEYTRAIL_MONEY_NOT_EXACT: {
    message: '"{amount}" is not an exact amount of {currency}, which has {decimals} decimals',
    remedy:
      'Pass a plain decimal number with at most the decimals of the currency, or an integer in minor units.',
  },
  MONEYTRAIL_MONEY_UNKNOWN_CURRENCY: {
    message: '"{currency}" is not a currency of ISO 4217',
    remedy: 'Use the three letters of ISO 4217, such as `EUR` or `eur`, without spaces.',
  },
  MONEYTRAIL_PROVIDER_UNKNOWN: {
    message: 'the decimals of amounts of "{provider}" are unknown; known providers: {known}',
    remedy:
      "Create the amount yourself: `money(1999n, 'EUR')` from ISO 4217 minor units, or `parseMoney('19.99', 'EUR')` from a decimal string. A payment may have any provider: `payments.succeeded({ provider: 'mollie', ... })`.",
  },
} as const;

/** A wrong option or variable of any package. */
export const OPTION_ERRORS = {
  MONEYTRAIL_OPTION_INVALID: {
    message: '{name} must be {expected}, got "{value}"',
    remedy:
      'Correct the option or variable in the message. `docs/configuration.md` lists those of the telemetry; the README of each package lists its own.',
  },
  MONEYTRAIL_OPTION_UNKNOWN: {
    message: '{owner} has no option "{name}"[; did you mean {meant}?]',
    remedy:
      'Correct or remove the name: `docs/configuration.md` lists the options of `startTelemetry`, `docs/logging.md` those of `createLogger`.',
  },
} as const;

/** A warning about several copies of a package in one process. */
export const COPY_ERRORS = {
  MONEYTRAIL_COPIES_DIFFER: {
    message:
      'this process has loaded versions of Moneytrail that cannot share their {name} ({first} and {second}): data recorded through the later copy is missing from the metrics of the first',
    remedy:
      'This is a warning, not an error: the service continues. Use one version of all `@moneytrail/*` packages in the service and its libraries: `npm ls @moneytrail/metrics @moneytrail/telemetry` names the copies, `npm dedupe` removes them.',
  },
} as const;
