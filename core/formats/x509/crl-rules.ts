/** Rules that only a CRL can break; the rules of its encoding are in `rules.ts`. Comments name the parameters. */
export const CRL_RULES = [
  'crl.version', // version
  'crl.no-next-update',
  'crl.dates-reversed', // thisUpdate, nextUpdate
  'crl.extensions-version',
] as const;

export type CrlRule = (typeof CRL_RULES)[number];
