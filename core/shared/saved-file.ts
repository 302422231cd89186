export interface SavedFile {
  /** Without its folder. */
  name: string;
  bytes: number;
  sha256: string;
}

/** Windows opens a device for these names, whatever follows the first dot. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:[.:]|$)/iu;

/**
 * Returns whether the last part of a path names a device on Windows, also in the form `\\?\`. Source: Microsoft Learn,
 * “Naming Files, Paths, and Namespaces”.
 */
export function isDeviceName(path: string): boolean {
  return DEVICE_NAME.test(path.replace(/[\\/]+$/u, '').replace(/^.*[\\/]/su, ''));
}
