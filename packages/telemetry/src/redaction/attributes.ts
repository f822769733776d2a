// Masks the attributes of spans, events, log records and metrics: by name where the name is known, else by pattern.

import { createHmac, randomBytes } from 'node:crypto';
import { ATTRIBUTES } from '@moneytrail/catalogue';
import {
  isCardNumber,
  MASK,
  maskPath,
  maskQuery,
  maskSql,
  maskText,
  maskUrl,
  redactor,
  remembered,
  sensitiveFields,
  URL_MASK,
} from '@moneytrail/privacy';

/** How the value of an attribute is treated. */
type Treatment = 'keep' | 'mask' | 'rename' | 'text' | 'id' | 'url' | 'path' | 'query' | 'sql';

const BY_NAME: Readonly<Record<string, Treatment>> = {
  'moneytrail.event.id': 'id',
  'url.full': 'url',
  'http.url': 'url',
  'url.path': 'path',
  'http.target': 'url',
  'url.query': 'query',
  'db.query.text': 'sql',
  'db.statement': 'sql',
  'graphql.source': 'sql',
  // Keys and payloads of messages, and what people ask models, belong to customers.
  'messaging.kafka.message.key': 'mask',
  'messaging.message.body': 'mask',
  'gen_ai.input.messages': 'mask',
  'gen_ai.output.messages': 'mask',
};

/** Attributes by the name of a parameter, a variable or the like. */
const VALUES = /^(?:db\.(?:query|operation)\.parameter|graphql\.variables?)\./;

/** These commands are their name and keys, fields and values of customers. */
const COMMANDS = /redis|valkey|memcached/i;

/** Attributes of the catalogue that are closed, measured or codes of a currency. Its ids, names, texts and open sets are searched. */
const CLOSED = new Set(['set', 'currency', 'number', 'flag']);

/** Attributes of OpenTelemetry that are ids, numbers, closed words or names of programs. */
const PLAIN =
  /^(?:http\.(?:request|response)\.(?:method|status_code|body\.size|resend_count)|http\.(?:method|status_code|flavor|scheme|route)|network\.|net\.|telemetry\.|os\.|process\.(?!command|executable)|host\.|service\.(?!name$)|thread\.|code\.|db\.(?:system|system\.name|namespace|operation\.name|collection\.name|response\.status_code)|messaging\.system|url\.scheme|server\.port|client\.port|error\.type|exception\.type|otel\.|trace_id|span_id|trace_flags|moneytrail\.event\.(?:version|duration)|event\.name)/;

const KEY = randomBytes(32);

const isSensitive = sensitiveFields([]);
const redact = redactor([]);
const treatmentOf = remembered(judge);

/** Masks in place what must not leave the process. The attributes belong to their record. */
export function maskAttributes(attributes: object): void {
  for (const name of Object.keys(attributes)) {
    const treatment = treatmentOf(name);
    if (treatment === 'keep') continue;
    const value: unknown = Reflect.get(attributes, name);
    const masked = maskValue(value, treatment, attributes, name);
    if (treatment === 'rename') Reflect.deleteProperty(attributes, name);
    if (treatment === 'rename') Reflect.set(attributes, MASK, masked);
    else if (masked !== value) Reflect.set(attributes, name, masked);
  }
}

/** A masked copy of attributes that belong to other code. */
export function maskedCopy<Attributes extends object>(attributes: Attributes): Attributes {
  const copy = { ...attributes };
  maskAttributes(copy);
  return copy;
}

/** Whether the name alone says that the value, or the name itself, must not leave. */
export function isMaskedByName(name: string): boolean {
  const treatment = treatmentOf(name);
  return treatment === 'mask' || treatment === 'rename';
}

/** A value by itself, such as the body of a log record. */
export function maskBody(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  return typeof value === 'object' && value !== null ? redact(value) : value;
}

function judge(name: string): Treatment {
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name] ?? 'text';
  const definition = Object.entries(ATTRIBUTES).find(([known]) => known === name)?.[1];
  if (definition && CLOSED.has(definition.kind)) return 'keep';
  if (definition?.kind === 'id') return 'id';
  if (PLAIN.test(name)) return 'keep';
  if (maskText(name) !== name) return 'rename';
  return VALUES.test(name) || isSensitive(name, '') ? 'mask' : 'text';
}

function maskValue(
  value: unknown,
  treatment: Treatment,
  attributes: object,
  name: string,
): unknown {
  if (isHarmless(value)) return value;
  if (treatment === 'mask' || treatment === 'rename') return MASK;
  if (typeof value === 'string') return maskString(value, treatment, attributes);
  if (typeof value === 'number') return isCardNumber(value) ? MASK : value;
  if (Array.isArray(value)) return value.map((one) => maskValue(one, treatment, attributes, name));
  return value instanceof Uint8Array ? value : redact(value, name);
}

function isHarmless(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'boolean' || value === URL_MASK;
}

function maskString(value: string, treatment: Treatment, attributes: object): string {
  switch (treatment) {
    case 'id':
      return maskText(value) === value ? value : pseudonym(value);
    case 'url':
      return maskUrl(value);
    case 'path':
      return value === Reflect.get(attributes, 'http.route') ? value : maskPath(value);
    case 'query':
      return maskQuery(value);
    case 'sql':
      return maskQueryOf(systemOf(attributes), value);
    default:
      return maskText(value);
  }
}

function maskQueryOf(system: string, query: string): string {
  if (COMMANDS.test(system))
    return maskText(/^\s{0,9}[\w.-]{1,40}(?=\s|$)/.exec(query)?.[0] ?? '?');
  return maskText(maskSql(query, system));
}

/** Two objects whose ids are masked stay two. The key is the process's alone, so nobody can try out addresses. */
function pseudonym(id: string): string {
  return `redacted-${createHmac('sha256', KEY).update(id).digest('hex').slice(0, 32)}`;
}

function systemOf(attributes: object): string {
  return String(
    Reflect.get(attributes, 'db.system.name') ?? Reflect.get(attributes, 'db.system') ?? '',
  );
}
