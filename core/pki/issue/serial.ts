import { encodeHex } from '../../formats/der/hex.ts';
import type { Keys } from '../../shared/ports.ts';

/**
 * Draws a random positive number of at most `bits` bits: 128 as in Kubernetes' signers (and the article's sample), 63
 * as in MOC. Source: RFC 5280 section 4.1.2.2.
 */
export function newSerial(keys: Pick<Keys, 'randomBytes'>, bits: 128 | 63): string {
  const bytes = keys.randomBytes(Math.ceil(bits / 8));
  const spare = bytes.length * 8 - bits;
  bytes[0] = (bytes[0] ?? 0) & (0xff >> spare);
  const hex = encodeHex(bytes).replace(/^(?:00)+/u, '');
  return hex === '' ? newSerial(keys, bits) : hex;
}
