/** The table of docs/exits.md: the result of each end of a process with the import, and the telemetry that arrives. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { end, WAYS } from './exits/ways.ts';

const PAGE = readFileSync(new URL('../docs/exits.md', import.meta.url), 'utf8');

/** Rows of the table by their first column. */
const ROWS = new Map(
  [...PAGE.matchAll(/^\| (.+?) \| (.+?) \| (\w+) \| (\w+) \| (\w+) \| [\d–]+ \|$/gm)].map(
    ([, name = '', exit, traces, logs, metrics]) => [name, { exit, traces, logs, metrics }],
  ),
);

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

it('has a row for each of these ends, and no others', () => {
  expect([...ROWS.keys()]).toEqual(WAYS.map(({ name }) => name));
});

it.each(WAYS)(
  '$name: ends as without the import, and delivers what the table says',
  async (way) => {
    const bare = await end(way, receiver, false);
    const { ms, ...seen } = await end(way, receiver, true);
    expect(seen.exit).toBe(bare.exit);
    expect(seen).toEqual(ROWS.get(way.name));
    expect(ms).toBeLessThan(10_000);
  },
);
