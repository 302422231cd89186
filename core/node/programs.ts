import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

interface ProgramPlaces {
  platform: string;
  environment: (name: string) => string | undefined;
}

/**
 * Programs of Windows itself, with their paths below its folder. Source: Microsoft Learn, OpenSSH for Windows;
 * about_PowerShell_exe.
 */
const OF_WINDOWS: Readonly<Record<string, string>> = {
  powershell: String.raw`System32\WindowsPowerShell\v1.0\powershell.exe`,
  ssh: String.raw`System32\OpenSSH\ssh.exe`,
  scp: String.raw`System32\OpenSSH\scp.exe`,
  taskkill: String.raw`System32\taskkill.exe`,
};
/** Matches a path with a drive or a share; `\tools`, for instance, depends on the current drive. */
const WINDOWS_ABSOLUTE = /^(?:[a-z]:[\\/]|[\\/]{2}[^\\/])/iu;

/**
 * Returns the absolute path of a program: programs of Windows in its own folder, others in the absolute folders of
 * `PATH`, then in the product's folder. Skips the current folder, which Windows would search first, since anybody may
 * have left a file there. `undefined` if not found; does not check programs of Windows and absolute paths.
 */
export function locateProgram(program: string, places: ProgramPlaces, isThere = isExecutable): string | undefined {
  const isWindows = places.platform === 'win32';
  if (isWindows ? WINDOWS_ABSOLUTE.test(program) : posix.isAbsolute(program)) return program;
  const name = program.replace(/\.exe$/iu, '').toLowerCase();
  const own = Object.hasOwn(OF_WINDOWS, name) ? OF_WINDOWS[name] : undefined;
  if (isWindows && own !== undefined) return win32.join(windowsFolder(places), own);
  // A relative path would depend on the current folder.
  if (/[\\/]/u.test(program)) return undefined;
  const path = isWindows ? win32 : posix;
  const file = isWindows ? `${name}.exe` : program;
  return programFolders(places)
    .map((folder) => path.join(folder, file))
    .find(isThere);
}

/** Returns a folder that only administrators can write to, for programs that require no particular one. */
export function systemFolder(places: ProgramPlaces): string {
  return places.platform === 'win32' ? win32.join(windowsFolder(places), 'System32') : '/';
}

/** Falls back to a default, because the environment of a service may lack the variable. */
function windowsFolder({ environment }: ProgramPlaces): string {
  const folders = [environment('SystemRoot'), environment('windir')];
  return folders.find((folder) => WINDOWS_ABSOLUTE.test(folder ?? '')) ?? String.raw`C:\Windows`;
}

function programFolders({ platform, environment }: ProgramPlaces): string[] {
  const path = environment('PATH') ?? '';
  if (platform !== 'win32') return path.split(posix.delimiter).filter((folder) => posix.isAbsolute(folder));
  const folders = path.split(win32.delimiter).map((folder) => folder.trim().replace(/^"(.*)"$/u, '$1'));
  const programFiles = environment('ProgramFiles');
  const product = programFiles === undefined ? [] : [win32.join(programFiles, 'AksHci')];
  return [...folders, ...product].filter((folder) => WINDOWS_ABSOLUTE.test(folder));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Variables with this prefix may contain a passphrase or the secret of a channel. */
const OWN_NAME = /^ARCWARDEN_/iu;
/** Secrets that the console reads; a passphrase is for the command line only. */
const CHANNEL_NAME = /^ARCWARDEN_CHANNEL_/iu;

export function childEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(own).filter(([name]) => !OWN_NAME.test(name)));
}

/**
 * Removes our variables from this process's environment, which Electron passes to the process of each page. Afterwards
 * only the secrets of channels can be looked up.
 */
export class OwnVariables {
  readonly #values = new Map<string, string>();
  readonly #toKey: (name: string) => string;

  constructor(environment: NodeJS.ProcessEnv, platform: string) {
    // Windows ignores the case of names.
    this.#toKey = (name) => (platform === 'win32' ? name.toUpperCase() : name);
    for (const [name, value = ''] of Object.entries(environment)) {
      if (!OWN_NAME.test(name)) continue;
      if (CHANNEL_NAME.test(name)) this.#values.set(this.#toKey(name), value);
      delete environment[name];
    }
  }

  get values(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  lookUp(name: string): string | undefined {
    return this.#values.get(this.#toKey(name));
  }

  /** Puts the secrets of channels back into the environment, for the process that replaces this one. */
  restore(environment: NodeJS.ProcessEnv): void {
    Object.assign(environment, this.values);
  }
}
