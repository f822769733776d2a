/** Reads and redacts the message of a line. */
import { maskText, remembered } from '@moneytrail/privacy';
import type { Keys, LoggerTree, TreeLogger } from './logger-tree.ts';

/** Masks a message. Most messages are literals, so the first results are cached. */
const maskMessage = remembered(maskText);

/** The message as written: serialized, then masked as a whole because a secret may span several arguments. */
export function messageOf(
  tree: LoggerTree,
  logger: TreeLogger,
  record: object,
  message: unknown,
): unknown {
  const { messageKey } = tree.keys;
  const { redact, hidesMessage } = tree.redactionOf(logger);
  const given = message ?? impliedMessage(tree.keys, record);
  const shown = tree.serialize(logger, messageKey, given);
  return typeof shown === 'string' && !hidesMessage
    ? maskMessage(shown)
    : redact(shown, messageKey);
}

/** The message of the error, which pino uses if the call has none. */
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
