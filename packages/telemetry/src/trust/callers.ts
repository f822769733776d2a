// Which callers may continue their trace here. Everybody else starts a new one, which is linked to theirs.
import { isIP } from 'node:net';
import { isIn, isLoopback, isNetwork, isPrivate, listOf } from './addresses.ts';
import { isForwarded } from './forwarding.ts';

const WORDS = ['private', 'loopback', 'all', 'none'];

/** Who sends a request, by whatever protocol. A connection without an address is one of this machine. */
export interface Caller {
  readonly socket?: { readonly remoteAddress?: string | undefined } | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Whether a text can stand in the list of trusted callers: `private`, `loopback`, `all`, `none`, an address or a network. */
export function isCallerEntry(text: string): boolean {
  return WORDS.includes(text) || isNetwork(text);
}

/**
 * Makes the test of a list of trusted callers. A private address does not suffice where a proxy has forwarded the request, and a
 * connection from this machine is as often one of a proxy.
 */
export function trustedCallers(entries: readonly string[]): (caller: Caller) => boolean {
  const placeOf = places(entries.filter(isNetwork));
  return ({ socket, headers }) => {
    if (entries.includes('all')) return true;
    const place = placeOf(socket?.remoteAddress);
    if (place === 'listed') return true;
    return entries.includes(place) && !isForwarded(headers);
  };
}

type Place = 'listed' | 'loopback' | 'private' | 'public';

/** Where an address is. Connections are kept and callers recur, so the last address is remembered. */
function places(networks: readonly string[]): (address: string | undefined) => Place {
  const listed = listOf(networks);
  const look = (address: string): Place => {
    if (isIP(address) === 0) return 'public';
    if (isIn(listed, address)) return 'listed';
    if (isLoopback(address)) return 'loopback';
    return isPrivate(address) ? 'private' : 'public';
  };
  let last: { address: string; place: Place } | undefined;
  return (address) => {
    if (address === undefined) return 'loopback';
    if (last?.address !== address) last = { address, place: look(address) };
    return last.place;
  };
}
