import { describe, expect, it } from '@jest/globals';
import { codeOf, importsOf } from './repository.ts';

describe('the imports of a file', () => {
  it.each([
    ["import 'a';", ['a']],
    ["import a from 'a';", ['a']],
    ["import * as a from 'a';", ['a']],
    ["import type {\n  A,\n  B,\n} from 'a';", ['a']],
    ["export { a } from 'a';", ['a']],
    ["export type { A } from 'a';", ['a']],
    ["const a = await import('a');", ['a']],
  ])('have %j', (text, modules) => {
    expect(importsOf(text)).toEqual(modules);
  });

  it.each([
    "export const a = 'a';",
    " * import { a } from 'a';",
    "// import { a } from 'a';",
    "  <code>import 'a'</code>",
    "export function from(): string {\n  return 'a';\n}",
  ])('do not have %j', (text) => {
    expect(importsOf(text)).toEqual([]);
  });
});

it('removes the text of whole-line comments and keeps line numbers', () => {
  expect(codeOf('/**\n * a\n */\nconst a = 1; // b\n')).toBe('\n\n\nconst a = 1; // b\n');
});
