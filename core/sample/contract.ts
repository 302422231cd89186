import { method, type Calls } from '../shared/contract/method.ts';
import type { ImportReport } from '../inventory/contract.ts';

/** At most one sample per data folder. */
export const SAMPLE_METHODS = {
  /** Replaces an existing sample; imported like any other files. */
  open: method().changes('sample.opened').answers<ImportReport>(),
  /** Removes the sample's clusters and files for good. */
  remove: method().changes('sample.removed').answers<{ clusters: number }>(),
};

export type SampleApi = Calls<typeof SAMPLE_METHODS>;
