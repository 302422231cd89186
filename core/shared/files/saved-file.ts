import type { Ports } from '../ports.ts';

export interface SavedFile {
  /** Without its folder. */
  name: string;
  bytes: number;
  sha256: string;
}

/** Writes a file in one piece and replaces any existing file. Text is UTF-8. Throws `file.not-writable`. */
export async function writeSavedFile(
  { files, crypto }: Pick<Ports, 'files' | 'crypto'>,
  path: string,
  content: string | Uint8Array,
  options?: { mode?: number },
): Promise<SavedFile> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await files.replace(path, bytes, options);
  return { name: files.fileName(path), bytes: bytes.length, sha256: crypto.sha256Hex(bytes) };
}

/** Windows opens a device for these names, whatever follows the first dot. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:[.:]|$)/iu;

/**
 * Returns whether the last part of a path is a Windows device name, including in paths that start with `\\?\`. Source:
 * Microsoft Learn, “Naming Files, Paths, and Namespaces”.
 */
export function isDeviceName(path: string): boolean {
  return DEVICE_NAME.test(path.replace(/[\\/]+$/u, '').replace(/^.*[\\/]/su, ''));
}
