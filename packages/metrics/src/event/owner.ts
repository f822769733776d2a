/** The owner of the object of an event: a provider, the service, or one of several accounts at a provider. */
import { hash } from 'node:crypto';
import { ATTRIBUTES, OTHER } from '@moneytrail/catalogue';
import { boundedValue, idText, isAbsent } from '../series/values.ts';
import type { RawEvent } from './raw.ts';
import type { Reading } from './read.ts';

/** Length of the digest of an account. 96 bits avoid collisions and do not reveal the account. */
const DIGEST_LENGTH = 16;

/**
 * The owner of an object: two services may both have a commission 7, and two accounts at one provider a payment 7. Only a
 * digest of the account leaves the process.
 */
export function ownerOf(
  { provider, connectedAccount }: RawEvent,
  { serviceName }: Reading,
): string {
  const name = boundedValue(ATTRIBUTES['payment.provider'], provider);
  const owner = name === OTHER ? `service:${serviceName()}` : name;
  return isAbsent(connectedAccount) ? owner : `${owner}:${digestOf(connectedAccount)}`;
}

/** The attribute of an event of a connected account. It does not identify the account. */
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
