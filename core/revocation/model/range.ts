import { ipBytes } from '../../shared/ip-address.ts';
import type { KnownCertificate } from './inventory-index.ts';

const MOST_ADDRESSES = 64;

export interface KnownAddress {
  text: string;
  bytes: Uint8Array;
}

export function listAddresses(certificates: readonly KnownCertificate[]): KnownAddress[] {
  const texts = new Set<string>();
  for (const { ip, exempt } of certificates) if (exempt === undefined) for (const address of ip) texts.add(address);
  return [...texts]
    .flatMap((text) => {
      const bytes = ipBytes(text);
      return bytes === undefined ? [] : [{ text, bytes }];
    })
    .sort((one, other) => compare(one.bytes, other.bytes));
}

/**
 * Lists the known addresses in a range such as `10.0.0.0/24` or `10.0.0.1-10.0.0.9`. Empty if the text is not a range
 * or contains more than 64 known addresses. Documented entries are for single addresses only.
 */
export function addressesInRange(range: string, addresses: readonly KnownAddress[]): readonly string[] {
  const bounds = findBounds(range);
  if (bounds === undefined) return [];
  const { first, last } = bounds;
  const found: string[] = [];
  const before = countLeading(addresses.length, (at) => compare(addresses[at]?.bytes ?? last, first) < 0);
  for (let at = before; at < addresses.length; at += 1) {
    const { text = '', bytes = last } = addresses[at] ?? {};
    if (compare(bytes, last) > 0) break;
    found.push(text);
    if (found.length > MOST_ADDRESSES) return [];
  }
  return found.sort();
}

interface Bounds {
  first: Uint8Array;
  last: Uint8Array;
}

function findBounds(range: string): Bounds | undefined {
  const [from = '', to = '', ...rest] = range.split(/\s*[/-]\s*/u);
  const first = ipBytes(from.trim());
  if (first === undefined || rest.length > 0) return undefined;
  if (!range.includes('/')) {
    const last = ipBytes(to.trim());
    return last === undefined || last.length !== first.length ? undefined : { first, last };
  }
  const bits = /^\d{1,3}$/u.test(to.trim()) ? Number(to) : Infinity;
  if (bits > first.length * 8) return undefined;
  const applyMask = (fill: number): Uint8Array =>
    first.map((byte, at) => {
      const kept = Math.min(8, Math.max(0, bits - at * 8));
      const mask = (0xff << (8 - kept)) & 0xff;
      return (byte & mask) | (fill & ~mask & 0xff);
    });
  return { first: applyMask(0), last: applyMask(0xff) };
}

/** Returns the number of leading positions for which `isBefore` holds; it must not hold for later positions. */
export function countLeading(size: number, isBefore: (at: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) return one.length - other.length;
  for (const [at, byte] of one.entries()) {
    const difference = byte - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
