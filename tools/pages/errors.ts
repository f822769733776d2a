import { ERRORS } from '@moneytrail/catalogue';
import { writtenFrom } from './markdown.ts';

/** `docs/errors.md`: every code with its message and what to do. */
export function errorsPage(): string {
  return `${writtenFrom('packages/catalogue/src/errors.ts')}
# Errors

Every error of ours is raised at start-up, or by a calculation that was asked for; none on the path of a payment. Its
\`code\` is the heading here.

${Object.entries(ERRORS)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { message, remedy }]) => `## ${name}\n\n> ${template(message)}\n\n${remedy}\n`)
  .join('\n')}`;
}

/** The message with the names of its parameters in place of values. */
function template(message: (...args: never[]) => string): string {
  const parameters = /\(([^)]*)\)/.exec(String(message))?.[1] ?? '';
  const names = parameters.split(',').map((name) => `<${name.trim()}>`);
  return Reflect.apply(message, undefined, names).replaceAll(/<\w+>/g, '`$&`');
}
