import { method, type Calls } from '../shared/contract/method.ts';
import type { ImportReport } from '../inventory/contract.ts';

/** A data folder has at most one sample. */
export const SAMPLE_METHODS = {
  open: method().changes('sample.opened').answers<ImportReport>(),
  remove: method().changes('sample.removed').answers<{ clusters: number }>(),
};

export type SampleApi = Calls<typeof SAMPLE_METHODS>;
