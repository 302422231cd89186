import { InventoryService } from '../../inventory/service.ts';
import { useInventory } from '../../inventory/cli/open.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { findReadRevocation } from './kept.ts';
import { serviceOver } from './source.ts';

export async function markRevocation(invocation: Invocation, lifted: boolean): Promise<ExitCode> {
  const { ports, translate } = invocation;
  const marked = await useInventory(invocation, async (store) => {
    const { clusterFacts: facts, serialSpelling } = store.settings();
    const source = { clusters: store.clusters(), unplaced: [], facts, serialSpelling, findings: [] };
    const found = findReadRevocation(invocation, serviceOver(invocation, source).listRead());
    const { name, namespace, clusterId, cluster = '' } = found;
    if (clusterId === undefined) throw new ConsoleError('revocation.unknown', { name });
    await new InventoryService({ ports, store }).liftRevocation(
      { clusterId, name, namespace, lifted },
      invocation.note,
    );
    return { clusterId, cluster, name, namespace, lifted };
  });
  const { name, cluster } = marked;
  return answer(
    invocation,
    marked,
    translate('cli.revocation.marked', { name, cluster, force: lifted ? 'no' : 'yes' }),
  );
}
