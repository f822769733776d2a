// Whose object a fact is about: a provider's, the service's own, or that of one of several accounts at a provider.
import { hash } from 'node:crypto';
import { OTHER } from '@moneytrail/catalogue';
import type { Reading } from './fact.ts';
import type { RawEvent } from './raw.ts';
import { boundedValue, idText, isAbsent } from './values.ts';

/** 96 bits: no two accounts share them, and they lead to no account that is not known already. */
const DIGEST_LENGTH = 16;

/**
 * Whose object it is. Two services may both have a commission 7, and two accounts at one provider a payment 7. Of an account, only
 * a digest leaves the process.
 */
export function ownerOf(
  { provider, connectedAccount }: RawEvent,
  { serviceName }: Reading,
): string {
  const name = boundedValue('payment.provider', provider);
  const owner = name === OTHER ? `service:${serviceName()}` : name;
  return isAbsent(connectedAccount) ? owner : `${owner}:${digestOf(connectedAccount)}`;
}

/** What a fact says of the account: that it is connected, never which it is. */
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
