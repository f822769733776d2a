// Which hosts belong to the service's own side: trace context and baggage go to these alone.
import { isIP } from 'node:net';
import { isPrivate } from './addresses.ts';

/** Ends of names that no public host has, by RFC 2606, 6762, 8375, 9476 and the habits of Kubernetes and clouds. */
const PRIVATE_ENDS =
  /(?:^|\.)(?:localhost|local|internal|intranet|private|corp|home|lan|svc|test|home\.arpa|cluster\.local)$/;

const PATTERN = /^(?:\*\.)?(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}$/;

/** Whether a text can stand in the list of own hosts: `private`, `all`, `none`, a host, an address, or `*.` and a domain. */
export function isHostEntry(text: string): boolean {
  return isIP(text) > 0 || PATTERN.test(text.toLowerCase());
}

/** Makes the test of a list of own hosts. */
export function ownHosts(entries: readonly string[]): (host: string) => boolean {
  const list = entries.map((entry) => entry.toLowerCase());
  const isListed = (host: string): boolean =>
    list.some(
      (entry) => entry === host || (entry.startsWith('*.') && host.endsWith(entry.slice(1))),
    );
  return (given) => {
    const host = given.toLowerCase().replace(/^\[|\]$|\.$/g, '');
    if (list.includes('all')) return true;
    return isListed(host) || (list.includes('private') && isPrivateHost(host));
  };
}

/** A name of one label is found inside a cluster or a Compose network alone. */
function isPrivateHost(host: string): boolean {
  if (isIP(host) > 0) return isPrivate(host);
  return host !== '' && (!host.includes('.') || PRIVATE_ENDS.test(host));
}
