/** Tables in Markdown. */

/** Formats a name as code. */
export function code(name: string): string {
  return `\`${name}\``;
}

/** Formats a table. Line breaks in cells are kept. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', '<br>')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
