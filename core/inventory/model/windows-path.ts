/** Absolute Windows paths begin with a drive or a share, those of other systems with a slash. */
const WINDOWS_ROOT = /^(?:[a-z]:[\\/]|\\\\)/iu;
/** Marks a literal path; `\\?\UNC\server\share` is a share. Source: “Naming Files, Paths, and Namespaces”. */
const VERBATIM = /^\\\\\?\\(?:(UNC)\\)?/iu;

/** Removes `\\?\` and makes the drive letter upper-case. */
export function plainPath(path: string): string {
  if (!WINDOWS_ROOT.test(path)) return path;
  const plain = path.replace(VERBATIM, (_prefix, share?: string) => (share === undefined ? '' : '\\\\'));
  return plain.replace(/^[a-z]:/u, (drive) => drive.toUpperCase());
}

/** Returns the same key for every spelling, since Windows ignores case. */
export function pathKey(path: string): string {
  return WINDOWS_ROOT.test(path) ? plainPath(path).replaceAll('/', '\\').toLowerCase() : path;
}
