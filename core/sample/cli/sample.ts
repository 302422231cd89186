import { InventoryService } from '../../inventory/service.ts';
import { useInventory } from '../../inventory/cli/open.ts';
import { sampleService } from '../service.ts';
import { produceSample } from '../produce.ts';
import { DEFAULT_SAMPLE_CLUSTERS, MOST_SAMPLE_CLUSTERS } from '../model/sample.ts';
import { sampleReadme } from '../readme.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand, shellWord } from '../../shared/verb/own-command.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { requirePath, numberUpTo } from '../../shared/verb/values.ts';

export async function sampleWrite(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const folder = requirePath(invocation, 'out');
  const range = { most: MOST_SAMPLE_CLUSTERS, allowed: `1–${MOST_SAMPLE_CLUSTERS}` };
  const clusters = numberUpTo(invocation, 'clusters', range) ?? DEFAULT_SAMPLE_CLUSTERS;
  const summary = await produceSample(ports, { folder, clusters, readme: sampleReadme });
  const { files, certificates, tokens, privateKeys: keys } = summary;
  const told = translate('cli.sample.summary', { path: folder, files, clusters, certificates, tokens, keys });
  const written = shellWord(folder, translate('cli.placeholder.folder'));
  const command = ownCommand(invocation, ['inventory', 'list', written]);
  answer(invocation, { folder, ...summary }, told);
  if (!line.json) world.notice(translate('cli.sample.next', { command }));
  return EXIT.fine;
}

export function sampleOpen(invocation: Invocation): Promise<ExitCode> {
  return runWithSample(invocation, async (service) => {
    const report = await service.open();
    const counts = { files: report.filesRead, added: report.added.length };
    return answer(invocation, report, invocation.translate('cli.sample.opened', counts));
  });
}

export function sampleRemove(invocation: Invocation): Promise<ExitCode> {
  return runWithSample(invocation, async (service) => {
    const { clusters } = await service.remove();
    return answer(invocation, { clusters }, invocation.translate('cli.sample.removed', { clusters }));
  });
}

function runWithSample<T>(
  invocation: Invocation,
  work: (service: ReturnType<typeof sampleService>) => Promise<T>,
): Promise<T> {
  const { ports, dataFolder } = invocation;
  return useInventory(invocation, (store) =>
    work(
      sampleService({
        ports,
        dataFolder,
        importFolder: (folder) => new InventoryService({ ports, store }).importFiles([folder]),
        removeClusters: () => store.removeSamples(),
      }),
    ),
  );
}
