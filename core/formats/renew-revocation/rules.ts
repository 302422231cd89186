/** The rules of RenewRevocation manifests, except those of YAML. Comments name the parameters. */
export const REVOCATION_RULES = [
  'revocation.no-object', // reported by callers that need objects
  'revocation.read-otherwise', // what: merge, tag or line-end
  'revocation.malformed', // field
  'revocation.no-name',
  'revocation.no-entries', // name
  'revocation.api-version', // found, published
  'revocation.object-kind', // found, published
  'revocation.entry-malformed',
  'revocation.kind-missing',
  'revocation.kind-unknown', // kind
  'revocation.kind-spelling', // found, published
  'revocation.value-missing', // kind, field
  'revocation.value-extra', // kind, field
  'revocation.bad-serial',
  'revocation.bad-dns',
  'revocation.bad-ip',
  'revocation.ip-range',
  'revocation.bad-not-before',
  'revocation.not-before-form', // readAs
] as const;

export type RevocationRule = (typeof REVOCATION_RULES)[number];
