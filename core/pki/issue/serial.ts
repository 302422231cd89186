import { encodeHex } from '../../formats/der/hex.ts';
import type { Keys } from '../../shared/ports.ts';

/**
 * A random serial number as a template requires it: positive, at most `bits` bits, at least one bit. 128 bits as used
 * by Kubernetes' signers (the article's sample serial has 128), 63 as used by MOC. Source: RFC 5280 section 4.1.2.2.
 */
export function newSerial(keys: Pick<Keys, 'randomBytes'>, bits: 128 | 63): string {
  const bytes = keys.randomBytes(Math.ceil(bits / 8));
  const spare = bytes.length * 8 - bits;
  bytes[0] = (bytes[0] ?? 0) & (0xff >> spare);
  const hex = encodeHex(bytes).replace(/^(?:00)+/u, '');
  return hex === '' ? newSerial(keys, bits) : hex;
}
