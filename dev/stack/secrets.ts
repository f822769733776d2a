/** The Collector's secrets: given, or made once and kept. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';

/** Each secret with its smallest length in bytes. */
const SECRETS = { MONEYTRAIL_INGEST_TOKEN: 16, MONEYTRAIL_PII_HMAC_KEY: 32 } as const;
const FEWEST_DIFFERENT = 8;

/** The secrets of the Collector by variable. */
export type Secrets = Readonly<Record<keyof typeof SECRETS, string>>;

/**
 * The secrets from `env`, or generated once and kept in the data folder, readable by its owner only. Throws
 * `MONEYTRAIL_STACK_SECRET_WEAK` for a secret in `env` that is easy to guess or cannot be sent in a header.
 */
export function readSecrets(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Secrets {
  const file = join(dataDir, 'secrets.json');
  const kept = readKept(file);
  const secrets: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(SECRETS)) {
    const given = env[name];
    if (given !== undefined && given !== '') checkStrong(name, given, bytes);
    else kept[name] ??= randomBytes(32).toString('hex');
    secrets[name] = given || kept[name] || '';
  }
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  return secrets as Secrets;
}

function readKept(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first start, or a file that a full disk cut short: new secrets are generated.
    return {};
  }
}

/** A secret is part of a header, hence printable ASCII. */
function checkStrong(name: string, secret: string, bytes: number): void {
  const expected = `at least ${bytes} printable ASCII characters without spaces, ${FEWEST_DIFFERENT} of them different`;
  const strong =
    /^[!-~]+$/.test(secret) && secret.length >= bytes && new Set(secret).size >= FEWEST_DIFFERENT;
  if (!strong)
    throw codedError(ERRORS, 'MONEYTRAIL_STACK_SECRET_WEAK', { variable: name, expected });
}
