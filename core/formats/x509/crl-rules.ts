/** Rules that only a CRL may break; what its encoding breaks is in `x509-rules.ts`. Parameters beside the rule. */
export const CRL_RULES = [
  'crl.version', // version
  'crl.no-next-update',
  'crl.dates-reversed', // thisUpdate, nextUpdate
  'crl.extensions-version',
] as const;

export type CrlRule = (typeof CRL_RULES)[number];
