/** Typed calls derived from the names of events: `order.shipped` becomes `orders.shipped`. */
import type { Catalogue, EventFieldsIn, EventNameIn } from '@moneytrail/catalogue';
import type { TrackResult } from './event/tracker.ts';

type Vowel = 'a' | 'e' | 'i' | 'o' | 'u';

/** The plural of an English noun by the regular rules: `orders`, `deliveries`, `boxes`. */
type Plural<Noun extends string> = Noun extends `${string}${Vowel}y`
  ? `${Noun}s`
  : Noun extends `${infer Stem}y`
    ? `${Stem}ies`
    : Noun extends `${string}${'s' | 'x' | 'z' | 'ch' | 'sh'}`
      ? `${Noun}es`
      : `${Noun}s`;

/** Words joined by dots or underscores in camel case. */
type Camel<Words extends string> = Words extends `${infer Head}.${infer Tail}`
  ? `${Camel<Head>}${Capitalize<Camel<Tail>>}`
  : Words extends `${infer Head}_${infer Tail}`
    ? `${Head}${Capitalize<Camel<Tail>>}`
    : Words;

type Noun<Name extends string> = Name extends `${infer Head}.${string}` ? Head : never;

/** The calls of the events that begin with a noun, such as `payment`. */
export type CallsFor<C extends Catalogue, Word extends string> = {
  readonly [Name in EventNameIn<C> as Name extends `${Word}.${infer Verb}` ? Camel<Verb> : never]: (
    fields: EventFieldsIn<C, Name>,
  ) => TrackResult;
};

/** Every call of a catalogue, by the plural of its noun and its verb. */
export type Calls<C extends Catalogue> = {
  readonly [Word in Noun<EventNameIn<C>> as Camel<Plural<Word>>]: CallsFor<C, Word>;
};

/** Records an event by its name. */
type Track = (fields: unknown, event: string) => TrackResult;

/** Creates the calls of a catalogue. */
export function createCalls<C extends Catalogue>(catalogue: C, track: Track): Calls<C> {
  const calls: Record<string, Record<string, (fields: unknown) => TrackResult>> = {};
  for (const event of Object.keys(catalogue.events)) {
    const [noun = '', ...verb] = event.split('.');
    if (verb.length === 0) continue;
    const name = camel(plural(noun));
    calls[name] ??= {};
    calls[name][camel(verb.join('_'))] = (fields) => track(fields, event);
  }
  // The names follow the rules of the type.
  return calls as Calls<C>;
}

function camel(words: string): string {
  return words.replaceAll(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
}

function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:[sxz]|[cs]h)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
