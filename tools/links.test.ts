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
  /** Path from the root; the page itself where a link is an anchor alone. */
  readonly path: string;
  readonly anchor: string;
}

/** The links of a page that stay within the repository. */
function linksOf(page: string): Link[] {
  const prose = read(page).replace(/^```[\s\S]*?^```/gm, '');
  const links = prose.matchAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g);
  return [...links].flatMap(([, text = '', target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor = ''] = target.split('#', 2);
    return [{ text, path: path === '' ? page : join(dirname(page), path), anchor }];
  });
}

/** The anchors that a page's headings get: lower case, without punctuation, joined by hyphens. */
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
  it('links to what is there', () => {
    const dead = linksOf(page).filter(({ path }) => !existsSync(join(ROOT, path)));
    expect(dead).toEqual([]);
  });

  it('links to headings that are there', () => {
    const dead = linksOf(page).filter(
      ({ path, anchor }) => anchor !== '' && !anchorsOf(path).includes(anchor),
    );
    expect(dead).toEqual([]);
  });
});

it('names a test by words of it wherever bad input is listed', () => {
  const tests = linksOf('docs/bad-input.md').filter(({ path }) => path.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter(({ path, text }) => !read(path).includes(text))).toEqual([]);
});

it('has every page of docs in its index', () => {
  const listed = linksOf('docs/README.md').map(({ path }) => path);
  const pages = filesOf('docs/**/*.md').filter((page) => page !== 'docs/README.md');
  expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
});

it('leads from the README to the line that records a payment in three hops', () => {
  const call = 'packages/metrics/src/default.ts';
  expect(linksOf('README.md').map(({ path }) => path)).toContain(call);
  expect(importsOf(read(call))).toContain('./recorder.ts');
  expect(importsOf(read('packages/metrics/src/recorder.ts'))).toContain('@moneytrail/catalogue');
});
