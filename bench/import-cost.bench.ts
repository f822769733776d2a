/**
 * The cost of the import before the first line of a service: CPU time and memory of new processes without any import, with
 * ours, and with the `register` of OpenTelemetry's auto-instrumentations. The three take turns, so that load on the machine
 * affects all of them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';

/** Both are measured with defaults; nothing is sent, because the process ends at its first line. */
const NOWHERE = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', NODE_OPTIONS: '' };

const PROBE = new URL('./probe.mjs', import.meta.url).pathname;

const SUBJECTS: Readonly<Record<string, string[]>> = {
  'no import': [],
  moneytrail: ['--import', '@moneytrail/telemetry/register'],
  'auto-instrumentations-node': ['--import', '@opentelemetry/auto-instrumentations-node/register'],
};

interface Sample {
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** Prints the medians over `rounds` rounds, and each as a multiple of the bare process. */
export function benchImportCost(rounds: number): void {
  const built = new URL('../packages/telemetry/dist/register.js', import.meta.url);
  if (!existsSync(built)) throw new Error('Nothing is built: run `npm run build` first');
  const samples = new Map(Object.keys(SUBJECTS).map((name) => [name, [] as Sample[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, parameters] of Object.entries(SUBJECTS)) {
      const sample = measure(parameters);
      // The first round fills the caches of the operating system.
      if (round > 0) samples.get(name)?.push(sample);
    }
  }
  print(samples, rounds);
}

function measure(parameters: readonly string[]): Sample {
  const env = { ...process.env, ...NOWHERE };
  const { stdout, stderr } = spawnSync(process.execPath, [...parameters, PROBE], {
    env,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function print(samples: ReadonlyMap<string, readonly Sample[]>, rounds: number): void {
  const bare = mediansOf(samples.get('no import') ?? []);
  console.log(`To the first line, medians of ${rounds} rounds, Node ${process.version}`);
  console.log(
    `Load of the machine: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}\n`,
  );
  console.table(
    [...samples].map(([name, list]) => {
      const { cpuMs, rssMb } = mediansOf(list);
      return {
        import: name,
        'CPU ms': cpuMs.toFixed(0),
        'CPU, bare = 1': (cpuMs / bare.cpuMs).toFixed(1),
        'RSS MB': rssMb.toFixed(0),
        'RSS, bare = 1': (rssMb / bare.rssMb).toFixed(1),
      };
    }),
  );
}

function mediansOf(list: readonly Sample[]): Sample {
  return {
    cpuMs: median(list.map(({ cpuMs }) => cpuMs)),
    rssMb: median(list.map(({ rssMb }) => rssMb)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
