import type { Cluster } from './credential.ts';

export function sourcePaths(clusters: readonly Cluster[]): string[] {
  const sources = clusters.flatMap(({ credentials }) => credentials.flatMap((credential) => credential.sources));
  return [...new Set(sources.map(({ path }) => path))];
}
