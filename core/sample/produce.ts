import type { SampleSummary } from './model/sample.ts';
import type { Ports } from '../shared/ports.ts';
import { makeSample } from './make.ts';
import { writeMarkedFiles } from '../simulation/files/marked-files.ts';
import { clearForSample } from './write.ts';

export type SamplePorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys'>;

export interface ProduceRequest {
  /** Absolute path. */
  folder: string;
  clusters: number;
  /** Provided by the caller, since this module has no access to the catalogues. */
  readme: (summary: SampleSummary) => Promise<string>;
  onProgress?: (progress: { made: number; total: number }) => void;
}

/** All samples have the same names but different keys. */
const SEED = 'contoso';

/** Replaces any earlier sample. Throws `sample.folder-in-use`. */
export async function produceSample(
  { clock, crypto, files, keys }: SamplePorts,
  { folder, clusters, readme, onProgress }: ProduceRequest,
): Promise<SampleSummary> {
  await clearForSample(files, folder);
  await files.createFolder(folder);
  const now = clock.now();
  const { files: made, summary } = await makeSample(
    { crypto, keys },
    {
      now,
      seed: SEED,
      clusters,
      // Lets the event loop run without a timer, which core does not have.
      pause: async () => void (await files.facts(folder)),
      onProgress,
    },
  );
  const written = await writeMarkedFiles(files, { folder, files: made, readme: await readme(summary), createdAt: now });
  return { ...summary, files: written };
}
