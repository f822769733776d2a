import { ATTRIBUTES, CATALOGUE, PREFIX, prometheusLabel } from '@moneytrail/catalogue';
import { attributeTable, eventTables, lifecycleTables } from '@moneytrail/catalogue/docs';
import { writtenFrom } from './markdown.ts';

/** `docs/events.md`: every event, lifecycle and attribute of our catalogue. */
export function eventsPage(): string {
  return `${writtenFrom('the events and attributes of packages/catalogue')}
# Events

An event is one OTLP log record, named \`${PREFIX}\` and the name below, in its event name and in the attribute
\`event.name\`. Fields and amounts in bold are required; the arrow points to the attribute that carries the field. The
identity is the field that identifies the object: the same owner, object and event is recorded once, and an event without
identity counts each time.

${eventTables(CATALOGUE, '##')}
## Lifecycles

When several events report states of one object, the state with the higher precedence applies, in any order of arrival;
the tables list the states from the lowest to the highest. Two final states that cannot follow each other are a
contradiction: the later event carries \`moneytrail.event.contradiction\`, and
\`moneytrail.business_events.contradictions\` counts it.

${lifecycleTables(CATALOGUE, '###')}
## Attributes

A value outside a closed set (\`set\`) is recorded as \`_OTHER\` and counted. An open one (\`open_set\`) takes
[a service's own words](own-words.md) as well. Ids and texts never reach a metric. In Prometheus a
label has underscores for dots, so \`payment.provider\` is \`${prometheusLabel('payment.provider')}\`.

${attributeTable(ATTRIBUTES)}`;
}
