import type { Citation } from '../../shared/citation.ts';

/** What an import reads that has a place of its own. Name: `known-file.<kind>`, what it tells: `known-file.<kind>.gives`. */
export const KNOWN_FILE_KINDS = ['kubeconfig', 'cloudconfig', 'login', 'pki', 'agents'] as const;
export type KnownFileKind = (typeof KNOWN_FILE_KINDS)[number];

/** Where a file or a folder lies by documentation, by code or by habit. */
export interface KnownPlace {
  kind: KnownFileKind;
  /** Where it is looked for: on Windows, or on everything else. */
  system: 'windows' | 'posix';
  /**
   * Begins with a variable (`%USERPROFILE%`, `$HOME`) unless it is absolute. `<version>` stands for any one folder. A
   * variable that is everything may name several paths, as `PATH` does.
   */
  pattern: string;
  /** The variable moves the place of a tool: without it there is no such place. */
  onlyIfSet?: true;
  citations: readonly Citation[];
}

/**
 * What came out of looking at a place; text: `place.state.<state>`. `denied`: this account may not look. `no-answer`: a
 * drive whose server is gone. `not-named`: the variable is not set. `not-a-file`: a device, a pipe. `unreadable`: `reason`
 * is the code of the system.
 */
export type PlaceState = 'there' | 'absent' | 'denied' | 'no-answer' | 'not-named' | 'not-a-file' | 'unreadable';

export interface LookedPlace {
  kind: KnownFileKind;
  /** With the variables filled in; where that was not possible, the pattern. */
  path: string;
  state: PlaceState;
  /** Of `unreadable` the code of the system, of `not-named` the variable. */
  reason?: string;
  citations: readonly Citation[];
}
