const GROUP_READS = 0o040;
const OTHERS_READ = 0o004;
const OCTAL = 8;

/** Returns `undefined` if only the owner may read the file, or on systems without modes. */
export function findOtherReaders(mode = 0): { mode: string; readers: 'group' | 'everybody' } | undefined {
  if ((mode & (GROUP_READS | OTHERS_READ)) === 0) return undefined;
  return { mode: mode.toString(OCTAL), readers: (mode & OTHERS_READ) === 0 ? 'group' : 'everybody' };
}
