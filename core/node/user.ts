import { userInfo } from 'node:os';

/**
 * Returns the user who runs this process: with the domain on Windows (`CORP\admin`), elsewhere just the account name.
 */
export function userName(): string {
  try {
    const { username } = userInfo();
    const domain = process.platform === 'win32' ? process.env['USERDOMAIN'] : undefined;
    return domain === undefined || domain === '' ? username : `${domain}\\${username}`;
  } catch {
    // A container may run under an id without a name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
