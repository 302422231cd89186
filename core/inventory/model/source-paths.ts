import type { Cluster } from './credential.ts';

/** Lists the files of clusters; with `computer`, without those that only another computer can read. */
export function sourcePaths(clusters: readonly Cluster[], computer?: string): string[] {
  const sources = clusters.flatMap(({ credentials }) =>
    credentials.flatMap((credential) =>
      computer === undefined
        ? credential.sources
        : credential.sources.filter((source) => (source.computer ?? computer) === computer),
    ),
  );
  return [...new Set(sources.map(({ path }) => path))];
}
