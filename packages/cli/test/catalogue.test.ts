/** Tests of `moneytrail catalogue` and its option for `collector print`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runCli } from '@moneytrail/cli';

const EXAMPLE = new URL('../../../examples/own-catalogue/catalogue.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'moneytrail-cli-'));

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const texts = { out: '', error: '' };
  const code = await runCli(args, {
    out: (text) => {
      texts.out += text;
    },
    error: (text) => {
      texts.error += text;
    },
    colours: false,
    env: {},
  });
  return { code, ...texts };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** What `defineCatalogue` returns, written by hand. */
const plain = (prefix: string, instruments: string): string =>
  `{ prefix: '${prefix}', known: {}, attributes: {}, events: {}, lifecycles: {}, groups: [], instruments: {${instruments}} }`;
const COUNTER = `{ kind: 'counter', unit: '{order}', help: '', attributes: [] }`;

describe('moneytrail catalogue', () => {
  it('check summarizes a catalogue', async () => {
    expect(await run('catalogue', 'check', '--catalogue', EXAMPLE)).toEqual({
      code: 0,
      out: 'shop: 4 attributes, 2 events, 2 instruments, 0 lifecycles; 4 series at zero\n',
      error: '',
    });
  });

  it('docs prints events, metrics and attributes as Markdown', async () => {
    const { code, out } = await run('catalogue', 'docs', '--catalogue', EXAMPLE);
    expect(code).toBe(0);
    expect(out).toContain('# Catalogue `shop`');
    expect(out).toContain('| `order.shipped` | An order left the warehouse. | INFO |');
    expect(out).toContain('`shop.order.shipments`<br>`shop_order_shipments_total`');
    expect(out).toContain('`post`: Post.');
    expect(out).not.toContain('## Lifecycles');
  });

  it.each([
    [
      'two catalogues with the same names in Prometheus',
      `export const a = ${plain('shop.', `'order.lost': ${COUNTER}`)};
       export const b = ${plain('shop_order.', `lost: ${COUNTER}`)};`,
      'MONEYTRAIL_CATALOGUE_NAMES_FOLD',
    ],
    [
      'a wrong entry',
      `const error = new Error('MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN: x has the unit "orders"');
       throw Object.assign(error, { name: 'MoneytrailError' });`,
      'MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN',
    ],
  ])('check finds %s: exit code 1', async (title, text, code) => {
    const path = file(`${title.replaceAll(' ', '-')}.mjs`, text);
    expect(await run('catalogue', 'check', '--catalogue', path)).toEqual({
      code: 1,
      out: '',
      error: expect.stringContaining(code),
    });
  });

  it.each([
    [
      'a file without a catalogue',
      ['--catalogue', file('none.mjs', 'export const a = 1;')],
      'MISSING',
    ],
    ['a file that does not exist', ['--catalogue', join(folder, 'absent.mjs')], 'UNREADABLE'],
    ['a file with a wrong syntax', ['--catalogue', file('wrong.mjs', 'export {')], 'UNREADABLE'],
    ['no file', [], 'MONEYTRAIL_CLI_USAGE'],
  ])('docs and check reject %s: exit code 2', async (_title, args, code) => {
    for (const command of ['docs', 'check']) {
      const { out, error, ...rest } = await run('catalogue', command, ...args);
      expect({ ...rest, out }).toEqual({ code: 2, out: '' });
      expect(error).toContain(code);
    }
  });
});

describe('moneytrail collector print', () => {
  it('does not search the closed attributes of a catalogue for secrets', async () => {
    const args = ['collector', 'print', '--profile', 'single', '--catalogue', EXAMPLE];
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    expect(out).toContain('\n      - order.carrier\n');
    expect(out).not.toContain('\n      - order.id\n');
  });
});
