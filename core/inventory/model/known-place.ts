import type { Citation } from '../../shared/citation.ts';

/** Message keys: `known-file.<kind>` for the name, `known-file.<kind>.gives` for the contents. */
export const KNOWN_FILE_KINDS = ['kubeconfig', 'cloudconfig', 'login', 'pki', 'agents'] as const;
export type KnownFileKind = (typeof KNOWN_FILE_KINDS)[number];

/** A usual place according to documentation, code or custom. */
export interface KnownPlace {
  kind: KnownFileKind;
  /** `posix`: every system but Windows. */
  system: 'windows' | 'posix';
  /**
   * Begins with a variable (`%USERPROFILE%`, `$HOME`) unless absolute. `<version>` matches any single folder. A lone
   * variable may stand for several paths, as `PATH` does.
   */
  pattern: string;
  /** Whether the variable replaces a tool's default place; this place then exists only if the variable is set. */
  onlyIfSet?: true;
  citations: readonly Citation[];
}

/**
 * Message key: `place.state.<state>`. `denied`: this account has no permission. `no-answer`: the drive's server does
 * not respond. `not-named`: the variable is not set. `not-a-file`: a device or pipe. `unreadable`: see `reason`.
 */
export type PlaceState = 'there' | 'absent' | 'denied' | 'no-answer' | 'not-named' | 'not-a-file' | 'unreadable';

export interface LookedPlace extends Pick<KnownPlace, 'kind' | 'citations'> {
  path: string;
  state: PlaceState;
  /** The system's code for `unreadable`, the variable for `not-named`. */
  reason?: string;
}
