import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';

/*
 * The offline bundle: one archive for a host without a network, with everything that goes with a manifest.
 */

/** Files of a bundle. Their names are the same in every language, and commands and scripts name them. */
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

/** What its sums list: every file but their own. */
export const SUMMED_FILES: readonly string[] = Object.values(BUNDLE_FILES)
  .filter((name) => name !== BUNDLE_FILES.sums)
  .sort();

/** Marks `impact.json` of a bundle, so that a later console knows what it reads. */
export const BUNDLE_SCHEMA = 1;

/** `missing`: listed, or part of every bundle, and not there. `unlisted`: there, and not in the sums. */
export type BundledState = 'same' | 'changed' | 'missing' | 'unlisted';

export interface BundledFile {
  name: string;
  state: BundledState;
  /** SHA-256 of what is there, in lower-case hex; absent when nothing is. */
  sha256?: string;
}

/** One object of the manifest in a bundle. */
export interface BundledObject {
  name: string;
  namespace: string;
  entries: number;
}

/** What a bundle says of itself. */
export interface BundleFacts {
  madeAt: Instant;
  /** Of the manifest, in lower-case hex. */
  manifestSha256: string;
  objects: readonly BundledObject[];
  /** Certificates that it matched when it was made. */
  matched: number;
  /** What was typed for its consequences; absent when nothing had to be. */
  phrase?: string;
}

/** What a bundle was found to be. */
export interface BundleVerdict {
  /** Byte for byte what was written, and the manifest what the report says of it. */
  ok: boolean;
  /** Of the whole archive, in lower-case hex: to be compared by another way than the archive came. */
  sha256: string;
  /** By name; empty when the archive cannot be read. */
  files: readonly BundledFile[];
  /** Why it is not as it was written; rules `zip.*` and `bundle.*`. */
  findings: readonly Finding[];
  /** Absent where the archive, its report or its manifest cannot be read. */
  facts?: BundleFacts;
}
