import type { Cluster } from './credential.ts';

/** Lists all files that the clusters' credentials were read from, each once. */
export function sourcePaths(clusters: readonly Cluster[]): string[] {
  return [
    ...new Set(
      clusters.flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources.map((at) => at.path))),
    ),
  ];
}
