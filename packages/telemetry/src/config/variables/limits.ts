// The variables that limit what a span or a log record may hold.
import type { SpanLimits } from '@opentelemetry/sdk-trace';
import type { Option } from '../options.ts';
import * as rules from '../rules.ts';

const COMMON_COUNT = limit(
  'OTEL_ATTRIBUTE_COUNT_LIMIT',
  'Attributes of a span or log record at most',
);
const COMMON_LENGTH = limit(
  'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'Characters of a text in an attribute at most',
);

/** The variables of each limit of spans; the first that is set counts. */
export const SPAN_LIMITS: Readonly<Record<keyof SpanLimits, readonly Option<number>[]>> = {
  attributeCountLimit: [
    limit('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'The same for spans alone'),
    COMMON_COUNT,
  ],
  attributeValueLengthLimit: [
    limit('OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'The same for spans alone'),
    COMMON_LENGTH,
  ],
  eventCountLimit: [limit('OTEL_SPAN_EVENT_COUNT_LIMIT', 'Events of a span at most')],
  linkCountLimit: [limit('OTEL_SPAN_LINK_COUNT_LIMIT', 'Links of a span at most')],
  attributePerEventCountLimit: [
    limit('OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', 'Attributes of an event of a span at most'),
    limit('OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT', 'An older name of the same'),
  ],
  attributePerLinkCountLimit: [
    limit('OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', 'Attributes of a link of a span at most'),
    limit('OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT', 'An older name of the same'),
  ],
};

/** All of them. */
export const LIMIT_VARIABLES: readonly Option<number>[] = [
  COMMON_COUNT,
  COMMON_LENGTH,
  ...Object.values(SPAN_LIMITS).flatMap((options) =>
    options.filter((option) => option !== COMMON_COUNT && option !== COMMON_LENGTH),
  ),
  limit('OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', 'The same for log records alone'),
  limit('OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'The same for log records alone'),
];

function limit(variable: string, help: string): Option<number> {
  // The SDK does not take 0 for log records.
  const min = /_(?:SPAN|EVENT|LINK)_/.test(variable) ? 0 : 1;
  return { rule: rules.integer(min, 1_000_000), variable, help: `${help}.` };
}
