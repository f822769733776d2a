import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BuiltPage, buildPage } from '../build.ts';

const MOST_GZIP_BYTES = 90_000;
const folder = mkdtempSync(join(tmpdir(), 'moneytrail-page-'));
let built: BuiltPage;
let html = '';

beforeAll(async () => {
  built = await buildPage(join(folder, 'new', 'page'));
  html = readFileSync(join(folder, 'new', 'page', 'index.html'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The content of an element. */
function inside(name: 'style' | 'script'): string {
  return new RegExp(`<${name}[^>]*>([^]*?)</${name}>`).exec(html)?.[1] ?? '';
}

describe('the built UI', () => {
  it('loads in one request of at most 90 kB', () => {
    expect(built.gzipBytes).toBeLessThanOrEqual(MOST_GZIP_BYTES);
    expect(built.bytes).toBe(Buffer.byteLength(html));
    const markup = html.replace(inside('script'), '').replace(inside('style'), '');
    expect(markup.match(/(?:src|href)="[^"]*"/g)).toEqual([
      expect.stringMatching(/^href="data:image\/svg/),
      'href="/api/payments"',
    ]);
    expect(inside('style')).not.toMatch(/url\(|@import/);
  });

  it('has a policy under which its own style and script run and nothing else', () => {
    const policy = readFileSync(join(folder, 'new', 'page', 'csp.txt'), 'utf8');
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
    expect(html).toContain(`content="${policy}"`);
    expect(policy).toContain(`script-src 'sha256-${hash(inside('script'))}'`);
    expect(policy).toContain(`style-src 'sha256-${hash(inside('style'))}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('leaves no placeholder of its template', () => {
    expect(html).not.toMatch(/%policy%|\/\*(?:style|script)\*\//);
  });
});
