import { ConsoleError } from '../domain/problem.ts';

/**
 * Fewest characters of a passphrase. Whoever has copied the folder can guess for years without being seen: if that were
 * 10,000 guesses a second, 8 random letters and digits would hold for nine years at most and 12 for millions. Length
 * only, counted in code points. Source: NIST SP 800-63B, password verifiers (no composition rules).
 */
export const SHORTEST_PASSPHRASE = 12;

/** `passphrase.too-short`, counted in code points. */
export function checkNewPassphrase(passphrase: string): void {
  if ([...prepared(passphrase)].length < SHORTEST_PASSPHRASE) {
    throw new ConsoleError('passphrase.too-short', { minimum: SHORTEST_PASSPHRASE });
  }
}

/** UTF-8, for the caller to wipe. The text itself cannot be overwritten: texts of JavaScript never change. */
export function passphraseBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(prepared(passphrase));
}

/**
 * The same passphrase gives the same bytes whatever keyboard or input method wrote it: composed characters, and plain
 * spaces for all others, among them the wide one of Japanese input. Source: RFC 8265 section 4.2.2 (OpaqueString).
 */
function prepared(passphrase: string): string {
  return passphrase.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
