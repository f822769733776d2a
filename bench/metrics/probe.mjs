/** Measures one subject in its own process: CPU time of the main thread and bytes per call. Arguments: subject, folder of the peers; without
 * arguments it prints the subjects. */
import { loadFrom } from './peers.ts';
import { SERIES, SUBJECTS } from './subjects.mjs';

/** The clock of CPU time has steps of up to ten milliseconds. */
const SAMPLE_MS = 200;
const SAMPLES = 5;
const BYTES_CALLS = 50_000;

const [name, folder] = process.argv.slice(2);
if (name === undefined) {
  console.log(JSON.stringify(Object.keys(SUBJECTS)));
  process.exit();
}
const subject = await SUBJECTS[name](loadFrom(folder));
const values = Float64Array.from({ length: 1024 }, () => 10 ** (Math.random() * 4 - 3));

const OPERATIONS = {
  count: (calls) => {
    for (let i = 0; i < calls; i += 1) subject.count(i % SERIES.length);
  },
  record: (calls) => {
    for (let i = 0; i < calls; i += 1) subject.record(i % SERIES.length, values[i & 1023]);
  },
};

const costs = {};
for (const [operation, run] of Object.entries(OPERATIONS)) {
  const calls = callsFor(run);
  const samples = Array.from({ length: SAMPLES }, () => cpuMs(run, calls) * (1e6 / calls));
  costs[operation] = { ns: medianOf(samples), bytes: bytesOf(run) };
}
console.log(JSON.stringify(costs));
process.exit();

/** The number of calls that take the time of a sample. */
function callsFor(run) {
  let calls = 100_000;
  while (cpuMs(run, calls) < SAMPLE_MS) calls *= 2;
  return calls;
}

function cpuMs(run, calls) {
  const start = process.threadCpuUsage();
  run(calls);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

function bytesOf(run) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  run(BYTES_CALLS);
  return Math.max(0, process.memoryUsage().heapUsed - before) / BYTES_CALLS;
}

function medianOf(samples) {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)];
}
