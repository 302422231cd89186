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

/** Facts that a bundle contains about itself. */
export interface BundleFacts {
  madeAt: Instant;
  /** In lower-case hex. */
  manifestSha256: string;
  objects: readonly { name: string; namespace: string; entries: number }[];
  /** Number of certificates that the manifest matched when the bundle was made. */
  matched: number;
  /** The typed confirmation, if one was required. */
  phrase?: string;
}

export interface BundleVerdict {
  /** Whether the bundle is unchanged byte for byte and its manifest matches the report. */
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
