// Parts of generated pages.
export { code, table } from '../../packages/catalogue/src/markdown.ts';

/** A comment that names the source of a generated page. */
export function writtenFrom(source: string): string {
  return `<!-- Written by \`npm run generate\` from ${source}; edit that. -->\n`;
}
