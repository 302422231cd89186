import type { Cluster } from './credential.ts';

export function sourcePaths(clusters: readonly Cluster[]): string[] {
  return [
    ...new Set(
      clusters.flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources.map((at) => at.path))),
    ),
  ];
}
