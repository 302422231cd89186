import type { Cluster } from './credential.ts';

/** The files that the credentials of clusters were read from, each once. */
export function sourcePaths(clusters: readonly Cluster[]): string[] {
  return [
    ...new Set(
      clusters.flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources.map((at) => at.path))),
    ),
  ];
}
