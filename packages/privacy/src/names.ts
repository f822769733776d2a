/** Decides by the name of a field whether its value is masked. */
import {
  PERSONS,
  REDACTED_ALONE,
  REDACTED_ENDINGS,
  REDACTED_FIELDS,
  REDACTED_OF_CARDS,
  REDACTED_OF_ERRORS,
  REDACTED_OF_PERSONS,
  WHOLE_ONLY,
} from './fields.ts';
import { remembered } from './remember.ts';

const MAX_REMEMBERED = 5_000;
const MAX_NAME = 256;

/** The `parent` of the fields of an error. */
export const ERROR = 'error';

/** Whether the value of `field` inside `parent` must not leave the process. */
export type Sensitive = (field: string, parent: string) => boolean;

const KNOWN = new Set(REDACTED_FIELDS.map(wordsJoined));

/** A name in its normal form: `dbPassword`, `DB_PASSWORD` and `db.password` are the same. */
export const plainName: (name: string) => string = remembered(wordsJoined);

/**
 * Creates the check for the names in `REDACTED_FIELDS` and in `extra`. Its results are cached because field names repeat.
 *
 * @example
 * ```ts
 * import { sensitiveFields } from '@moneytrail/privacy';
 * const isSensitive = sensitiveFields([]);
 * console.log(isSensitive('name', 'customer'), isSensitive('name', 'job')); // true false
 * ```
 */
export function sensitiveFields(extra: readonly string[]): Sensitive {
  const further = new Set(extra.map(wordsJoined));
  const judge: Sensitive = (field, parent) => {
    const words = wordsOf(field);
    return further.has(words.join('')) || isKnown(words, parent);
  };
  return remembering(judge);
}

function wordsJoined(name: string): string {
  return wordsOf(name).join('');
}

/** The words of a name: `db` and `password` for `dbPassword`, `DB_PASSWORD` and `db.password`. */
function wordsOf(name: string): string[] {
  const apart = name
    .slice(0, MAX_NAME)
    .replace(/([\p{Ll}\d])(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$& ');
  return apart.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function isKnown(words: readonly string[], parent: string): boolean {
  const name = words.join('');
  if (endsInKnown(words) || REDACTED_ENDINGS.some((ending) => name.endsWith(ending))) return true;
  if (parent === ERROR && REDACTED_OF_ERRORS.has(name)) return true;
  const all = [...wordsOf(parent), ...words];
  return endsInKnown(all) || isOfOwner(all);
}

/** Whether a name ends in a known name: `receipt_email`, `user.pin`, `number` inside `account`. */
function endsInKnown(words: readonly string[]): boolean {
  return words.some((_, index) => {
    const name = words.slice(index).join('');
    return KNOWN.has(name) && (index === 0 || !WHOLE_ONLY.has(name));
  });
}

/** Whether the last word is masked only in a card or person, and belongs to one here. */
function isOfOwner(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  const owner = words.at(-2);
  if (owner === undefined) return REDACTED_ALONE.has(last);
  if (owner.includes('card')) return REDACTED_OF_CARDS.has(last);
  if (!REDACTED_OF_PERSONS.has(last)) return false;
  return PERSONS.test(owner) || PERSONS.test(words.slice(-3, -1).join(''));
}

/** Longer names are checked each time because caching them would take too much memory. */
function remembering(judge: Sensitive): Sensitive {
  const verdicts = new Map<string, Map<string, boolean>>();
  let count = 0;
  return (field, parent) => {
    const known = verdicts.get(parent)?.get(field);
    if (known !== undefined) return known;
    const verdict = judge(field, parent);
    if (count < MAX_REMEMBERED && field.length <= MAX_NAME && parent.length <= MAX_NAME) {
      count += 1;
      const siblings = verdicts.get(parent) ?? new Map<string, boolean>();
      verdicts.set(parent, siblings.set(field, verdict));
    }
    return verdict;
  };
}
