import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesOf, importsOf, ROOT, read } from './repository.ts';

const PAGES = filesOf(
  '*.md',
  '.github/*.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'examples/*/README.md',
);

interface Link {
  readonly text: string;
  /** Path from the root; the page itself for a link that is only an anchor. */
  readonly path: string;
  readonly anchor: string;
}

/** The links of a page to files of the repository. */
function linksOf(page: string): Link[] {
  const prose = read(page).replace(/^```[\s\S]*?^```/gm, '');
  const links = prose.matchAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g);
  return [...links].flatMap(([, text = '', target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor = ''] = target.split('#', 2);
    return [{ text, path: path === '' ? page : join(dirname(page), path), anchor }];
  });
}

/** The anchors of the headings of a page: lower case, without punctuation, with hyphens. */
function anchorsOf(page: string): string[] {
  const headings = read(page).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(PAGES)('%s', (page) => {
  it('links to existing files', () => {
    const dead = linksOf(page).filter(({ path }) => !existsSync(join(ROOT, path)));
    expect(dead).toEqual([]);
  });

  it('links to existing headings', () => {
    const dead = linksOf(page).filter(
      ({ path, anchor }) => anchor !== '' && !anchorsOf(path).includes(anchor),
    );
    expect(dead).toEqual([]);
  });
});

it('docs/bad-input.md links to tests by words in their titles', () => {
  const tests = linksOf('docs/bad-input.md').filter(({ path }) => path.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter(({ path, text }) => !read(path).includes(text))).toEqual([]);
});

it('the index contains every page of docs', () => {
  const listed = linksOf('docs/README.md').map(({ path }) => path);
  const pages = filesOf('docs/**/*.md').filter((page) => page !== 'docs/README.md');
  expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
});

it('the README leads to the line that records a payment in three steps', () => {
  const call = 'packages/metrics/src/default.ts';
  expect(linksOf('README.md').map(({ path }) => path)).toContain(call);
  expect(importsOf(read(call))).toContain('./recorder.ts');
  expect(importsOf(read('packages/metrics/src/recorder.ts'))).toContain('@moneytrail/catalogue');
});
