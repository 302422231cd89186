export const CRL_RULES = ['crl.version', 'crl.no-next-update', 'crl.dates-reversed', 'crl.extensions-version'] as const;

export type CrlRule = (typeof CRL_RULES)[number];
