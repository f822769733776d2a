// Who owns the object of an event: a provider, the service, or one of several accounts at a provider.
import { hash } from 'node:crypto';
import { ATTRIBUTES, OTHER } from '@moneytrail/catalogue';
import { boundedValue, idText, isAbsent } from '../series/values.ts';
import type { RawEvent } from './raw.ts';
import type { Reading } from './read.ts';

/** 96 bits: no two accounts share them, and nobody finds an account by them who does not know it already. */
const DIGEST_LENGTH = 16;

/**
 * The owner of an object. Two services may both have a commission 7, and two accounts at one provider a payment 7. Of an account, only
 * a digest leaves the process.
 */
export function ownerOf(
  { provider, connectedAccount }: RawEvent,
  { serviceName }: Reading,
): string {
  const name = boundedValue(ATTRIBUTES['payment.provider'], provider);
  const owner = name === OTHER ? `service:${serviceName()}` : name;
  return isAbsent(connectedAccount) ? owner : `${owner}:${digestOf(connectedAccount)}`;
}

/** What an event carries about the account: that it is connected, never which one it is. */
export function accountAttributes(
  { connectedAccount }: RawEvent,
  { coerced }: Reading,
): Record<string, string> {
  if (isAbsent(connectedAccount)) return {};
  if (idText(connectedAccount) === undefined) coerced('account.kind', 'invalid_value');
  return { 'account.kind': 'connected' };
}

function digestOf(account: unknown): string {
  return hash('sha256', idText(account) ?? OTHER, 'base64url').slice(0, DIGEST_LENGTH);
}
