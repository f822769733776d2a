/** The table of docs/runtimes.md, and the error when Node.js is too old. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runIn } from '../packages/telemetry/test/support/process.ts';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { seenOf, serviceFolder, writeFiles } from './support/loaded.ts';
import { rowsOf } from './support/pages.ts';

const REGISTER = '@moneytrail/telemetry/register';

let receiver: Receiver;
let folder: string;

beforeAll(async () => {
  receiver = await startReceiver();
  folder = serviceFolder('runtimes');
  writeFiles(folder, {
    'plain.cjs': '',
    'first.cjs': `require('${REGISTER}');`,
    'first.mjs': `import '${REGISTER}';`,
  });
});

afterAll(() => receiver.close());

describe('the table of runtimes', () => {
  it.each(rowsOf('docs/runtimes.md'))('is right about %s with %s', async (...row) => {
    const [command = '', runtime, ...promised] = row;
    const { seen, stderr } = await seenOf(receiver, folder, [command]);
    expect(Object.values(seen).map((one) => (one ? 'yes' : 'no'))).toEqual(promised);
    expect(stderr.match(/MONEYTRAIL_\w+/g) ?? []).toEqual(
      runtime?.startsWith('Node.js') ? [] : ['MONEYTRAIL_PACKAGES_NOT_SEEN'],
    );
  });
});

describe.each([
  ['18.20.8', 'node18'],
  ['20.20.2', 'node20'],
  ['22.14.0', 'node22'],
])('Node.js %s', (version, name) => {
  it.each([
    [['--import', REGISTER, 'plain.cjs']],
    [['-r', REGISTER, 'plain.cjs']],
    [['first.cjs']],
    [['first.mjs']],
    [['app.mjs']],
  ])('is too old for %j, with one error', async (parameters) => {
    const node = join(folder, '..', 'node_modules', name, 'bin', 'node');
    const { code, stderr } = await runIn(folder, [node, ...parameters]).ended;
    expect([code, stderr.match(/\w*Error: MONEYTRAIL.*$/gm)]).toEqual([
      1,
      [expect.stringContaining(`MONEYTRAIL_NODE_TOO_OLD: this is Node.js ${version}`)],
    ]);
  });
});
