// Says by the name of a field whether its value is masked.
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

/** What `parent` is called where the fields of an error are looked at. */
export const ERROR = 'error';

/** Says whether the value of `field`, found inside `parent`, must not leave the process. */
export type Sensitive = (field: string, parent: string) => boolean;

const KNOWN = new Set(REDACTED_FIELDS.map(wordsJoined));

function wordsJoined(name: string): string {
  return wordsOf(name).join('');
}

/** A name without what makes its spelling: `dbPassword`, `DB_PASSWORD` and `db.password` are the same. */
export const plainName: (name: string) => string = remembered(wordsJoined);

/** `dbPassword`, `DB_PASSWORD` and `db.password` are the words `db` and `password`. */
function wordsOf(name: string): string[] {
  const apart = name
    .slice(0, MAX_NAME)
    .replace(/([\p{Ll}\d])(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$& ');
  return apart.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Makes the test for the names in `REDACTED_FIELDS` and `extra` ones. Its verdicts are remembered, because the same fields come
 * again.
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

/** Names that are too long are judged each time: remembered, they would take too much memory. */
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

function isKnown(words: readonly string[], parent: string): boolean {
  const name = words.join('');
  if (endsInKnown(words) || REDACTED_ENDINGS.some((ending) => name.endsWith(ending))) return true;
  if (parent === ERROR && REDACTED_OF_ERRORS.has(name)) return true;
  const all = [...wordsOf(parent), ...words];
  return endsInKnown(all) || isOfOwner(all);
}

/** Whether the last words are a known name: `receipt_email`, `user.pin`, `number` inside `account`. */
function endsInKnown(words: readonly string[]): boolean {
  return words.some((_, index) => {
    const name = words.slice(index).join('');
    return KNOWN.has(name) && (index === 0 || !WHOLE_ONLY.has(name));
  });
}

/** Whether the last word is a harmless one that belongs to a card or to a person here. */
function isOfOwner(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  const owner = words.at(-2);
  if (owner === undefined) return REDACTED_ALONE.has(last);
  if (owner.includes('card')) return REDACTED_OF_CARDS.has(last);
  if (!REDACTED_OF_PERSONS.has(last)) return false;
  return PERSONS.test(owner) || PERSONS.test(words.slice(-3, -1).join(''));
}
