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

/** Asks for the name of a cluster that commands leave open, unless an admin has chosen it. */
export function findNameQuestion(
  cluster: Pick<ClusterPlace, 'id' | 'kind' | 'name' | 'commandName' | 'nameEvidence'>,
): NameQuestion | undefined {
  if (cluster.kind === 'moc' || cluster.nameEvidence === 'admin') return undefined;
  if (findCommandName(cluster) !== undefined) return undefined;
  const { id: clusterId, name, nameEvidence: evidence = 'none' } = cluster;
  const suggestion = findBaseName(name) ?? name;
  const isLikely = isClusterName(suggestion) && !isGenericName(suggestion);
  return { asks: 'name', clusterId, cluster: name, evidence, ...(isLikely && { suggestion }) };
}

/** Separates names that can be accepted together from clusters without a likely name, or that would share one. */
export function sortNameQuestions(
  questions: readonly NameQuestion[],
  clusters: readonly Pick<ClusterPlace, 'id' | 'name' | 'commandName'>[],
): { likely: NameQuestion[]; shared: NameQuestion[]; unknown: NameQuestion[] } {
  const holders = new Map<string, Set<ClusterId>>();
  const hold = (name: string, id: ClusterId): void => {
    holders.set(name, (holders.get(name) ?? new Set()).add(id));
  };
  for (const { id, name, commandName = name } of clusters) hold(commandName, id);
  for (const { suggestion, clusterId } of questions) if (suggestion !== undefined) hold(suggestion, clusterId);
  const count = ({ suggestion = '' }: NameQuestion): number => holders.get(suggestion)?.size ?? 0;
  return {
    likely: questions.filter((each) => count(each) === 1),
    shared: questions.filter((each) => count(each) > 1),
    unknown: questions.filter((each) => count(each) === 0),
  };
}
