/* Names of clusters that say less, or more, than the name for commands. */

/** Names that tools give to every cluster. Source: kubeadm writes `kubernetes` into each kubeconfig. */
const GENERIC_NAMES: ReadonlySet<string> = new Set(['kubernetes', 'cluster.local', 'default', 'local', 'cluster']);
export const SHORT_HEX = 8;
const DISTINGUISHED = /^(?<base>.+) \([0-9a-f]{8}\)$/u;

export function isGenericName(name: string): boolean {
  return GENERIC_NAMES.has(name.toLowerCase());
}

/** Appends part of a fingerprint, for a second cluster of the same name. */
export function distinguishedName(name: string, hex: string): string {
  return `${name} (${hex.slice(0, SHORT_HEX)})`;
}

/** The name before `distinguishedName` extended it. */
export function findBaseName(name: string): string | undefined {
  return DISTINGUISHED.exec(name)?.groups?.['base'];
}
