import { allErrors } from '../errors.ts';
import { writtenFrom } from './markdown.ts';

/** `docs/errors.md`: every code with its message and what to do. */
export async function errorsPage(): Promise<string> {
  const errors = await allErrors();
  return `${writtenFrom('the `src/errors.ts` of each package')}
# Errors

All errors are thrown at startup or by explicit calculations, never on the path of a payment. Each heading is the \`code\` of an error.

${errors
  .map(({ code, message, remedy }) => `## ${code}\n\n> ${template(message)}\n\n${remedy}\n`)
  .join('\n')}`;
}

/** The message as it is shown when all of its values are given. */
function template(message: string): string {
  return message.replaceAll(/[[\]]/g, '').replaceAll(/\{(\w+)\}/g, '`<$1>`');
}
