import type { Instant } from './instant.ts';

/** The place where a credential was read. `entry` names the place in the file, `''` if the file is the credential. */
export interface Source {
  path: string;
  entry: string;
  /** Last modification of the file when it was read. */
  fileModified: Instant;
  /** When it was last read there. */
  readAt: Instant;
}
