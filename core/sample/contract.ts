import { method, type Calls } from '../shared/contract/method.ts';
import type { ImportReport } from '../inventory/contract.ts';

/** The demo fleet of the data folder: at most one. */
export const SAMPLE_METHODS = {
  /** Makes it, in place of one that is there, and imports it like any other files. */
  open: method().changes('sample.opened').answers<ImportReport>(),
  /** Removes its clusters from the inventory and its files from the data folder, for good. */
  remove: method().changes('sample.removed').answers<{ clusters: number }>(),
};

export type SampleApi = Calls<typeof SAMPLE_METHODS>;
