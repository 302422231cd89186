/**
 * Folders that exist on every machine and say nothing about the owner of their files. Source: kubeadm and MOC layouts,
 * domain catalogue.
 */
const SILENT_FOLDERS: ReadonlySet<string> = new Set([
  ...['pki', 'kubernetes', 'etc', 'etcd', 'ssl', 'certs', 'cert', 'certificates', 'private', 'tls'],
  ...['var', 'lib', 'kubelet', 'opt', 'wssd', '.wssd', '.kube', 'k8s', 'mocctl', 'kvactl', 'nodectl'],
  ...['azhci', 'cloudconfig', 'wssdagent', 'wssdcloudagent', 'programdata', 'manifests'],
]);

const NO_NODES: ReadonlySet<string> = new Set();

const SEPARATOR = /[\\/]+/u;

/** The folders of a path, without its last part. Both separators count, since files come from other systems too. */
function listFolders(path: string): string[] {
  return path.split(SEPARATOR).slice(0, -1);
}

/** The folders of a path and its last part; the part before the first separator is one, empty or a drive. */
export function pathParts(path: string): string[] {
  return path.split(SEPARATOR);
}

/** The folder of a file without trailing uninformative ones: where the files of one node or cluster lie together. */
export function getTree(path: string): string {
  const folders = listFolders(path);
  while (folders.length > 0 && SILENT_FOLDERS.has((folders.at(-1) ?? '').toLowerCase())) folders.pop();
  return folders.join('/');
}

/** The trees around a tree, nearest first. */
export function treesAround(tree: string): string[] {
  const parts = tree.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}

/**
 * The last folder of a path that says whose files it holds; `undefined` when none does. A folder of one of the `nodes`
 * (lower case) says whose files lie in it, but not of which cluster: the one around it may.
 */
export function distinctiveFolder(path: string, nodes: ReadonlySet<string> = NO_NODES): string | undefined {
  const folders = listFolders(path);
  const isSilent = (folder: string): boolean => SILENT_FOLDERS.has(folder) || nodes.has(folder);
  while (folders.length > 0 && isSilent((folders.at(-1) ?? '').toLowerCase())) folders.pop();
  const last = folders.at(-1) ?? '';
  return last === '' || /^[A-Za-z]:$/u.test(last) ? undefined : last;
}

export function getFolder(path: string): string {
  return listFolders(path).join('/');
}

export function getFileName(path: string): string {
  return path.split(SEPARATOR).at(-1) ?? '';
}

/**
 * The common part of the names of a certificate and its key: `apiserver` of `apiserver.crt`, `apiserver.key`,
 * `apiserver-key.pem`.
 */
export function stripSuffix(path: string): string {
  return getFileName(path)
    .toLowerCase()
    .replace(/(?:\.(?:crt|cer|pem|der|key|cert|p8|pk8|p7b|p7c|p12|pfx))+$/u, '')
    .replace(/[-_.](?:key|cert|crt)$/u, '');
}
