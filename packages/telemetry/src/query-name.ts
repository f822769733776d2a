import type { Span } from '@opentelemetry/api';

const VERB_AND_TABLE =
  /^\s*(?:(insert)\s+into|(update)|(delete)\s+from|(select)\s[^;]*?\sfrom)\s+"?([a-z_][\w.]*)/i;

/** Names the span of a query by verb and table, `INSERT payments`, instead of by verb and database. */
export function nameQuery(span: Span, text: string): void {
  const [, insert, update, remove, select, table] = VERB_AND_TABLE.exec(text) ?? [];
  const verb = insert ?? update ?? remove ?? select;
  if (verb === undefined || table === undefined) return;
  const summary = `${verb.toUpperCase()} ${table}`;
  span.updateName(summary);
  span.setAttribute('db.query.summary', summary);
}
