import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';

/* The offline bundle: one archive with a manifest and everything needed on a host without a network. */

/** Files of a bundle. Their names are the same in every language, since commands and scripts use them. */
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

/** Files covered by the checksums: all except their own. */
export const SUMMED_FILES: readonly string[] = Object.values(BUNDLE_FILES)
  .filter((name) => name !== BUNDLE_FILES.sums)
  .sort();

/** Marks `impact.json` of a bundle, so that a later console can interpret it. */
export const BUNDLE_SCHEMA = 1;

export interface BundledFile {
  name: string;
  /** `missing`: listed, or part of every bundle, but absent. `unlisted`: present, but without a checksum. */
  state: 'same' | 'changed' | 'missing' | 'unlisted';
  /** SHA-256 of the actual file, in lower-case hex; absent when there is none. */
  sha256?: string;
}

/** A bundle's statements about itself. */
export interface BundleFacts {
  madeAt: Instant;
  /** SHA-256 of the manifest, in lower-case hex. */
  manifestSha256: string;
  objects: readonly { name: string; namespace: string; entries: number }[];
  /** Number of certificates that the manifest matched when the bundle was made. */
  matched: number;
  /** The typed confirmation of its consequences; absent when none was required. */
  phrase?: string;
}

/** Result of verifying a bundle. */
export interface BundleVerdict {
  /** Whether the bundle is byte for byte as written and its manifest matches the report. */
  ok: boolean;
  /** SHA-256 of the whole archive in lower-case hex, to be compared through another channel. */
  sha256: string;
  /** Sorted by name; empty when the archive cannot be read. */
  files: readonly BundledFile[];
  /** Differences from the original; rules `zip.*` and `bundle.*`. */
  findings: readonly Finding[];
  /** Absent when the archive, its report or its manifest cannot be read. */
  facts?: BundleFacts;
}
