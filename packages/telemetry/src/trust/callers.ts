// Which callers may continue their trace here. Everybody else starts a new one, which is linked to theirs.
import type { IncomingMessage } from 'node:http';
import { isIn, isLoopback, isNetwork, isPrivate, listOf } from './addresses.ts';

const WORDS = ['private', 'loopback', 'all', 'none'];

/** What a proxy adds to the requests of strangers. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-real-ip',
  'via',
  'cf-connecting-ip',
  'true-client-ip',
];

/** Whether a text can stand in the list of trusted callers: `private`, `loopback`, `all`, `none`, an address or a network. */
export function isCallerEntry(text: string): boolean {
  return WORDS.includes(text) || isNetwork(text);
}

/**
 * Makes the test of a list of trusted callers. A private address does not suffice where a proxy has forwarded the request, and a
 * connection from this machine is as often one of a proxy.
 */
export function trustedCallers(entries: readonly string[]): (request: IncomingMessage) => boolean {
  const networks = listOf(entries.filter(isNetwork));
  return ({ socket, headers }) => {
    if (entries.includes('all')) return true;
    const address = socket?.remoteAddress;
    if (address === undefined) return entries.includes('loopback');
    if (isIn(networks, address)) return true;
    if (isLoopback(address)) return entries.includes('loopback');
    const isForwarded = FORWARDED.some((name) => headers[name] !== undefined);
    return entries.includes('private') && isPrivate(address) && !isForwarded;
  };
}
