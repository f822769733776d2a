import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allErrors } from './errors.ts';
import { codeOf, filesOf, PACKAGES, ROOT, read } from './repository.ts';

const MAX_FILE_LINES = 300;
/** Files of catalogue domains, which are data in one file each. */
const MAX_DOMAIN_LINES = 400;
const MAX_CASTS_PER_1000_LINES = 1;
const MAX_ROOT_ENTRIES = 22;
const FIRST_CODE_BY_LINE = 12;

const SOURCES = filesOf('packages/*/src/**/*.{ts,tsx}').map((path) => ({ path, text: read(path) }));

/** Where `pattern` occurs, as `path:line`. */
function placesOf(pattern: RegExp, textOf: (text: string) => string = codeOf): string[] {
  return SOURCES.flatMap(({ path, text }) =>
    textOf(text)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [],
      ),
  );
}

describe('the source of the packages', () => {
  it(`has no file over ${MAX_FILE_LINES} lines`, () => {
    const long = SOURCES.filter(({ path, text }) => {
      const max = path.includes('/domains/') ? MAX_DOMAIN_LINES : MAX_FILE_LINES;
      return text.split('\n').length - 1 > max;
    });
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ['any', /(?::|\bas|[<,|]) any\b|<any\b/],
    ['non-null assertion', /[\w)\]]!(?:[.;,)[\]]|$)/],
    ['re-export of everything', /^export \*/],
    ['default export', /^export default\b/],
    ['enum', /^(?:export )?(?:const )?enum /],
    ['getter or setter', /^\s+(?:static )?[gs]et \w+\(/],
    ['suppressed compiler error', /@ts-(?:ignore|nocheck)/],
  ])('has no %s', (_, pattern) => {
    expect(placesOf(pattern)).toEqual([]);
  });

  it('has no import.meta where services load it, because bundlers leave it empty', () => {
    const places = placesOf(/\bimport\.meta\b/);
    expect(places.filter((place) => !place.startsWith('packages/store/'))).toEqual([]);
  });

  it('keeps the state of metrics in instances: one object of the process is the only exception', () => {
    const mutable =
      /^(?:let |(?:export )?const \w+(?:: (?!Readonly)\w[^=]*)? = (?:new |sharedInProcess))/;
    const places = placesOf(mutable).filter((place) => place.startsWith('packages/metrics/'));
    expect(places.map((place) => place.replace(/:\d+ /, ' '))).toEqual([
      "packages/metrics/src/process.ts export const RECORDERS: Recorders = sharedInProcess('recorders', VERSION, () => new Recorders());",
    ]);
  });

  it('has no TODO comments', () => {
    expect(placesOf(/\b(?:TODO|FIXME|HACK)\b/, (text) => text)).toEqual([]);
  });

  it(`casts at most ${MAX_CASTS_PER_1000_LINES} times in 1000 lines`, () => {
    const lines = SOURCES.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
    const withoutStrings = (text: string): string => codeOf(text).replace(/'[^'\n]*'/g, "''");
    const casts = placesOf(/\bas (?!const\b)/, withoutStrings).filter(
      (place) => !/^\S+ (?:import|export) |^\S+ \w+ as \w+,$/.test(place),
    );
    expect(casts.slice(Math.floor((lines / 1000) * MAX_CASTS_PER_1000_LINES))).toEqual([]);
  });

  it('documents every export', () => {
    const undocumented = SOURCES.flatMap(({ path, text }) =>
      exportsOf(text)
        .filter(({ doc }) => doc === '')
        .map(({ name }) => `${path} ${name}`),
    );
    expect(undocumented).toEqual([]);
  });
});

interface Export {
  readonly name: string;
  readonly kind: string;
  readonly doc: string;
}

/** The exported declarations of a file, each with its doc comment; overloads share the first one. */
function exportsOf(text: string): Export[] {
  const declaration =
    /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?^export (?:declare )?(?:async )?(?:abstract )?(function|const|let|class|interface|type)\b\*? (\w+)/gm;
  const found = [...text.matchAll(declaration)].map(([, doc = '', kind = '', name = '']) => ({
    name,
    kind,
    doc,
  }));
  return found.filter((one) => found.find(({ name }) => name === one.name) === one);
}

describe.each(PACKAGES)('the entry point of %s', (name) => {
  const folder = `packages/${name}/src`;
  const index = SOURCES.find(({ path }) => path === `${folder}/index.ts`)?.text ?? '';

  it('exports values and types by name', () => {
    expect(index).toMatch(/^export (?:type )?\{/m);
  });

  it('has an example for every function', () => {
    const lists = [...index.matchAll(/^export \{([^}]*)\} from '\.\/([^']+)'/gm)];
    const withoutExample = lists.flatMap(([, names = '', path = '']) => {
      const exported = names.split(',').map((one) => one.trim());
      return exportsOf(read(`${folder}/${path}`))
        .filter(({ kind, doc }) => kind === 'function' && !doc.includes('@example'))
        .filter((one) => exported.includes(one.name))
        .map((one) => `${path} ${one.name}`);
    });
    expect(withoutExample).toEqual([]);
  });
});

describe('the repository', () => {
  it(`has at most ${MAX_ROOT_ENTRIES} entries at its root`, () => {
    const entries = readdirSync(ROOT).filter(
      (name) => !name.startsWith('.') && !['node_modules', 'coverage'].includes(name),
    );
    expect(entries.length).toBeLessThanOrEqual(MAX_ROOT_ENTRIES);
  });

  it(`shows code that runs by line ${FIRST_CODE_BY_LINE} of its README`, () => {
    const line =
      read('README.md')
        .split('\n')
        .findIndex((text) => text.startsWith('```')) + 1;
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(FIRST_CODE_BY_LINE);
  });

  it('explains every error code, and no others, in docs/errors.md', async () => {
    const errors = await allErrors();
    const headings = [...read('docs/errors.md').matchAll(/^#+ `?(MONEYTRAIL_\w+)/gm)].map(
      ([, code]) => code,
    );
    expect(headings.sort()).toEqual(errors.map(({ code }) => code));
    expect(new Set(headings).size).toBe(headings.length);
  });

  it('declares every error code where it is raised', async () => {
    const unused = (await allErrors()).filter(({ code, folder }) => {
      const sources = filesOf(`${folder}/**/*.{ts,tsx}`).filter(
        (path) => !path.endsWith('/errors.ts'),
      );
      return !sources.some((path) => codeOf(read(path)).includes(`'${code}'`));
    });
    expect(unused.map(({ code, folder }) => `${code} in ${folder}`)).toEqual([]);
  });
});
