/**
 * The most reliable first: an admin's statement; a cloud agent identity, which contains the name; a kubeconfig; node
 * names, which begin with it; the folder of its files; nothing.
 */
export const NAME_EVIDENCE = ['admin', 'moc-identity', 'kubeconfig', 'node-names', 'folder', 'none'] as const;
export type NameEvidence = (typeof NAME_EVIDENCE)[number];

/** Evidence that makes a name certain. A cloud agent's deployment has `none`, since no command takes its name. */
export const SURE_EVIDENCE: ReadonlySet<NameEvidence> = new Set(['admin', 'moc-identity', 'kubeconfig']);

/** Names that tools give to every cluster. Source: kubeadm, which writes `kubernetes` into each kubeconfig. */
const GENERIC_NAMES: ReadonlySet<string> = new Set(['kubernetes', 'cluster.local', 'default', 'local', 'cluster']);
export const SHORT_HEX = 8;
const DISTINGUISHED = /^(?<base>.+) \([0-9a-f]{8}\)$/u;

export function isGenericName(name: string): boolean {
  return GENERIC_NAMES.has(name.toLowerCase());
}

/** Appends part of a fingerprint, to a second cluster of the same name. */
export function appendFingerprint(name: string, hex: string): string {
  return `${name} (${hex.slice(0, SHORT_HEX)})`;
}

/** Returns the name without the appended fingerprint; `undefined` if nothing is appended. */
export function findBaseName(name: string): string | undefined {
  return DISTINGUISHED.exec(name)?.groups?.['base'];
}

/** Recognises the management cluster, which is updated with the hosts; the product chooses its name. */
export function isManagementName(name: string): boolean {
  return /^clustergroup-management$/iu.test(findBaseName(name) ?? name);
}
