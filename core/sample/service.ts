import type { AuthorityApi } from '../authorities/contract.ts';
import type { ImportReport } from '../inventory/contract.ts';
import type { Result } from '../shared/problem.ts';
import { DEFAULT_SAMPLE_CLUSTERS, type SampleSummary } from './model/sample.ts';
import { Queue } from '../store/document.ts';
import { produceSample, type SamplePorts } from './produce.ts';
import { clearForSample } from './write.ts';

export interface SampleApiContext {
  ports: SamplePorts;
  /** Of the console alone. */
  folder: string;
  readme: (summary: SampleSummary) => string;
  importFolder: (folder: string) => Promise<ImportReport>;
  /** Says how many there were. */
  removeClusters: () => Promise<number>;
  announceMaking: (making: { made: number; total: number }) => void;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** The sample fleet of the window: at most one, in the data folder. */
export function sampleApi({
  ports,
  folder,
  readme,
  importFolder,
  removeClusters,
  announceMaking,
  answer,
}: SampleApiContext): Pick<AuthorityApi, 'openSample' | 'removeSample'> {
  // Who asks twice gets one after the other.
  const turns = new Queue();
  /** The files first: when one among them is not of the sample, all stays as it is. */
  const remove = async (): Promise<number> => {
    await clearForSample(ports.files, folder);
    await ports.files.removeFolder(folder);
    return removeClusters();
  };
  const open = async (): Promise<ImportReport> => {
    await remove();
    await produceSample(ports, { folder, readme, clusters: DEFAULT_SAMPLE_CLUSTERS, onProgress: announceMaking });
    return importFolder(folder);
  };
  return {
    openSample: () => answer(() => turns.run(open)),
    removeSample: () => answer(() => turns.run(async () => ({ clusters: await remove() }))),
  };
}
