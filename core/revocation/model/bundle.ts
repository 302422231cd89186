import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';

/* The offline bundle: one archive with a manifest and all that is needed on a host without a network. */

/** The same names in every language, since commands and scripts use them. */
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

/** The list of checksums has no checksum of its own. */
export const SUMMED_FILES: readonly string[] = Object.values(BUNDLE_FILES)
  .filter((name) => name !== BUNDLE_FILES.sums)
  .sort();

/** Lets a later console interpret `impact.json` of a bundle. */
export const BUNDLE_SCHEMA = 1;

export interface BundledFile {
  name: string;
  /** `missing`: expected but absent. `unlisted`: present but without a checksum. */
  state: 'same' | 'changed' | 'missing' | 'unlisted';
  /** SHA-256 of the actual file in lower-case hex, if there is one. */
  sha256?: string;
}

/** Facts that a bundle states about itself. */
export interface BundleFacts {
  madeAt: Instant;
  /** In lower-case hex. */
  manifestSha256: string;
  objects: readonly { name: string; namespace: string; entries: number }[];
  /** Certificates that the manifest matched when the bundle was made. */
  matched: number;
  /** The confirmation that was typed, if any was required. */
  phrase?: string;
}

export interface BundleVerdict {
  /** Whether the bundle is byte for byte as written, and its manifest matches the report. */
  ok: boolean;
  /** SHA-256 of the archive in lower-case hex, to be compared through another channel. */
  sha256: string;
  /** Sorted by name; empty if the archive cannot be read. */
  files: readonly BundledFile[];
  /** Rules `zip.*` and `bundle.*`. */
  findings: readonly Finding[];
  /** Absent if the archive, its report or its manifest cannot be read. */
  facts?: BundleFacts;
}
