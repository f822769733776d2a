/** Reported cases, which lie outside of the repository: small inputs, each with the right result in its README. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { it } from '@jest/globals';
import { ROOT } from './repository.ts';

const FIXTURES = resolve(ROOT, process.env['MONEYTRAIL_FIXTURES'] ?? '../shared/fixtures');

/** A test of a reported case, which gets its folder. Where the cases are absent, a test says so in its title instead. */
export function itOfReport(name: string, title: string, test: (folder: string) => unknown): void {
  const folder = join(FIXTURES, 'reports', name);
  if (existsSync(folder)) it(title, async () => void (await test(folder)));
  else it(`${title} (not tried: ${folder} is absent)`, () => undefined);
}
