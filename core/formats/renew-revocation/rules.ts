import { ENTRY_FAULT_RULES } from '../../shared/renew-revocation/structure.ts';

export const REVOCATION_RULES = [
  'revocation.no-object', // reported by callers that need objects
  'revocation.read-otherwise', // `what`: merge, tag or line-end
  'revocation.malformed',
  'revocation.no-name',
  'revocation.no-entries',
  'revocation.api-version',
  'revocation.object-kind',
  'revocation.entry-malformed',
  ...ENTRY_FAULT_RULES,
] as const;

export type RevocationRule = (typeof REVOCATION_RULES)[number];
