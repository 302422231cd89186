import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';

/* The offline bundle: one archive with a manifest and everything that is needed on a host without a network. */

/** The names are the same in every language, because commands and scripts use them. */
export const BUNDLE_FILES = {
  manifest: 'manifest.yaml',
  undo: 'undo.yaml',
  recoveryScript: 'recovery.ps1',
  recoveryEn: 'recovery.en.md',
  recoveryJa: 'recovery.ja.md',
  impactEn: 'impact.en.html',
  impactJa: 'impact.ja.html',
  impact: 'impact.json',
  verifier: 'verify.ps1',
  readme: 'README.txt',
  sums: 'SHA256SUMS',
} as const;

export const SUMMED_FILES: readonly string[] = Object.values(BUNDLE_FILES)
  .filter((name) => name !== BUNDLE_FILES.sums)
  .sort();

/** Version of `impact.json`, for consoles of later releases. */
export const BUNDLE_SCHEMA = 1;

export interface BundledFile {
  name: string;
  /** `missing`: expected but absent. `unlisted`: present but without a checksum. */
  state: 'same' | 'changed' | 'missing' | 'unlisted';
  /** Lower-case hex; absent if the file is missing. */
  sha256?: string;
}

export interface BundleFacts {
  madeAt: Instant;
  /** Lower-case hex. */
  manifestSha256: string;
  objects: readonly { name: string; namespace: string; entries: number }[];
  matched: number;
  phrase?: string;
}

export interface BundleVerdict {
  /** Whether no byte has changed and the manifest matches the report. */
  ok: boolean;
  /** SHA-256 of the archive in lower-case hex, for comparison through another channel. */
  sha256: string;
  /** Sorted by name; empty if the archive cannot be read. */
  files: readonly BundledFile[];
  /** Rules `zip.*` and `bundle.*`. */
  findings: readonly Finding[];
  /** Absent if the archive, its report or its manifest cannot be read. */
  facts?: BundleFacts;
}
