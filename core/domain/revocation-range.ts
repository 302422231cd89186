import { ipBytes } from './ip-address.ts';
import type { KnownCertificate } from './revocation-known.ts';

/** More entries than this are no longer what somebody can look over. */
const MOST_ADDRESSES = 64;

/**
 * The addresses of certificates that lie in a range: `10.0.0.0/24`, or from one to another with a hyphen. Ranges are not
 * documented for entries; single addresses are. Empty for what is no range, and for one with more than 64 of them.
 */
export function addressesInRange(
  range: string,
  certificates: readonly KnownCertificate[],
): readonly string[] {
  const bounds = boundsOf(range);
  if (bounds === undefined) return [];
  const found = new Set<string>();
  for (const { ip, exempt } of certificates) {
    if (exempt !== undefined) continue;
    for (const address of ip) {
      const bytes = ipBytes(address);
      if (bytes === undefined || bytes.length !== bounds.first.length) continue;
      if (compare(bytes, bounds.first) >= 0 && compare(bytes, bounds.last) <= 0) found.add(address);
    }
  }
  return found.size > MOST_ADDRESSES ? [] : [...found].sort();
}

interface Bounds {
  first: Uint8Array;
  last: Uint8Array;
}

function boundsOf(range: string): Bounds | undefined {
  const [from = '', to = '', ...rest] = range.split(/\s*[/-]\s*/u);
  const first = ipBytes(from.trim());
  if (first === undefined || rest.length > 0) return undefined;
  if (!range.includes('/')) {
    const last = ipBytes(to.trim());
    return last === undefined || last.length !== first.length ? undefined : { first, last };
  }
  const bits = /^\d{1,3}$/u.test(to.trim()) ? Number(to) : Infinity;
  if (bits > first.length * 8) return undefined;
  const masked = (fill: number): Uint8Array =>
    first.map((byte, at) => {
      const kept = Math.min(8, Math.max(0, bits - at * 8));
      const mask = (0xff << (8 - kept)) & 0xff;
      return (byte & mask) | (fill & ~mask & 0xff);
    });
  return { first: masked(0), last: masked(0xff) };
}

function compare(one: Uint8Array, other: Uint8Array): number {
  for (const [at, byte] of one.entries()) {
    const difference = byte - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
