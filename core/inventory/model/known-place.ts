import type { Citation } from '../../shared/citation.ts';

/**
 * Kinds of files that an import reads from a known place. Messages: `known-file.<kind>` for the name,
 * `known-file.<kind>.gives` for the contents.
 */
export const KNOWN_FILE_KINDS = ['kubeconfig', 'cloudconfig', 'login', 'pki', 'agents'] as const;
export type KnownFileKind = (typeof KNOWN_FILE_KINDS)[number];

/** The place of a file or folder according to documentation, code or habit. */
export interface KnownPlace {
  kind: KnownFileKind;
  /** The system that has this place: Windows, or any other. */
  system: 'windows' | 'posix';
  /**
   * Begins with a variable (`%USERPROFILE%`, `$HOME`) unless absolute. `<version>` matches any single folder. A pattern
   * that is only a variable may name several paths, as `PATH` does.
   */
  pattern: string;
  /** Whether the variable moves a tool's default place, so that this place exists only if the variable is set. */
  onlyIfSet?: true;
  citations: readonly Citation[];
}

/**
 * Result of checking a place; message: `place.state.<state>`. `denied`: this account has no permission. `no-answer`:
 * the drive's server does not respond. `not-named`: the variable is not set. `not-a-file`: a device or a pipe.
 * `unreadable`: `reason` is the system's error code.
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
