// Addresses that the public internet does not route.
import { BlockList, isIP } from 'node:net';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** RFC 1918, 6598 (carriers, also clusters), 3927 and 4193, 4291. */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

const loopback = listOf(LOOPBACK);
const privates = listOf(PRIVATE);

/** Addresses and networks such as `10.0.0.0/8` as a list that can be asked. */
export function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/', 2);
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether a text is an address or a network. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32))
  );
}

/** Whether the address is in the list, also where it is written as one of IPv6. */
export function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether the address is of this machine. */
export function isLoopback(address: string): boolean {
  return isIn(loopback, address);
}

/** Whether the address is of this machine or of a private network. */
export function isPrivate(address: string): boolean {
  return isLoopback(address) || isIn(privates, address);
}
