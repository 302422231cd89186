import { aksHciVersion, kubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import type { TypedVersions, UpdatePlanning } from './model/planning.ts';
import type { KnownVersions, VersionsRead } from './model/versions.ts';
import { updatePlan } from './plan.ts';
import { readVersions, type VersionText } from './read-versions.ts';
import { updateRequest, type UpdateChoice, type UpdateSource } from './request.ts';

export interface UpdateWork {
  /** What is known without the outputs. */
  source: Omit<UpdateSource, 'versions'>;
  texts: readonly VersionText[];
  typed?: TypedVersions;
  choice: UpdateChoice;
}

/** From pasted outputs to the plan, the same for every front. `cluster.unknown`, `plan.deployment-needed`. */
export function planUpdate({ source, texts, typed, choice }: UpdateWork): {
  read: VersionsRead;
  planning: UpdatePlanning;
} {
  const read = readVersions(texts);
  const versions = typed === undefined ? read.known : withTyped(read.known, typed);
  return { read, planning: updatePlan(updateRequest({ ...source, versions }, choice)) };
}

/** Typed versions are not a cmdlet's output: they do not prove that anything can log in. */
function withTyped(known: KnownVersions, { host, clusters }: TypedVersions): KnownVersions {
  const merged = new Map(known.clusters.map((cluster) => [cluster.name, cluster]));
  for (const { cluster: name, version } of clusters) {
    const parsed = kubernetesVersion(version ?? '');
    merged.set(name, { ...merged.get(name), name, ...(parsed !== undefined && { kubernetesVersion: parsed.text }) });
  }
  const build = aksHciVersion(host ?? '')?.text;
  return { ...known, ...(build !== undefined && { host: build }), clusters: [...merged.values()] };
}
