import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from './secrets.ts';

/** Digits with at most three other characters between two of them, as a person or a form may write a card number. */
const DIGITS = /\d(?:[^\p{L}\d]{0,3}\d){11,}/gu;

/** The secrets that a text holds, however they are separated, encoded for a URL, or written in upper case. */
export function leaksIn(held: string, secrets: readonly Secret[]): Secret[] {
  const lower = held.toLowerCase();
  const digits = (held.match(DIGITS) ?? []).map((run) => run.replaceAll(/\D/g, '')).join(' ');
  const compact = lower.replaceAll(/[\s\u00a0-]/gu, '');
  return secrets.filter(({ kind, text, needle }) => {
    const isThere =
      lower.includes(needle.toLowerCase()) ||
      lower.includes(text.toLowerCase()) ||
      lower.includes(encodeURIComponent(text).toLowerCase());
    if (isThere) return true;
    return kind === 'IBAN' ? compact.includes(needle.toLowerCase()) : isDigitsOf(needle, digits);
  });
}

function isDigitsOf(needle: string, digits: string): boolean {
  return needle.length > 11 && /^\d+$/.test(needle) && digits.includes(needle);
}

/** Every file below a folder, as text of one byte a character. */
export function* filesBelow(folder: string): Generator<{ path: string; bytes: Buffer }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    yield { path, bytes: readFileSync(path) };
  }
}

/** The secrets whose bytes lie in a file as they were written. Files of gigabytes of zeros are no reason to be slow. */
export function leaksInBytes(bytes: Buffer, secrets: readonly Secret[]): Secret[] {
  return secrets.filter(({ text, needle }) => bytes.includes(needle) || bytes.includes(text));
}
