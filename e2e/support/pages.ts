/** Reads tables and recipes (files and commands) from pages of the documentation. */
import { read } from '../../tools/repository.ts';

/** The steps under one heading. */
export interface Recipe {
  /** Files by name, which is in the comment on their first line. */
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

/** The cells of each table row of a page, without the headings. */
export function rowsOf(page: string): string[][] {
  const lines = read(page).split('\n');
  return lines
    .filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

const isRow = (line: string): boolean => line.startsWith('|');
const isRule = (line: string): boolean => /^\| -/.test(line);

/** The recipe under each heading of a page; all blocks before the first one belong to the page itself. */
export function recipesOf(page: string): ReadonlyMap<string, Recipe> {
  const parts = read(page)
    .split(/^#+ (.+)$/m)
    .slice(1);
  const recipes = new Map<string, Recipe>();
  for (let index = 0; index < parts.length; index += 2) {
    recipes.set(parts[index] ?? '', recipeOf(parts[index + 1] ?? ''));
  }
  return recipes;
}

function recipeOf(text: string): Recipe {
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const codeIn = (language: string): string[] =>
    blocks.filter((block) => block[1] === language).map((block) => block[2] ?? '');
  const named = codeIn('js').map((code) => [/^\/\/ (\S+)/.exec(code)?.[1] ?? '', code]);
  const commands = codeIn('sh').flatMap((code) => code.trim().split('\n'));
  return { files: Object.fromEntries(named), commands };
}
