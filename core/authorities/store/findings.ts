import type { Finding, Severity } from '../../shared/finding.ts';

/** Texts: `finding.<rule>` and its remedy. */
const SEVERITIES = {
  'authority-file.restored': 'warning',
  'authority-file.lost': 'error',
  'authority-file.newer': 'error',
  'authority-file.unreadable': 'error',
  // A revoked certificate that cannot be read is missing from the CRL.
  'authority-file.entry-unreadable': 'error',
  'authority-file.keyring-lost': 'error',
  'authority-file.key-missing': 'warning',
} as const satisfies Record<string, Severity>;
type AuthorityFileRule = keyof typeof SEVERITIES;
export const AUTHORITY_FILE_RULES = Object.keys(SEVERITIES) as AuthorityFileRule[];

export function authorityFileFinding(
  rule: AuthorityFileRule,
  place: { path: string; entry?: string },
  params: Record<string, string | number>,
): Finding {
  return { rule, severity: SEVERITIES[rule], place, params };
}
