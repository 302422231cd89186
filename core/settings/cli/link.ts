import { clusterNamed } from '../../inventory/cli/context.ts';
import { useInventory } from '../../inventory/cli/open.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { listDeployments, listMembers } from '../../plan/model/deployment.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { settingsService } from '../service.ts';

/** Assigns a cluster to a deployment. Throws `cluster.unknown`. */
export async function inventoryLink(invocation: Invocation): Promise<ExitCode> {
  const { line, words, translate } = invocation;
  const [word = ''] = words;
  const { deployment: wanted } = line.values;
  if (wanted === undefined) throw new UsageError('cli.usage.option-needed', { option: '--deployment' });
  const { cluster, agent } = await useInventory(invocation, async (store) => {
    const cluster = clusterNamed(store, word);
    const clusters = store.clusters().filter(({ sample }) => sample === cluster.sample);
    const agents = clusters.filter(({ kind }) => kind === 'moc');
    const service = settingsService({ store });
    const { clusterFacts } = await service.read();
    // The name of any cluster in the deployment is accepted, as by other verbs.
    const [named] = new ClusterLookup(clusters).find(wanted, { namesFirst: true });
    const known = listDeployments(clusters, clusterFacts).find((each) =>
      listMembers(each).some(({ id }) => id === named?.id),
    );
    const agent = agents.find(({ id }) => id === known?.cloudAgent?.id);
    if (agent === undefined || cluster.kind === 'moc')
      throw new UsageError('cli.usage.no-deployment', {
        cluster: word,
        deployment: wanted,
        names: agents.map(({ name }) => name).join(', ') || '–',
      });
    const facts = { ...clusterFacts[cluster.id], cloudAgent: agent.id };
    await service.change({ clusterFacts: { ...clusterFacts, [cluster.id]: facts } });
    return { cluster, agent };
  });
  const document = { clusterId: cluster.id, name: cluster.name, deployment: { clusterId: agent.id, name: agent.name } };
  return answer(invocation, document, translate('inventory.linked', { name: cluster.name, deployment: agent.name }));
}
