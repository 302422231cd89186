import type { Instant } from '../shared/instant.ts';
import type { Problem } from '../shared/problem.ts';
import { method, type Calls } from '../shared/contract/method.ts';

export const TEAM_METHODS = {
  /** Says what is known without asking the shared store; `null` if the data folder is a store of its own. */
  read: method().reads().answers<SharedCopyState | null>(),
};

export type TeamApi = Calls<typeof TEAM_METHODS>;

export interface TeamEvents {
  changed: SharedCopyState;
}

/** The data folder as the copy of a shared store. */
export interface SharedCopyState {
  /** A connection string without a password. */
  address: string;
  /** The copy contains all changes up to this one. */
  revision: number;
  /** When the copy was last complete; absent before the first time. */
  currentAt?: Instant;
  /** Runs that consoles have on clusters; one whose console is gone ends by itself. */
  working: readonly WorkingConsole[];
  /** Why the shared store could not be used last time. */
  problem?: Problem;
}

export interface WorkingConsole {
  /** The id of a cluster in the inventory, or the name of another one. */
  cluster: string;
  /** The user, and digits that tell apart the runs of one user. */
  by: string;
  until: Instant;
}
