/** The objects that stored events name, and the provider that each belongs to. */
import { OTHER } from '../catalogue.ts';
import type { NamedObject } from '../otlp/objects.ts';
import { type Database, marks } from './database.ts';
import { EVENT_OBJECTS } from './schema.ts';

/** What identifies an object among those of its kind. */
export type ObjectKey = Omit<NamedObject, 'kind'>;

/** Where an object is named: by its id, with a provider or with none where that can only mean this one. */
export interface Mentions {
  readonly id: string;
  readonly providers: readonly string[];
}

/** Writes the objects of an event in the place of those that it had. Returns both. */
export function writeObjects(
  db: Database,
  eventId: number,
  objects: readonly NamedObject[],
): NamedObject[] {
  const former = db.all<NamedObject>(
    'DELETE FROM event_objects WHERE event_id = ? RETURNING kind, provider, id',
    eventId,
  );
  for (const object of objects) EVENT_OBJECTS.insert(db, { event_id: eventId, ...object });
  return [...former, ...objects];
}

/**
 * The provider of objects that are named without one: the only provider that has an object of this kind and id. Where several have one,
 * or none, it is `_OTHER`.
 */
export function homeOf(providers: Iterable<string>): string {
  const named = new Set(providers);
  named.delete('');
  const [only = OTHER] = named;
  return named.size === 1 ? only : OTHER;
}

/** Where an object is named. */
export function mentionsOf(db: Database, kind: string, { provider, id }: ObjectKey): Mentions {
  const isHome = homeOf(providersOf(db, kind, id)) === provider;
  return { id, providers: isHome ? [provider, ''] : [provider] };
}

/** The providers with which the events name an id; an empty string means none. */
export function providersOf(db: Database, kind: string, id: string): string[] {
  const rows = db.all<{ provider: string }>(
    'SELECT DISTINCT provider FROM event_objects WHERE kind = ? AND id = ?',
    ...[kind, id],
  );
  return rows.map(({ provider }) => provider);
}

/** A subquery of the row ids of the events that name an object, with its values. */
export function eventsNaming(
  kind: string,
  { id, providers }: Mentions,
): { readonly sql: string; readonly values: readonly string[] } {
  return {
    sql: `SELECT event_id FROM event_objects WHERE kind = ? AND id = ? AND provider IN (${marks(providers)})`,
    values: [kind, id, ...providers],
  };
}
