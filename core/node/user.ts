import { userInfo } from 'node:os';

/** Includes the domain on Windows (`CORP\admin`). */
export function userName(): string {
  try {
    const { username } = userInfo();
    const domain = process.platform === 'win32' ? process.env['USERDOMAIN'] : undefined;
    return domain === undefined || domain === '' ? username : `${domain}\\${username}`;
  } catch {
    // A container may run under a user ID without a name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
