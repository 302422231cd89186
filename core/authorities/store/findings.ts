import type { Finding, Severity } from '../../shared/finding.ts';

/** Texts: `finding.<rule>` and its remedy. */
export const AUTHORITY_FILE_RULES = [
  'authority-file.restored',
  'authority-file.lost',
  'authority-file.newer',
  'authority-file.unreadable',
  'authority-file.entry-unreadable',
  'authority-file.keyring-lost',
  'authority-file.key-missing',
] as const;
type AuthorityFileRule = (typeof AUTHORITY_FILE_RULES)[number];

const SEVERITIES: Record<AuthorityFileRule, Severity> = {
  'authority-file.restored': 'warning',
  'authority-file.lost': 'error',
  'authority-file.newer': 'error',
  'authority-file.unreadable': 'error',
  // A revoked certificate that cannot be read is missing from the CRL.
  'authority-file.entry-unreadable': 'error',
  'authority-file.keyring-lost': 'error',
  'authority-file.key-missing': 'warning',
};

export function authorityFileFinding(
  rule: AuthorityFileRule,
  place: { path: string; entry?: string },
  params: Record<string, string | number>,
): Finding {
  return { rule, severity: SEVERITIES[rule], place: { ...place }, params };
}
