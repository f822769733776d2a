/** The rows of docs/unit-tests.md: each runner runs the test of that page, with its defaults. */
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../tools/repository.ts';
import { otherFolder, shell, toolFolder, writeFiles } from './support/loaded.ts';
import { recipesOf, rowsOf } from './support/pages.ts';

const PAGE = 'docs/unit-tests.md';

/** A separate package below the tools, with the tests of the page. */
function testFolder(tools: string): string {
  const folder = join(tools, 'tested');
  rmSync(folder, { recursive: true, force: true });
  cpSync(`${ROOT}e2e/services/loading`, folder, { recursive: true });
  const { files = {} } = recipesOf(PAGE).get('Unit tests of a service') ?? {};
  writeFiles(folder, { ...files, 'package.json': '{ "name": "tested", "private": true }' });
  return folder;
}

function outcomeOf(
  folder: string,
  command: string,
): { readonly ok: boolean; readonly text: string } {
  const { text, env } = shell(folder, command);
  // Nothing listens there, and nothing may wait for it.
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', text], {
    cwd: folder,
    env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return { ok: status === 0, text: stdout + stderr };
}

describe('the test of the page passes', () => {
  let folders: Record<string, string>;

  beforeAll(() => {
    folders = { current: testFolder(toolFolder()), 'Jest 29': testFolder(otherFolder()) };
  });

  it.each(rowsOf(PAGE))('%s, with %s', (command = '', runner = '') => {
    const folder = folders[runner.slice(0, 'Jest 29'.length)] ?? folders['current'] ?? '';
    const { ok, text } = outcomeOf(folder, command);
    expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
    // Two tests ran; each runner reports that in its own format.
    expect(text).toMatch(/\b2 pass(?:ed|ing)|pass 2\b/);
    expect(text.includes('MONEYTRAIL_PACKAGES_NOT_SEEN')).toBe(runner.endsWith('started'));
  });
});
