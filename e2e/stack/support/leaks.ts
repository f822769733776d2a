import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from './secrets.ts';

/** Returns the secrets that a text contains. */
export type LeakSearch = (held: string) => Secret[];

/** Digits with at most three other characters in between, as in card numbers. */
const DIGITS = /\d(?:[^\p{L}\d]{0,3}\d){11,}/gu;
const SEPARATORS = /[\s\u00a0-]/gu;

/** Finds secrets with any separators, URL-encoded, or in upper case. */
export function leakSearch(secrets: readonly Secret[]): LeakSearch {
  const wanted = secrets.map((secret) => ({
    secret,
    forms: new Set(
      [secret.needle, secret.text, encodeURIComponent(secret.text)].map((form) =>
        form.toLowerCase(),
      ),
    ),
    digits: /^\d{12,}$/.test(secret.needle) ? secret.needle : undefined,
    compact: secret.kind === 'IBAN' ? secret.needle.toLowerCase() : undefined,
  }));
  const known = new Map<string, Secret[]>();
  const searched = (held: string): Secret[] => {
    const lower = held.toLowerCase();
    const digits = (held.match(DIGITS) ?? []).map((run) => run.replaceAll(/\D/g, '')).join(' ');
    const compact = lower.replaceAll(SEPARATORS, '');
    return wanted
      .filter(
        (one) =>
          [...one.forms].some((form) => lower.includes(form)) ||
          (one.digits !== undefined && digits.includes(one.digits)) ||
          (one.compact !== undefined && compact.includes(one.compact)),
      )
      .map(({ secret }) => secret);
  };
  // Most strings in a backend occur many times: names, buckets, addresses.
  return (held) => {
    const found = known.get(held) ?? searched(held);
    known.set(held, found);
    return found;
  };
}

const BLOCK_BYTES = 4 * 1024 * 1024;
/** Longer than any secret, so that no secret is split. */
const OVERLAP_BYTES = 1024;
const ZEROS = Buffer.alloc(BLOCK_BYTES + OVERLAP_BYTES);

/** The contents of the files below a folder, in overlapping chunks, without the gigabytes of zeros that databases reserve. */
export function* bytesBelow(folder: string): Generator<{ path: string; bytes: Buffer }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    for (const bytes of partsOf(path)) yield { path, bytes };
  }
}

function* partsOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    for (let at = 0; at < size; at += BLOCK_BYTES) {
      const part = Buffer.alloc(Math.min(BLOCK_BYTES + OVERLAP_BYTES, size - at));
      const bytes = part.subarray(0, readSync(file, part, 0, part.length, at));
      if (!bytes.equals(ZEROS.subarray(0, bytes.length))) yield bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** Returns the secrets that occur literally. */
export type ByteSearch = (bytes: Buffer) => Set<Secret>;

const KEY_BYTES = 3;

/** Searches all secrets in one pass: compares the rest only where three bytes match the start of one. */
export function byteSearch(secrets: readonly Secret[]): ByteSearch {
  const isBeginning = new Uint8Array(2 ** (8 * KEY_BYTES));
  const byBeginning = new Map<number, { readonly form: Buffer; readonly secret: Secret }[]>();
  for (const secret of secrets) {
    for (const form of new Set([secret.needle, secret.text])) {
      const bytes = Buffer.from(form);
      const key = bytes.readUIntBE(0, KEY_BYTES);
      isBeginning[key] = 1;
      byBeginning.set(key, [...(byBeginning.get(key) ?? []), { form: bytes, secret }]);
    }
  }
  return (bytes) => {
    const held = new Set<Secret>();
    let key = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      key = ((key << 8) | (bytes[at] ?? 0)) & 0xff_ff_ff;
      if (isBeginning[key] === 0) continue;
      const from = at - KEY_BYTES + 1;
      const found = byBeginning.get(key)?.find(({ form }) => isAt(bytes, from, form));
      if (found !== undefined) held.add(found.secret);
    }
    return held;
  };
}

function isAt(bytes: Buffer, from: number, form: Buffer): boolean {
  return bytes.subarray(from, from + form.length).equals(form);
}
