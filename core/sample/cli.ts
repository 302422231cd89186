import { produceSample } from './produce.ts';
import { DEFAULT_SAMPLE_CLUSTERS, MOST_SAMPLE_CLUSTERS } from './model/sample.ts';
import { sampleReadme } from './readme.ts';
import type { Invocation } from '../cli/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../cli/usage.ts';

/** `arcwarden sample --out DIR`: an invented fleet, as files. */
export async function sample({ line, ports, translate, world }: Invocation): Promise<ExitCode> {
  if (line.out === undefined) throw new UsageError('cli.usage.option-needed', { option: '--out' });
  // It would mean the folder in which the command is run.
  if (line.out === '') throw new UsageError('cli.usage.bad-file', { option: '--out' });
  const folder = world.absolute(line.out);
  const clusters = countOf(line.values.clusters);
  const summary = await produceSample(ports, { folder, clusters, readme: sampleReadme });
  if (line.json) world.out(`${JSON.stringify({ folder, ...summary }, null, 2)}\n`);
  else {
    const { files, certificates, tokens, privateKeys } = summary;
    world.out(
      `${translate('cli.sample.summary', { path: folder, files, clusters, certificates, tokens, keys: privateKeys })}\n`,
    );
    world.notice(translate('cli.sample.next', { path: folder }));
  }
  return EXIT.fine;
}

function countOf(value: string | undefined): number {
  if (value === undefined) return DEFAULT_SAMPLE_CLUSTERS;
  const count = /^\d{1,3}$/u.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= MOST_SAMPLE_CLUSTERS) return count;
  const allowed = `1–${MOST_SAMPLE_CLUSTERS}`;
  throw new UsageError('cli.usage.bad-value', { option: '--clusters', value, allowed });
}
