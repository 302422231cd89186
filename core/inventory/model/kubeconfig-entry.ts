/** Returns the list and the name in an entry of a kubeconfig, such as `clusters[edge].certificate-authority-data`. */
export function parseKubeconfigEntry({
  entry,
}: {
  entry: string;
}): { list: 'clusters' | 'users'; name: string } | undefined {
  const [, list, name] = /^(clusters|users)\[(.*?)\](?:\[\d+\])?\./su.exec(entry) ?? [];
  return (list === 'clusters' || list === 'users') && name !== undefined ? { list, name } : undefined;
}

/** Returns the source in a kubeconfig that trusts this CA. */
export function findTrust<S extends { entry: string }>({
  role,
  sources,
}: {
  role: string;
  sources: readonly S[];
}): S | undefined {
  return role === 'cluster-ca' ? sources.find((one) => parseKubeconfigEntry(one)?.list === 'clusters') : undefined;
}
