// Which hosts belong to the service's own side: trace context and baggage go to these alone.
import { isIP } from 'node:net';
import { isPrivate } from './addresses.ts';

/** Ends of names that no public host has, by RFC 2606, 6762, 8375, 9476 and the habits of Kubernetes and clouds. */
const PRIVATE_ENDS =
  /(?:^|\.)(?:localhost|local|internal|intranet|private|corp|home|lan|svc|test|home\.arpa|cluster\.local)\.?$/;

const NAME = /^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}\.?$/;

const MAX_REMEMBERED = 1000;

/** Whether a text can stand in the list of own hosts: `private`, `all`, `none`, a host, an address, or `*.` and a domain. */
export function isHostEntry(text: string): boolean {
  if (text.includes(':') && isIP(text) === 0) return false;
  const isPattern = text.startsWith('*.');
  const host = hostIn(isPattern ? text.slice(2) : text);
  return host !== '' && !host.endsWith('.') && !(isPattern && isIP(host) > 0);
}

/** Makes the test of a list of own hosts. It takes a host with or without a port. Hosts are few and recur. */
export function ownHosts(entries: readonly string[]): (authority: string) => boolean {
  if (entries.includes('all')) return () => true;
  const isOwn = judge(entries);
  const remembered = new Map<string, boolean>();
  return (authority) => {
    const known = remembered.get(authority);
    if (known !== undefined) return known;
    const found = isOwn(hostIn(authority));
    if (remembered.size < MAX_REMEMBERED && authority.length < 300)
      remembered.set(authority, found);
    return found;
  };
}

function judge(entries: readonly string[]): (host: string) => boolean {
  const ends = entries.filter((entry) => entry.startsWith('*.')).map((entry) => entry.slice(1));
  const endings = ends.map((end) => end.toLowerCase());
  const listed = new Set(entries.map(hostIn));
  const isPrivateOwn = entries.includes('private');
  return (host) => {
    if (host === '') return false;
    const plain = host.replace(/\.$/, '');
    if (listed.has(plain)) return true;
    if (isIP(host) === 0 && endings.some((end) => plain.endsWith(end))) return true;
    return isPrivateOwn && isPrivateHost(host);
  };
}

/** A name of one label is found inside a cluster or a Compose network alone; with a dot behind it, it is a top-level domain. */
function isPrivateHost(host: string): boolean {
  if (isIP(host) > 0) return isPrivate(host);
  return !host.includes('.') || PRIVATE_ENDS.test(host);
}

/**
 * The name or address that a connection to a host leads to: `134744072`, `0x8.8.8.8`, `010.8.8.8` and `[::ffff:808:808]` are 8.8.8.8. The
 * empty text where that is in doubt.
 */
function hostIn(authority: string): string {
  const bare = authority.replace(/^\[(.*)\](?::\d+)?$/, '$1');
  const host =
    isIP(bare) === 6 ? `[${bare.replace(/%.*/, '')}]` : bare.replace(/:\d{1,5}$/, '').toLowerCase();
  if (!(host.startsWith('[') || NAME.test(host)) || !URL.canParse(`http://${host}/`)) return '';
  return withoutMapping(new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, ''));
}

/** An address of IPv4 that is written as one of IPv6, as one of IPv4. */
function withoutMapping(host: string): string {
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  return new URL(`http://${Number(`0x${high}`) * 65_536 + Number(`0x${low}`)}/`).hostname;
}
