import type { ClusterId } from '../../shared/ids.ts';
import { findBaseName } from './cluster-name.ts';
import { listWords, type Plan, type PlanStep } from './plan.ts';
import { parseOpenValue } from './value.ts';

/** Reserves a cluster, or the hosts, for one run or script of a computer at a time. */
export interface WorkClaim {
  key: string;
  cluster?: string;
}

/**
 * Lists everything that two runs must never change at the same time: each cluster of the plan, and its hosts. A cluster
 * has one key, whether the caller knows its id, its name or only the name in a command. The id and the original
 * spelling of the name are claimed too, because scripts of earlier releases lock them.
 */
export function listClaims({
  clusters,
  steps,
}: Pick<Plan, 'clusters'> & { steps: readonly Pick<PlanStep, 'cluster' | 'command' | 'check'>[] }): WorkClaim[] {
  const named: { name: string; id?: ClusterId }[] = [...clusters];
  for (const { cluster, command, check } of steps) {
    if (cluster !== undefined) named.push({ name: cluster });
    for (const word of [command, check?.command].flatMap((each) => (each === undefined ? [] : listWords(each))))
      if ('name' in word && word.value !== undefined && parseOpenValue(word.name).placeholder === 'cluster')
        named.push({ name: word.value });
  }
  const claims = new Map<string, WorkClaim>();
  for (const { name: cluster, id } of named)
    for (const key of [(findBaseName(cluster) ?? cluster).toLowerCase(), cluster, ...(id === undefined ? [] : [id])])
      if (!claims.has(key)) claims.set(key, { key, cluster });
  const sorted = [...claims.values()].sort(({ key: one }, { key: other }) => (one < other ? -1 : 1));
  return steps.some(({ cluster }) => cluster === undefined) ? [{ key: HOSTS_CLAIM }, ...sorted] : sorted;
}

/** No name or id of a cluster contains a space. */
const HOSTS_CLAIM = 'the hosts';
