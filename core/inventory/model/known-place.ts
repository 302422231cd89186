import type { Citation } from '../../shared/citation.ts';

/**
 * Kinds of files that an import reads from a known place. Name: `known-file.<kind>`, contents:
 * `known-file.<kind>.gives`.
 */
export const KNOWN_FILE_KINDS = ['kubeconfig', 'cloudconfig', 'login', 'pki', 'agents'] as const;
export type KnownFileKind = (typeof KNOWN_FILE_KINDS)[number];

/** A place where a file or folder lies according to documentation, code or habit. */
export interface KnownPlace {
  kind: KnownFileKind;
  /** The system it applies to: Windows, or everything else. */
  system: 'windows' | 'posix';
  /**
   * Begins with a variable (`%USERPROFILE%`, `$HOME`) unless absolute. `<version>` matches any one folder. A pattern
   * that is only a variable may name several paths, as `PATH` does.
   */
  pattern: string;
  /** The variable moves a tool's place, which exists only if the variable is set. */
  onlyIfSet?: true;
  citations: readonly Citation[];
}

/**
 * Result of looking at a place; text: `place.state.<state>`. `denied`: no permission for this account. `no-answer`: a
 * drive whose server is gone. `not-named`: the variable is not set. `not-a-file`: a device or a pipe. `unreadable`:
 * `reason` is the system's error code.
 */
export type PlaceState = 'there' | 'absent' | 'denied' | 'no-answer' | 'not-named' | 'not-a-file' | 'unreadable';

export interface LookedPlace {
  kind: KnownFileKind;
  /** The pattern with its variables filled in, if possible. */
  path: string;
  state: PlaceState;
  /** The system's code for `unreadable`, the variable for `not-named`. */
  reason?: string;
  citations: readonly Citation[];
}
