/** The cost of counting and of recording, next to that of peers: each subject in its own process, in turns. */
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { installPeers } from './metrics/peers.ts';

const PROBE = new URL('./metrics/probe.mjs', import.meta.url).pathname;

/** The operations of a subject. */
type Costs = Readonly<Record<'count' | 'record', { readonly ns: number; readonly bytes: number }>>;

/** Prints the medians over `rounds` rounds, each also as a multiple of our handle. */
export function benchMetrics(rounds: number): void {
  const folder = installPeers();
  const names: string[] = JSON.parse(probe());
  const samples = new Map(names.map((name) => [name, [] as Costs[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, list] of samples) list.push(costsOf(name, folder));
  }
  const load = loadavg().map((one) => one.toFixed(1));
  console.log(`Medians of ${rounds} rounds, Node ${process.version}, load ${load.join(' ')}\n`);
  console.log(table(samples));
}

function costsOf(name: string, folder: string): Costs {
  return JSON.parse(probe(name, folder));
}

/** The last line of the probe: the names of the subjects, or the costs of one. */
function probe(...parameters: string[]): string {
  const space = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=512'];
  const flags = ['--conditions=@moneytrail/source', ...space];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const output = execFileSync(process.execPath, [...flags, PROBE, ...parameters], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output.trim().split('\n').at(-1) ?? '';
}

/** A table of Markdown. */
function table(samples: ReadonlyMap<string, readonly Costs[]>): string {
  const bound = samples.get('moneytrail, bound') ?? [];
  const rows = [...samples].map(([name, list]) => {
    const cells = (['count', 'record'] as const).flatMap((operation) => {
      const ns = medianOf(list.map((costs) => costs[operation].ns));
      const ours = medianOf(bound.map((costs) => costs[operation].ns));
      const bytes = medianOf(list.map((costs) => costs[operation].bytes));
      return [ns.toFixed(1), (ns / ours).toFixed(1), bytes.toFixed(0)];
    });
    return `| \`${name}\` | ${cells.join(' | ')} |`;
  });
  return [
    '| subject | count, ns | bound = 1 | bytes | record, ns | bound = 1 | bytes |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
