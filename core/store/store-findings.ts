import type { Finding, Severity } from '../shared/finding.ts';
import type { Files } from '../shared/ports.ts';

/** Findings about the store's own files. Texts: `finding.<rule>`. */
export const STORE_FINDING_RULES = [
  'store.damaged-restored',
  'store.damaged-lost',
  'store.checksum-differs',
  'store.newer-file',
  'store.unreadable-file',
  'store.entry-unreadable',
  'store.index-rebuilt',
  'store.settings-reset',
  'store.revocation-restored',
  'store.revocation-lost',
  'store.revocation-newer',
  'store.revocation-unreadable',
  'store.run-restored',
  'store.run-lost',
  'store.run-newer',
  'store.run-unreadable',
] as const;
export type StoreFindingRule = (typeof STORE_FINDING_RULES)[number];

const SEVERITIES: Record<StoreFindingRule, Severity> = {
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
};

export interface StorePlace {
  path: string;
  entry?: string;
}

export function storeFinding(
  rule: StoreFindingRule,
  place: StorePlace,
  params: Record<string, string | number>,
): Finding {
  return { rule, severity: SEVERITIES[rule], place: { ...place }, params };
}

const NOTHING_SET_ASIDE = 'none';

/** Names the damaged file and the copy that was set aside. */
export function describeDamage(
  files: Pick<Files, 'fileName'>,
  { path, setAsideAs }: { path: string; setAsideAs: string | undefined },
  cluster = '',
): Record<string, string> {
  return {
    cluster,
    file: files.fileName(path),
    setAside: setAsideAs === undefined ? NOTHING_SET_ASIDE : files.fileName(setAsideAs),
  };
}
