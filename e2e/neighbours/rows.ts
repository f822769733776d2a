/** The expected results next to each neighbour: which spans arrive, which codes are printed, what the neighbour gets. */

export const REGISTER = '@moneytrail/telemetry/register';

/** A row for one neighbour; `docs/neighbours.md` has the same rows. */
export interface Row {
  /** The neighbour and its position, as in the documentation. */
  readonly name: string;
  /** Imports before the service, in this order. */
  readonly imports: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Names of the spans that arrive, sorted. */
  readonly spans: readonly string[];
  /** Codes on stderr. */
  readonly codes: readonly string[];
  /** Whether the counter that the service creates with the API arrives. */
  readonly hasOwnCounter: boolean;
  /** Types of the items that Sentry gets, without reports about itself. */
  readonly sentry?: readonly string[];
  /** Names of the spans that the other SDK sends to its own endpoint, sorted. */
  readonly theirs?: readonly string[];
}

/** The three spans of the job from our instrumentations. */
const ALL = ['GET', 'GET /pay/:id', 'charge [redacted]'];
const NAMED = ['MONEYTRAIL_SECOND_INSTRUMENTATION', 'MONEYTRAIL_SDK_REFUSED'];
const TRACING = { SENTRY_RATE: '1' };

const alone: Row = {
  name: 'nobody',
  imports: [REGISTER],
  spans: ALL,
  codes: [],
  hasOwnCounter: true,
};

/** Sentry, before and after ours, without and with tracing. */
const SENTRY: readonly Row[] = [
  {
    ...alone,
    name: 'Sentry 10 first, errors alone',
    imports: ['./sentry-10.mjs', REGISTER],
    sentry: ['event'],
  },
  {
    ...alone,
    name: 'Sentry 10 first, with tracing',
    imports: ['./sentry-10.mjs', REGISTER],
    env: TRACING,
    spans: [],
    codes: ['MONEYTRAIL_ANOTHER_SDK'],
    sentry: ['event', 'transaction'],
  },
  {
    ...alone,
    name: 'Sentry 10 first, `skipOpenTelemetrySetup: true`',
    imports: ['./sentry-10-joined.mjs', REGISTER],
    codes: ['MONEYTRAIL_SECOND_INSTRUMENTATION'],
    sentry: ['event'],
  },
  {
    ...alone,
    name: 'Sentry 10 joined to the spans of Moneytrail',
    imports: ['./sentry-10-shared.mjs'],
    codes: ['MONEYTRAIL_SECOND_INSTRUMENTATION'],
    sentry: ['event', 'transaction'],
  },
  {
    ...alone,
    name: 'Sentry 10 after, errors alone',
    imports: [REGISTER, './sentry-10.mjs'],
    codes: NAMED,
    sentry: ['event'],
  },
  {
    ...alone,
    name: 'Sentry 10 after, with tracing',
    imports: [REGISTER, './sentry-10.mjs'],
    env: TRACING,
    codes: NAMED,
    sentry: ['event'],
  },
  {
    ...alone,
    name: 'Sentry 11 first, errors alone',
    imports: ['./sentry-11.mjs', REGISTER],
    sentry: ['event'],
  },
  {
    ...alone,
    name: 'Sentry 11 first, with tracing',
    imports: ['./sentry-11.mjs', REGISTER],
    env: TRACING,
    sentry: ['event', 'span'],
  },
  {
    ...alone,
    name: 'Sentry 11 after, errors alone',
    imports: [REGISTER, './sentry-11.mjs'],
    sentry: ['event'],
  },
  {
    ...alone,
    name: 'Sentry 11 after, with tracing',
    imports: [REGISTER, './sentry-11.mjs'],
    env: TRACING,
    sentry: ['event', 'span'],
  },
];

/** Other libraries that record telemetry. */
const OTHERS: readonly Row[] = [
  alone,
  {
    ...alone,
    name: 'a package with an older API that sets a diagnostic logger, first',
    imports: ['./diagnostics.mjs', REGISTER],
  },
  {
    ...alone,
    name: 'a package with an older API that sets a diagnostic logger, after',
    imports: [REGISTER, './diagnostics.mjs'],
  },
  { ...alone, name: 'dd-trace first', imports: ['./dd-trace.mjs', REGISTER] },
  { ...alone, name: 'dd-trace after', imports: [REGISTER, './dd-trace.mjs'] },
  {
    ...alone,
    name: 'the TracerProvider of dd-trace first',
    imports: ['./dd-trace-provider.mjs', REGISTER],
    spans: [],
    codes: ['MONEYTRAIL_ANOTHER_SDK'],
  },
  {
    ...alone,
    name: 'the TracerProvider of dd-trace after',
    imports: [REGISTER, './dd-trace-provider.mjs'],
    codes: ['MONEYTRAIL_SDK_REFUSED'],
  },
  { ...alone, name: 'prom-client', imports: [REGISTER, './prom-client.mjs'] },
];

const ATTACHED: Row = {
  ...alone,
  name: '',
  codes: ['MONEYTRAIL_ANOTHER_SDK'],
  spans: ['GET', 'GET', 'charge [redacted]'],
  theirs: ['GET', 'GET', 'charge ada@example.org'],
};

/** Rows for an SDK that the service starts itself, by the file that starts it. */
export function sdkRows(version: string, file: string, takesMetrics: boolean): readonly Row[] {
  return [
    {
      ...ATTACHED,
      name: `NodeSDK ${version} first, with its HTTP instrumentation`,
      imports: [file, REGISTER],
      hasOwnCounter: !takesMetrics,
    },
    {
      ...ATTACHED,
      name: `NodeSDK ${version} first, without instrumentations`,
      imports: [file, REGISTER],
      env: { THEIR_INSTRUMENTATIONS: 'none' },
      spans: ALL,
      theirs: ['GET', 'GET /pay/:id', 'charge ada@example.org'],
      hasOwnCounter: !takesMetrics,
    },
    {
      ...alone,
      name: `NodeSDK ${version} after, without instrumentations`,
      imports: [REGISTER, file],
      env: { THEIR_INSTRUMENTATIONS: 'none' },
      codes: ['MONEYTRAIL_SDK_REFUSED'],
    },
  ];
}

export const ROWS: readonly Row[] = [...OTHERS, ...SENTRY];
