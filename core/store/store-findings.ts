import type { Finding, Place, Severity } from '../shared/finding.ts';
import type { Files } from '../shared/ports.ts';

const SEVERITIES = {
  'store.damaged-restored': 'warning',
  'store.damaged-lost': 'error',
  'store.checksum-differs': 'error',
  'store.newer-file': 'error',
  'store.unreadable-file': 'error',
  'store.entry-unreadable': 'warning',
  'store.index-rebuilt': 'notice',
  'store.settings-reset': 'warning',
  'store.revocation-restored': 'warning',
  'store.revocation-lost': 'error',
  'store.revocation-newer': 'error',
  'store.revocation-unreadable': 'error',
  'store.run-restored': 'warning',
  'store.run-lost': 'error',
  'store.run-newer': 'error',
  'store.run-unreadable': 'error',
} as const satisfies Record<string, Severity>;
type StoreFindingRule = keyof typeof SEVERITIES;

/** Findings about the store's own files. Texts: `finding.<rule>`. */
export const STORE_FINDING_RULES = Object.keys(SEVERITIES) as readonly StoreFindingRule[];

export function storeFinding(rule: StoreFindingRule, place: Place, params: Finding['params']): Finding {
  return { rule, severity: SEVERITIES[rule], place, params };
}

export function describeDamage(
  files: Pick<Files, 'fileName'>,
  { path, setAsideAs }: { path: string; setAsideAs: string | undefined },
  cluster = '',
): Record<string, string> {
  return {
    cluster,
    file: files.fileName(path),
    setAside: setAsideAs === undefined ? 'none' : files.fileName(setAsideAs),
  };
}
