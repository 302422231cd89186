import type { Instant } from '../shared/instant.ts';
import type { SampleSummary } from './model/sample.ts';
import type { Ports } from '../shared/ports.ts';
import { makeSample } from './make.ts';
import { clearForSample, writeSample } from './write.ts';

export type SamplePorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys'>;

export interface ProduceRequest {
  /** Absolute; made where it is not there. */
  folder: string;
  clusters: number;
  /** Text of the README; beside the catalogues, of which nothing is known here. */
  readme: (summary: SampleSummary) => string;
  onProgress?: (progress: { made: number; total: number }) => void;
}

/** Always the same, so that everybody's sample has the same names; keys differ all the same. */
const SEED = 'contoso';

/**
 * A sample fleet in a folder of its own, in place of one that is there. Says what it consists of. Problems:
 * `sample.folder-in-use`, `file.not-readable`, `file.not-writable`.
 */
export async function produceSample(
  { clock, crypto, files, keys }: SamplePorts,
  { folder, clusters, readme, onProgress }: ProduceRequest,
): Promise<SampleSummary> {
  await clearForSample(files, folder);
  await files.createFolder(folder);
  const now: Instant = clock.now();
  const sample = await makeSample(
    { crypto, keys },
    {
      now,
      seed: SEED,
      clusters,
      // A look at the disk ends in a later turn of the event loop: core has no timers.
      pause: async () => void (await files.facts(folder)),
      onProgress,
    },
  );
  const { summary } = sample;
  const written = await writeSample(files, { folder, files: sample.files, readme: readme(summary), createdAt: now });
  return { ...summary, files: written };
}
