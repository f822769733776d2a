// The message of a line.
import { maskText, remembered } from '@moneytrail/privacy';
import type { Family, Keys, OwnLogger } from './family.ts';

/** Most messages are literals, so the first ones are remembered. */
const maskMessage = remembered(maskText);

/** The message as it is written: serialised, and masked whole, because a secret may be woven of several arguments. */
export function messageOf(
  family: Family,
  logger: OwnLogger,
  record: object,
  message: unknown,
): unknown {
  const { messageKey } = family.keys;
  const { redact, hidesMessage } = family.redactionOf(logger);
  const given = message ?? impliedMessage(family.keys, record);
  const shown = family.serialize(logger, messageKey, given);
  return typeof shown === 'string' && !hidesMessage
    ? maskMessage(shown)
    : redact(shown, messageKey);
}

/** The message that pino takes of an error where a line has none. */
function impliedMessage({ messageKey, errorKey }: Keys, record: object): unknown {
  try {
    const error: unknown = Reflect.get(record, errorKey);
    if (Reflect.get(record, messageKey) !== undefined || !error) return undefined;
    const message: unknown = Reflect.get(Object(error), 'message');
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
