import { SHORTEST_PASSPHRASE } from '../../shared/secrets/passphrase.ts';
import { ConsoleError } from '../../shared/problem.ts';

/** Counts code points. */
export function checkNewPassphrase(passphrase: string): void {
  if ([...prepared(passphrase)].length < SHORTEST_PASSPHRASE) {
    throw new ConsoleError('passphrase.too-short', { minimum: SHORTEST_PASSPHRASE });
  }
}

/** The caller wipes it; the string itself cannot be overwritten in JavaScript. */
export function passphraseBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(prepared(passphrase));
}

/**
 * The same bytes from every keyboard and input method: composed characters, and plain spaces for all others, including
 * the wide one of Japanese. Source: RFC 8265 section 4.2.2 (OpaqueString).
 */
function prepared(passphrase: string): string {
  return passphrase.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
