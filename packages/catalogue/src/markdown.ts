// Markdown of tables.

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
