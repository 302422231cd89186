import type { Service } from '../shared/problem.ts';
import type { ImportReport } from '../inventory/contract.ts';
import type { SampleApi } from './contract.ts';
import { DEFAULT_SAMPLE_CLUSTERS } from './model/sample.ts';
import { Queue } from '../store/document.ts';
import { produceSample, type SamplePorts } from './produce.ts';
import { sampleReadme } from './readme.ts';
import { clearForSample } from './write.ts';

const FOLDER = 'sample-fleet';

export interface SampleContext {
  ports: SamplePorts;
  dataFolder: string;
  importFolder: (folder: string) => Promise<ImportReport>;
  removeClusters: () => Promise<number>;
  announceMaking?: (making: { made: number; total: number }) => void;
}

export function sampleService({
  ports,
  dataFolder,
  importFolder,
  removeClusters,
  announceMaking,
}: SampleContext): Service<SampleApi> {
  const folder = ports.files.join(dataFolder, FOLDER);
  const turns = new Queue();
  /** Removes the files first, which fails without any change if one of them does not belong to the sample. */
  const remove = async (): Promise<number> => {
    await clearForSample(ports.files, folder);
    await ports.files.removeFolder(folder);
    return removeClusters();
  };
  const open = async (): Promise<ImportReport> => {
    await remove();
    await produceSample(ports, {
      folder,
      readme: sampleReadme,
      clusters: DEFAULT_SAMPLE_CLUSTERS,
      onProgress: announceMaking,
    });
    return importFolder(folder);
  };
  return { open: () => turns.run(open), remove: () => turns.run(async () => ({ clusters: await remove() })) };
}
