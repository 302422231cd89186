/**
 * Fewest characters of a passphrase. Whoever has copied the folder can guess for years without being seen: if that were
 * 10,000 guesses a second, 8 random letters and digits would hold for nine years at most and 12 for millions. Length
 * only, counted in code points. Source: NIST SP 800-63B, password verifiers (no composition rules).
 */
export const SHORTEST_PASSPHRASE = 12;
