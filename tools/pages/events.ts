import {
  ATTRIBUTES,
  type AttributeDefinition,
  EVENTS,
  type EventDefinition,
  PREFIX,
  prometheusLabel,
} from '@moneytrail/catalogue';
import { byFirstWord, code, table, writtenFrom } from './markdown.ts';

/** `docs/events.md`: every event and every attribute of the catalogue. */
export function eventsPage(): string {
  return `${writtenFrom('the events and attributes of packages/catalogue')}
# Events

An event is one OTLP log record, named \`${PREFIX}\` and the name below, in its event name and in the attribute
\`event.name\`. Fields and amounts in bold are required; behind the arrow is the attribute that carries the field. The
identity is the field that identifies the object: the same owner, object and event is recorded once, and an event without
identity counts each time.

${byFirstWord(EVENTS).map(section).join('\n')}
## Attributes

A value outside a closed set (\`set\`) is recorded as \`_OTHER\` and counted. An open one (\`open_set\`) takes
[a service's own words](own-words.md) as well. Ids and texts never reach a metric. In Prometheus a
label has underscores for dots, so \`payment.provider\` is \`${prometheusLabel('payment.provider')}\`.

${table(['Attribute', 'Kind', 'Meaning'], Object.entries(ATTRIBUTES).map(attributeRow))}`;
}

function section([word, events]: [string, [string, EventDefinition][]]): string {
  return `## ${word}\n\n${table(['Event', 'Meaning', 'Level', 'Amounts', 'Fields', 'Identity'], events.map(row))}`;
}

function row([name, { help, severity, amounts = {}, required = {}, optional = {}, identity }]: [
  string,
  EventDefinition,
]): string[] {
  const field = ([key, attribute]: [string, string]): string => `${key} → ${code(attribute)}`;
  return [
    code(name),
    help,
    severity,
    Object.entries(amounts)
      .map(([name, need]) => (need === 'required' ? `**${name}**` : name))
      .join('\n'),
    [
      ...Object.entries(required).map(([key, attribute]) => field([`**${key}**`, attribute])),
      ...Object.entries(optional).map(field),
    ].join('\n'),
    identity.join(' or '),
  ];
}

function attributeRow([name, { kind, values = {}, help }]: [
  string,
  AttributeDefinition,
]): string[] {
  const meanings = Object.entries(values).map(([value, meaning]) => `${code(value)}: ${meaning}`);
  return [code(name), kind, [help, ...meanings].join('\n')];
}
