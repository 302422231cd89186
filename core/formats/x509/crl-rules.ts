/** Rules of CRLs; `rules.ts` has those of the encoding. Comments name the parameters. */
export const CRL_RULES = [
  'crl.version', // version
  'crl.no-next-update',
  'crl.dates-reversed', // thisUpdate, nextUpdate
  'crl.extensions-version',
] as const;

export type CrlRule = (typeof CRL_RULES)[number];
