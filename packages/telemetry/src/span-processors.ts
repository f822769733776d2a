// Span processors of the service, such as that of another tool which is to get our spans.
import { listOf, MoneytrailError, shownValue } from '@moneytrail/catalogue';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/** The option by which a service gives them. */
export interface SpanProcessorOption {
  /**
   * Processors that get each span too, redacted, before it is sent. They are called as the SDK calls its own: what they throw reaches the
   * code inside the span.
   * @defaultValue none
   */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
}

/** The processors among the options. Throws `MONEYTRAIL_OPTION_INVALID` for what is not a list of them. */
export function readSpanProcessors({ spanProcessors = [] }: SpanProcessorOption): SpanProcessor[] {
  const list = listOf(spanProcessors);
  if (list?.every(isProcessor)) return [...list];
  const expected = 'a list of span processors';
  const given = shownValue(spanProcessors);
  throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'spanProcessors', given, expected);
}

const METHODS = ['onStart', 'onEnd', 'forceFlush', 'shutdown'];

function isProcessor(value: unknown): value is SpanProcessor {
  return METHODS.every((name) => typeof Reflect.get(Object(value), name) === 'function');
}
