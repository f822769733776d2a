import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MoneytrailError } from '@moneytrail/catalogue';

/** Each secret with the bytes that it must have at least. */
const SECRETS = { MONEYTRAIL_INGEST_TOKEN: 16, MONEYTRAIL_PII_HMAC_KEY: 32 } as const;
const FEWEST_DIFFERENT = 8;

/** The secrets of the Collector by variable. */
export type Secrets = Readonly<Record<keyof typeof SECRETS, string>>;

/**
 * The secrets: from `env`, or made once and kept in the folder of data, for its owner alone. Throws
 * `MONEYTRAIL_STACK_SECRET_WEAK` for one in `env` that is easy to guess or could not be sent.
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
    // The first start, or a file that a full disk cut short: new ones do.
    return {};
  }
}

/** It is part of a header, hence printable ASCII. */
function checkStrong(name: string, secret: string, bytes: number): void {
  const expected = `at least ${bytes} printable ASCII characters without spaces, ${FEWEST_DIFFERENT} of them different`;
  const strong =
    /^[!-~]+$/.test(secret) && secret.length >= bytes && new Set(secret).size >= FEWEST_DIFFERENT;
  if (!strong) throw new MoneytrailError('MONEYTRAIL_STACK_SECRET_WEAK', name, expected);
}
