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
\`event.name\`. Fields in bold are required; behind the arrow is the attribute that carries the field. \`object\` names
the fact: the same provider, object and event is recorded once, and a call that names no object counts each time.

${byFirstWord(EVENTS).map(section).join('\n')}
## Attributes

A value outside a closed set (\`set\`) is recorded as \`_OTHER\` and counted. An open one (\`open_set\`) takes
[a service's own words](own-words.md) as well. Ids and texts never reach a metric. In Prometheus a
label has underscores for dots, so \`payment.provider\` is \`${prometheusLabel('payment.provider')}\`.

${table(['Attribute', 'Kind', 'Meaning'], Object.entries(ATTRIBUTES).map(attributeRow))}`;
}

function section([word, events]: [string, [string, EventDefinition][]]): string {
  return `## ${word}\n\n${table(['Event', 'Meaning', 'Level', 'Amount', 'Fields', 'Object'], events.map(row))}`;
}

function row([name, { help, severity, money, required, optional, object }]: [
  string,
  EventDefinition,
]): string[] {
  const field = ([key, attribute]: [string, string]): string => `${key} → ${code(attribute)}`;
  return [
    code(name),
    help,
    severity,
    money,
    [
      ...Object.entries(required).map(([key, attribute]) => field([`**${key}**`, attribute])),
      ...Object.entries(optional).map(field),
    ].join('\n'),
    object.join(' or '),
  ];
}

function attributeRow([name, { kind, values = [], help }]: [
  string,
  AttributeDefinition,
]): string[] {
  return [code(name), kind, values.length > 0 ? `${help}\n${values.map(code).join(', ')}` : help];
}
