import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Redaction } from '../model/processors.ts';
import { IGNORED_KEYS } from './known-keys.ts';
import { SECRET_KEYS, SECRET_VALUES } from './patterns.ts';

/** Cards, accounts, e-mails, tokens and keys become keyed hashes wherever a text can hold them. */
export const redaction: Redaction = explain(
  {
    allow_all_keys: true,
    redact_all_types: true,
    ignored_keys: IGNORED_KEYS,
    blocked_key_patterns: SECRET_KEYS,
    blocked_values: SECRET_VALUES,
    hash_function: 'hmac-sha256',
    hmac_key: ENV.hmacKey,
    summary: 'info',
  },
  {
    redact_all_types: 'Numbers, lists and maps, too: a card number fits into an integer.',
    ignored_keys: 'Closed values and measured numbers: nothing to find, so nothing to search.',
    hmac_key: 'At least 32 bytes; a shorter key is refused at start.',
    summary: 'Counts what was replaced in redaction.masked.count.',
  },
);
