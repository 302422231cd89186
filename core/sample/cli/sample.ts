import { inventoryOver, withInventory } from '../../inventory/cli/context.ts';
import { sampleService } from '../service.ts';
import { produceSample } from '../produce.ts';
import { DEFAULT_SAMPLE_CLUSTERS, MOST_SAMPLE_CLUSTERS } from '../model/sample.ts';
import { sampleReadme } from '../readme.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand, shellWord } from '../../shared/verb/own-command.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

/** `arcwarden sample --out DIR`: an invented fleet, as files. */
export async function sampleWrite(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  if (line.values.out === undefined) throw new UsageError('cli.usage.option-needed', { option: '--out' });
  // It would mean the folder in which the command is run.
  if (line.values.out === '') throw new UsageError('cli.usage.bad-file', { option: '--out' });
  const folder = world.absolute(line.values.out);
  const clusters = getCount(line.values.clusters);
  const summary = await produceSample(ports, { folder, clusters, readme: sampleReadme });
  if (line.json) world.json({ folder, ...summary });
  else {
    const { files, certificates, tokens, privateKeys } = summary;
    world.out(
      `${translate('cli.sample.summary', { path: folder, files, clusters, certificates, tokens, keys: privateKeys })}\n`,
    );
    const written = shellWord(folder, translate('cli.placeholder.folder'));
    const command = ownCommand(invocation, ['inventory', 'list', written]);
    world.notice(translate('cli.sample.next', { command }));
  }
  return EXIT.fine;
}

/** `arcwarden sample open`: a sample fleet in the inventory, in place of one that is there. */
export function sampleOpen(invocation: Invocation): Promise<ExitCode> {
  const { line, translate, world } = invocation;
  return withSample(invocation, async (service) => {
    const report = await service.open();
    if (line.json) world.json(report);
    else world.out(`${translate('cli.sample.opened', { files: report.filesRead, added: report.added.length })}\n`);
    return EXIT.fine;
  });
}

/** `arcwarden sample remove`: takes the sample fleet out of the inventory, with its files. */
export function sampleRemove(invocation: Invocation): Promise<ExitCode> {
  const { line, translate, world } = invocation;
  return withSample(invocation, async (service) => {
    const { clusters } = await service.remove();
    if (line.json) world.json({ clusters });
    else world.out(`${translate('cli.sample.removed', { clusters })}\n`);
    return EXIT.fine;
  });
}

function getCount(value: string | undefined): number {
  if (value === undefined) return DEFAULT_SAMPLE_CLUSTERS;
  const count = /^\d{1,3}$/u.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= MOST_SAMPLE_CLUSTERS) return count;
  const allowed = `1–${MOST_SAMPLE_CLUSTERS}`;
  throw new UsageError('cli.usage.bad-value', { option: '--clusters', value, allowed });
}

/** Opens the data folder as its only user and works with its sample fleet as the window does. `store.locked`. */
function withSample<T>(
  invocation: Invocation,
  work: (service: ReturnType<typeof sampleService>) => Promise<T>,
): Promise<T> {
  const { ports, dataFolder } = invocation;
  return withInventory(invocation, (store) =>
    work(
      sampleService({
        ports,
        dataFolder,
        importFolder: (folder) => inventoryOver(ports, store).importFiles([folder]),
        removeClusters: () => store.removeSamples(),
      }),
    ),
  );
}
