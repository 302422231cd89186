import type { Cluster, Credential } from './credential.ts';

/** Lists the files of clusters; with `computer`, without those that only another computer can read. */
export function sourcePaths(clusters: readonly Cluster[], computer?: string): string[] {
  return listPaths(
    clusters.flatMap(({ credentials }) => credentials),
    computer,
  );
}

/** Lists the files of credentials, like `sourcePaths`. */
export function listPaths(credentials: readonly Pick<Credential, 'sources'>[], computer?: string): string[] {
  const sources = credentials.flatMap((credential) => credential.sources);
  const own = computer === undefined ? sources : sources.filter((source) => (source.computer ?? computer) === computer);
  return [...new Set(own.map(({ path }) => path))];
}
