/**
 * Sources of a cluster's name, most reliable first: a statement by the admin; a cloud agent identity, which contains
 * the name; a kubeconfig; node names, which begin with the name; the folder of the cluster's files; no evidence.
 */
export const NAME_EVIDENCE = ['admin', 'moc-identity', 'kubeconfig', 'node-names', 'folder', 'none'] as const;
export type NameEvidence = (typeof NAME_EVIDENCE)[number];

/** Evidence that makes a name certain. A cloud agent's deployment has `none`, because no command contains its name. */
export const SURE_EVIDENCE: ReadonlySet<NameEvidence> = new Set(['admin', 'moc-identity', 'kubeconfig']);

/** Names that tools assign to every cluster. Source: kubeadm, which writes `kubernetes` to each kubeconfig. */
const GENERIC_NAMES: ReadonlySet<string> = new Set(['kubernetes', 'cluster.local', 'default', 'local', 'cluster']);
export const SHORT_HEX = 8;
const DISTINGUISHED = /^(?<base>.+) \([0-9a-f]{8}\)$/u;

export function isGenericName(name: string): boolean {
  return GENERIC_NAMES.has(name.toLowerCase());
}

export function appendFingerprint(name: string, hex: string): string {
  return `${name} (${hex.slice(0, SHORT_HEX)})`;
}

/** Returns the name without the appended fingerprint; `undefined` if nothing is appended. */
export function findBaseName(name: string): string | undefined {
  return DISTINGUISHED.exec(name)?.groups?.['base'];
}

/** Returns whether this is the management cluster, which is updated with the hosts. The product chooses its name. */
export function isManagementName(name: string): boolean {
  return /^clustergroup-management$/iu.test(findBaseName(name) ?? name);
}
