/** Readable text for identifiers. */

const LONGEST_ID = 14;

/** `insufficient_funds` is `insufficient funds`; the value for all others is `other`. */
export function plain(word: string): string {
  return word === '_OTHER' ? 'other' : word.replaceAll('_', ' ');
}

/** Both ends of a long id, because ids of the same minute start alike: `pi_3QK8…x9Ab`. */
export function shortId(id: string): string {
  return id.length <= LONGEST_ID ? id : `${id.slice(0, 7)}…${id.slice(-4)}`;
}

/** The first digits of a trace id: `7de51d31…`. */
export function shortTrace(id: string): string {
  return id.length <= 8 ? id : `${id.slice(0, 8)}…`;
}

/** `1 attempt`, `3 attempts`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
