import { isClusterName } from '../../knowledge/model/cmdlets/command-values.ts';
import { findBaseName, isGenericName, type NameEvidence } from '../../plan/model/cluster-name.ts';
import { findCommandName } from '../../plan/model/command-name.ts';
import type { ClusterPlace } from '../../plan/model/deployment.ts';
import type { ClusterId } from '../../shared/ids.ts';

export interface AskedCluster {
  clusterId: ClusterId;
  cluster: string;
}

export interface NameQuestion extends AskedCluster {
  asks: 'name';
  evidence: NameEvidence;
  /** The likeliest name; absent without evidence. */
  suggestion?: string;
}

/** Asks for the name of a cluster that commands leave open. */
export function findNameQuestion(
  cluster: Pick<ClusterPlace, 'id' | 'kind' | 'name' | 'commandName' | 'nameEvidence'>,
): NameQuestion | undefined {
  if (cluster.kind === 'moc' || findCommandName(cluster) !== undefined) return undefined;
  const { id: clusterId, name, nameEvidence: evidence = 'none' } = cluster;
  const suggestion = findBaseName(name) ?? name;
  const isLikely = isClusterName(suggestion) && !isGenericName(suggestion);
  return { asks: 'name', clusterId, cluster: name, evidence, ...(isLikely && { suggestion }) };
}
