/** Says in a page's source where it comes from. */
export function writtenFrom(source: string): string {
  return `<!-- Written by \`npm run generate\` from ${source}; edit that. -->\n`;
}

/** A name as code. */
export function code(name: string): string {
  return `\`${name}\``;
}

/** A table; a line break in a cell becomes one on the page. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', '<br>')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

/** Entries in sections by the first word of their names, plural or not, in the order they come. */
export function byFirstWord<Value>(
  entries: Record<string, Value>,
): [word: string, [string, Value][]][] {
  const groups = Map.groupBy(Object.entries(entries), ([name]) => name.replace(/s?(?:\..*)?$/, ''));
  return [...groups];
}
