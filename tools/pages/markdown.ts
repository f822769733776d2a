// Parts of generated pages.
export { code, table } from '../../packages/catalogue/src/markdown.ts';

/** Says in the source of a page where it comes from. */
export function writtenFrom(source: string): string {
  return `<!-- Written by \`npm run generate\` from ${source}; edit that. -->\n`;
}
