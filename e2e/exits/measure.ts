/**
 * Prints the table of docs/exits.md as measured here; the last column is a median. Arguments: number of runs per end, and
 * a part of the names of the ends to run.
 */
import { startReceiver } from '../../packages/telemetry/test/support/receiver.ts';
import { end, WAYS } from './ways.ts';

const [, , runs = '5', part = ''] = process.argv;
const receiver = await startReceiver();

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

console.log(
  '| end | exit | traces | logs | metrics | added |\n| --- | --- | --- | --- | --- | --- |',
);
for (const way of WAYS.filter(({ name }) => name.includes(part))) {
  const bare: number[] = [];
  const ours: number[] = [];
  let last = await end(way, receiver, true);
  for (let run = 0; run < Number(runs); run += 1) {
    bare.push((await end(way, receiver, false)).ms);
    last = await end(way, receiver, true);
    ours.push(last.ms);
  }
  const added = way.pm2 ? '–' : Math.max(0, Math.round(median(ours) - median(bare)));
  const { exit, traces, logs, metrics } = last;
  console.log(`| ${way.name} | ${exit} | ${traces} | ${logs} | ${metrics} | ${added} |`);
}
await receiver.close();
