import { hash } from 'node:crypto';
import type { Resource } from '../otlp/batch.ts';
import type { Database } from './database.ts';

/** Gives the row id of a resource. It lives for one transaction: a rollback would take remembered ids away. */
export function resourceIds(db: Database, nowMs: number): (resource: Resource) => number {
  const known = new Map<Resource, number>();
  return (resource) => {
    const id = known.get(resource) ?? upsertResource(db, resource, nowMs);
    known.set(resource, id);
    return id;
  };
}

function upsertResource(db: Database, resource: Resource, nowMs: number): number {
  const json = JSON.stringify(resource.attributes);
  const row = db.get<{ id: number }>(
    `INSERT INTO resources (digest, service, version, instance, attributes, last_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (digest) DO UPDATE SET last_ms = excluded.last_ms RETURNING id`,
    ...[hash('sha1', json), resource.service, resource.version, resource.instance, json, nowMs],
  );
  return row?.id ?? 0;
}
