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

/** Where the last folder ends whose name is not `silent`; 0 when there is none. For paths with single slashes. */
function endOfSpeaking(path: string, isSilent: (folder: string) => boolean): number {
  for (let end = path.lastIndexOf('/'); end > 0;) {
    const separator = path.lastIndexOf('/', end - 1);
    if (!isSilent(path.slice(separator + 1, end).toLowerCase())) return end;
    end = separator;
  }
  return 0;
}

const isSilentFolder = (folder: string): boolean => SILENT_FOLDERS.has(folder);

/** A path as most are: taking it apart would take longer. */
function hasSingleSlashes(path: string): boolean {
  return !path.includes('\\') && !path.includes('//');
}

/** Files of one folder follow each other, and each is asked about several times. */
let last = { folder: '', tree: '' };

/** The folder of a file without trailing uninformative ones: where the files of one node or cluster lie together. */
export function getTree(path: string): string {
  if (hasSingleSlashes(path)) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (folder !== last.folder) last = { folder, tree: folder.slice(0, endOfSpeaking(folder, isSilentFolder)) };
    return last.tree;
  }
  const folders = listFolders(path);
  while (folders.length > 0 && SILENT_FOLDERS.has((folders.at(-1) ?? '').toLowerCase())) folders.pop();
  return folders.join('/');
}

/** The tree around a tree; `undefined` when there is none. */
export function treeAround(tree: string): string | undefined {
  const end = tree.lastIndexOf('/');
  return end < 0 ? undefined : tree.slice(0, end);
}

/**
 * The last folder of a path that says whose files it holds; `undefined` when none does. A folder of one of the `nodes`
 * (lower case) says whose files lie in it, but not of which cluster: the one around it may.
 */
export function distinctiveFolder(path: string, nodes: ReadonlySet<string> = NO_NODES): string | undefined {
  const isSilent = (folder: string): boolean => SILENT_FOLDERS.has(folder) || nodes.has(folder);
  if (hasSingleSlashes(path)) return named(getFileName(path.slice(0, endOfSpeaking(path, isSilent))));
  const folders = listFolders(path);
  while (folders.length > 0 && isSilent((folders.at(-1) ?? '').toLowerCase())) folders.pop();
  return named(folders.at(-1) ?? '');
}

/** A drive says nothing either. */
function named(folder: string): string | undefined {
  return folder === '' || /^[A-Za-z]:$/u.test(folder) ? undefined : folder;
}

export function getFolder(path: string): string {
  if (hasSingleSlashes(path)) return path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return listFolders(path).join('/');
}

export function getFileName(path: string): string {
  if (!path.includes('\\')) return path.slice(path.lastIndexOf('/') + 1);
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
