/** Stores the resources of senders. */
import { hash } from 'node:crypto';
import type { Resource } from '../otlp/batch.ts';
import type { Database } from './database.ts';
import { RESOURCES } from './schema.ts';

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
  const { service, version, instance } = resource;
  const digest = hash('sha1', json);
  return RESOURCES.put(db, { digest, service, version, instance, attributes: json, last_ms: nowMs })
    .id;
}
