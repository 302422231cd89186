import { SHORTEST_PASSPHRASE } from '../../shared/secrets/passphrase.ts';
import { ConsoleError } from '../../shared/problem.ts';

/** `passphrase.too-short`, counted in code points. */
export function checkNewPassphrase(passphrase: string): void {
  if ([...prepared(passphrase)].length < SHORTEST_PASSPHRASE) {
    throw new ConsoleError('passphrase.too-short', { minimum: SHORTEST_PASSPHRASE });
  }
}

/** UTF-8; the caller wipes it. The string itself cannot be overwritten: JavaScript strings are immutable. */
export function passphraseBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(prepared(passphrase));
}

/**
 * The same passphrase gives the same bytes whatever keyboard or input method produced it: composed characters, and
 * plain spaces for all others, including the wide one of Japanese input. Source: RFC 8265 section 4.2.2 (OpaqueString).
 */
function prepared(passphrase: string): string {
  return passphrase.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
