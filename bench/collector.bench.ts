/**
 * The cost of our Collector: its CPU time for a hundred thousand spans, with the plain `otlp` to `otlp_http` pipeline, with
 * the complete profile `single`, and with `single` without one part at a time. All take turns, each in a new process with
 * its own queue, so that load on the machine affects all of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { encodeRequests } from './collector/load.ts';
import { measureRound, type Usage } from './collector/round.ts';
import { VARIANTS } from './collector/variants.ts';

const SPANS = 100_000;
/** Number of different requests, which are sent in turn. */
const REQUESTS = 16;
/** Spans per second on one core, from Splunk's sizing guide for its distribution of the Collector. */
const PUBLISHED = 15_000;

/** Prints the medians over `rounds` rounds. `wanted` is a part of the names of the variants to measure; plain and single are always measured. */
export async function benchCollector(rounds: number, wanted = ''): Promise<void> {
  const requests = await encodeRequests(REQUESTS);
  const measured = VARIANTS.filter(
    ({ name }) => name === 'plain' || name === 'single' || name.includes(wanted),
  );
  await using sink = await startSink();
  const around = { sink: sink.url, requests, spans: SPANS };
  const usages = new Map<string, Usage[]>(measured.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    console.log(`round ${round} of ${rounds}`);
    for (const variant of measured) {
      usages.get(variant.name)?.push(await measureRound(variant, around));
    }
  }
  print(usages, rounds);
}

async function startSink() {
  const program = new URL('./collector/sink.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  return {
    url: `http://127.0.0.1:${String(port).trim()}`,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

function print(usages: ReadonlyMap<string, readonly Usage[]>, rounds: number): void {
  const cpuOf = (name: string) => medianOf(usages.get(name) ?? [], (usage) => usage.cpuSeconds);
  console.log(`\n${SPANS} spans a round, medians of ${rounds} rounds, Node ${process.version}`);
  console.log(`${cpus().length} x ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}\n`);
  console.table(
    [...usages].map(([name, list]) => {
      const cpu = cpuOf(name);
      const all = list.map(({ cpuSeconds }) => cpuSeconds);
      return {
        pipeline: name,
        'CPU s': cpu.toFixed(2),
        'least to most': `${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)}`,
        'spans per CPU s': Math.round(SPANS / cpu),
        'plain = 1': ratioToPlain(usages, list).toFixed(2),
        'published = 1': (SPANS / cpu / PUBLISHED).toFixed(1),
        'the part, CPU s': name.startsWith('without') ? (cpuOf('single') - cpu).toFixed(2) : '',
        'requests out': Math.round(medianOf(list, (usage) => usage.requestsOut)),
        'peak RSS MB': medianOf(list, (usage) => usage.memoryMb).toFixed(0),
      };
    }),
  );
}

/** Computed per round, because load on the machine in a round affects both variants. */
function ratioToPlain(
  usages: ReadonlyMap<string, readonly Usage[]>,
  list: readonly Usage[],
): number {
  const plain = usages.get('plain') ?? [];
  return median(list.map(({ cpuSeconds }, round) => (plain[round]?.cpuSeconds ?? 0) / cpuSeconds));
}

function medianOf(list: readonly Usage[], of: (usage: Usage) => number): number {
  return median(list.map(of));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, one) => sum + one, 0) / middle.length;
}
