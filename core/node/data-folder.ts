import { posix, win32 } from 'node:path';

const FOLDER_NAME = 'Arcwarden';

/**
 * Returns the folder for data on this system. Ignores a relative `XDG_CONFIG_HOME`, as the XDG Base Directory
 * Specification requires.
 */
export function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  homedir: string,
): string {
  if (platform === 'win32') {
    const roaming = env['APPDATA'];
    const base =
      roaming !== undefined && win32.isAbsolute(roaming) ? roaming : win32.join(homedir, 'AppData', 'Roaming');
    return win32.join(base, FOLDER_NAME);
  }
  if (platform === 'darwin') return posix.join(homedir, 'Library', 'Application Support', FOLDER_NAME);
  const configured = env['XDG_CONFIG_HOME'];
  const base = configured !== undefined && posix.isAbsolute(configured) ? configured : posix.join(homedir, '.config');
  return posix.join(base, FOLDER_NAME);
}
