import { method, type Calls } from '../shared/contract/method.ts';
import type { ImportReport } from '../inventory/contract.ts';

/** At most one for each data folder. */
export const SAMPLE_METHODS = {
  /** Replaces a former one; imported like any other files. */
  open: method().changes('sample.opened').answers<ImportReport>(),
  /** Removes its clusters and its files for good. */
  remove: method().changes('sample.removed').answers<{ clusters: number }>(),
};

export type SampleApi = Calls<typeof SAMPLE_METHODS>;
