/** Reported cases outside of the repository: small inputs, each with the expected result in its README. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { it } from '@jest/globals';
import { ROOT } from './repository.ts';

const FIXTURES = resolve(ROOT, process.env['MONEYTRAIL_FIXTURES'] ?? '../shared/fixtures');

/** A test of a reported case, which gets its folder. Without the cases, the title says that the test was skipped. */
export function itOfReport(name: string, title: string, test: (folder: string) => unknown): void {
  const folder = join(FIXTURES, 'reports', name);
  if (existsSync(folder)) it(title, async () => void (await test(folder)));
  else it(`${title} (skipped: ${folder} is absent)`, () => undefined);
}
