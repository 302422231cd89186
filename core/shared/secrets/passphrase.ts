/**
 * In code points. Somebody with a copy of the folder can guess for years undetected: at 10,000 guesses a second, 8
 * random letters and digits would last nine years at most and 12 would last millions. There are no composition rules.
 * Source: NIST SP 800-63B, password verifiers.
 */
export const SHORTEST_PASSPHRASE = 12;
