import type { Instant } from './instant.ts';

/** `entry` names the place in the file; `''` if the file is the credential. */
export interface Source {
  path: string;
  /** The computer that read the file, in a shared store; its path means nothing elsewhere. */
  computer?: string;
  entry: string;
  /** Modification time of the file when it was read. */
  fileModified: Instant;
  readAt: Instant;
  /** Address of the API server for which a kubeconfig trusts this CA; absent for other credentials. */
  server?: string;
}
