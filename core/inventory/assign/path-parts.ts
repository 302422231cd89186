/** Folders that exist on every machine, whoever owns their files. Source: kubeadm and MOC layouts, domain catalogue. */
const SILENT_FOLDERS: ReadonlySet<string> = new Set([
  ...['pki', 'kubernetes', 'etc', 'etcd', 'ssl', 'certs', 'cert', 'certificates', 'private', 'tls'],
  ...['var', 'lib', 'kubelet', 'opt', 'wssd', '.wssd', '.kube', 'k8s', 'mocctl', 'kvactl', 'nodectl'],
  ...['azhci', 'cloudconfig', 'wssdagent', 'wssdcloudagent', 'programdata', 'manifests'],
]);

const NO_NODES: ReadonlySet<string> = new Set();

const SEPARATOR = /[\\/]+/u;

export function pathParts(path: string): string[] {
  return path.split(SEPARATOR);
}

/** Replaces runs of slashes and backslashes with one slash, since files also come from other systems. */
function normaliseSlashes(path: string): string {
  return path.includes('\\') || path.includes('//') ? pathParts(path).join('/') : path;
}

/** Returns the end of the last folder that is neither uninformative nor named after a node; 0 if there is none. */
function endOfSpeaking(path: string, nodes: ReadonlySet<string>): number {
  for (let end = path.lastIndexOf('/'); end > 0;) {
    const separator = path.lastIndexOf('/', end - 1);
    const folder = path.slice(separator + 1, end).toLowerCase();
    if (!SILENT_FOLDERS.has(folder) && !nodes.has(folder)) return end;
    end = separator;
  }
  return 0;
}

/** A cache, since each path is looked up several times, and files in one folder are adjacent. */
let last = { folder: '', tree: '' };

/** Returns a file's folder without trailing uninformative parts, as shared by the files of one node or cluster. */
export function getTree(path: string): string {
  const whole = normaliseSlashes(path);
  const folder = whole.slice(0, whole.lastIndexOf('/') + 1);
  if (folder !== last.folder) last = { folder, tree: folder.slice(0, endOfSpeaking(folder, NO_NODES)) };
  return last.tree;
}

/** Files that only the host's cloud agent writes. Admins also call other folders `AksHci`. Source: domain catalogue. */
const OWN = String.raw`programdata[\\/]wssdagent[\\/][^\\/]+$|akshci[\\/](?:(?:cloudcfg|\.akshci|\d+(?:\.\d+){3})[\\/]|(?:kvatoken\.tok|login\.yaml)$)`;
/** A profile may also have files of another site. */
const PROFILE = String.raw`users[\\/][^\\/]+[\\/]\.wssd[\\/]`;
const HOST = new RegExp(
  String.raw`^(?<folder>.*)[\\/](?:(?<own>${OWN})|(?<profile>${PROFILE})|(?:programdata[\\/]wssdagent|wssdcloudagent)[\\/])`,
  'iu',
);

/** Returns the host of a file in the host's own folders or in a profile on the host. */
export function findHost(path: string): { folder: string; isOwn: boolean } | undefined {
  const { folder = '', own, profile } = HOST.exec(path)?.groups ?? {};
  return own === undefined && profile === undefined ? undefined : { folder, isOwn: own !== undefined };
}

/** Returns the folder of the host's files if the path shows one, otherwise the folder tree. */
export function getHostFolder(path: string): string {
  return HOST.exec(path)?.groups?.['folder'] ?? getTree(path);
}

export function treeAround(tree: string): string | undefined {
  const end = tree.lastIndexOf('/');
  return end < 0 ? undefined : tree.slice(0, end);
}

/**
 * Returns the last folder in a path that reveals the owner of the file, if any. A folder named after one of the `nodes`
 * (lower case) does not identify the cluster.
 */
export function distinctiveFolder(path: string, nodes: ReadonlySet<string> = NO_NODES): string | undefined {
  const whole = normaliseSlashes(path);
  const folder = getFileName(whole.slice(0, endOfSpeaking(whole, nodes)));
  // A drive does not indicate an owner either.
  return folder === '' || /^[A-Za-z]:$/u.test(folder) ? undefined : folder;
}

export function getFolder(path: string): string {
  const whole = normaliseSlashes(path);
  return whole.slice(0, Math.max(0, whole.lastIndexOf('/')));
}

export function getFileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Returns `apiserver` for `apiserver.crt`, `apiserver.key` and `apiserver-key.pem`. */
export function stripSuffix(path: string): string {
  return getFileName(path)
    .toLowerCase()
    .replace(/(?:\.(?:crt|cer|pem|der|key|cert|p8|pk8|p7b|p7c|p12|pfx))+$/u, '')
    .replace(/[-_.](?:key|cert|crt)$/u, '');
}
