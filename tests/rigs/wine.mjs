import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { readText } from '../../build/paths.mjs';
import { firstLine, run } from '../../build/processes.mjs';
import { programsOnPath } from '../../build/tools.mjs';
import { CachedPart, findMissingProgram } from './cached-part.mjs';
import { findCodename, PackageArchive } from './package-archive.mjs';

/**
 * Provides Wine for tests that need real Windows programs. Wine, including its 32-bit half, is unpacked from Debian’s
 * packages, not installed: each program contains a fixed path to the 32-bit loader, so it gets its own mount namespace
 * in which the unpacked files overlay `/usr`.
 */

const PACKAGES = ['wine64', 'wine32:i386'];
const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'dpkg-query', 'unshare', 'mount'];
const NAMESPACE = ['--mount', '--propagation', 'private'];
const LOADER = '/usr/lib/wine/wine64';
const SERVER = '/usr/lib/wine/wineserver64';
/** The first argument is the folder to overlay on `/usr`; the others are the command. */
const IN_NAMESPACE = 'mount -t overlay wine -o "ro,lowerdir=$1:/usr" /usr && shift && exec "$@"';
/** Prevents desktop menus. */
const OVERRIDES = 'winemenubuilder.exe=d';
/**
 * Otherwise, Wine would offer to download its own browser and .NET. Used only during preparation, because programs may
 * need .NET afterwards.
 */
const OVERRIDES_WHILE_PREPARING = 'winemenubuilder.exe,mscoree,mshtml=d';
const SETTING_UP_MS = 5 * 60_000;
const ENDING_MS = 60_000;
/** Windows programs replace these files instead of writing to them, so computers can share them. */
const SHARED_FILES = /\.(?:dll|exe|drv|sys|ocx|nls|ttf|fon)$/iu;

/** The value is Wine's folder: its `usr` overlays the system's, and its `prefix` is a prepared prefix. */
export const WINE = new CachedPart({
  name: 'wine',
  title: 'Wine',
  // Only packages that this release lacks are unpacked, so each release needs its own folder.
  folder: `wine-${findCodename() ?? 'unknown'}`,
  without: 'tests with Windows programs',
  says(wine) {
    const { program, args } = namespaceCommand(wine, [LOADER, '--version']);
    return spawnSync(program, args, { encoding: 'utf8' }).stdout.trim();
  },
  find: (folder) => (existsSync(folder) ? folder : undefined),
  obstacle(environment) {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is unpacked on Linux x64 alone';
    const missing = findMissingProgram(NEEDED, environment);
    if (missing !== undefined) return missing;
    if (!readText('/proc/filesystems')?.includes('overlay')) return 'the kernel has no overlay file system';
    if (process.getuid?.() !== 0) return 'only root can lay its files over those of the system in a namespace';
    const [unshare = ''] = programsOnPath('unshare', environment['PATH']);
    const { status, stderr } = spawnSync(unshare, [...NAMESPACE, 'true'], { encoding: 'utf8' });
    return status === 0 ? undefined : `there are no mount namespaces: ${firstLine(stderr ?? '', 'unshare fails')}`;
  },
  async install({ work, environment, progress }) {
    progress.say('Wine: unpacking it from Debian’s packages (240 MB; 1 GB on the disk)');
    const archive = new PackageArchive(work, environment);
    await archive.open({ foreign: 'i386' });
    const files = await archive.unpack(await archive.findMissing(await archive.closure(PACKAGES)));
    const wine = join(work, 'wine');
    await makeLayer(files, join(wine, 'usr'));
    progress.say('Wine: preparing a Windows');
    await preparePrefix(wine);
    return wine;
  },
});

/**
 * A computer for a single test, a prefix in Wine's terms. Drive `C:` is a folder, drive `Z:` the root of this system.
 * Runs 64-bit and 32-bit Windows programs until it is closed.
 */
export class WinePrefix {
  #wine;
  #folder;

  /**
   * @param {string} folder of the prefix
   * @param {string} wine
   */
  constructor(folder, wine) {
    this.#folder = folder;
    this.#wine = wine;
  }

  /**
   * Creates a computer. Windows’ own files link to shared files, if the disk allows links.
   *
   * @param {string} folder that does not exist yet
   */
  static create(folder, environment = process.env) {
    const wine = WINE.find(environment);
    if (wine === undefined) throw new Error(`there is no Wine here: ${WINE.whyAbsent(environment)}`);
    cpSync(join(wine, 'prefix'), folder, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source, target) => !SHARED_FILES.test(source) || !hasLinked(source, target),
    });
    return new WinePrefix(folder, wine);
  }

  get drive() {
    return join(this.#folder, 'drive_c');
  }

  /**
   * Returns the command to start a Windows program. Some programs can write to a file or a terminal, but not to a pipe
   * of this system.
   *
   * @param {string} program a path of Windows or of this system, or the name of a Windows program
   * @param {readonly string[]} [args]
   * @param {Readonly<Record<string, string>>} [environment] variables in addition to the few that every program gets
   * @returns {{ program: string, args: string[], env: Record<string, string> }}
   */
  command(program, args = [], environment = {}) {
    const command = namespaceCommand(this.#wine, [LOADER, program, ...args]);
    return { ...command, env: { ...this.#environment, ...environment } };
  }

  /**
   * @param {string} file an absolute path of this system
   * @returns its path for a Windows program
   */
  windowsPath(file) {
    const below = relative(this.drive, file);
    const isBelow = !below.startsWith('..');
    return `${isBelow ? 'C:\\' : 'Z:'}${(isBelow ? below : file).split(sep).join('\\')}`;
  }

  async close() {
    for (const option of ['-k', '-w']) {
      const { program, args } = namespaceCommand(this.#wine, [SERVER, option]);
      await run(program, args, { env: this.#environment, output: 'collect', timeoutMs: ENDING_MS });
    }
  }

  /** @returns {Record<string, string>} */
  get #environment() {
    return {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: this.#folder,
      // Wine reads file names as UTF-8 only in a UTF-8 locale.
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      WINEPREFIX: this.#folder,
      WINEDEBUG: '-all',
      WINEDLLOVERRIDES: OVERRIDES,
    };
  }
}

/**
 * @param {string} source
 * @param {string} target
 * @returns false across disks
 */
function hasLinked(source, target) {
  try {
    linkSync(source, target);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} wine
 * @param {readonly string[]} command
 */
function namespaceCommand(wine, command) {
  const layer = join(wine, 'usr').replace(/[\\:,]/gu, String.raw`\$&`);
  return { program: 'unshare', args: [...NAMESPACE, 'sh', '-c', IN_NAMESPACE, 'sh', layer, ...command] };
}

/**
 * @param {string} files the unpacked packages
 * @param {string} usr the folder to create
 */
async function makeLayer(files, usr) {
  // Debian merged `/lib` into `/usr` long ago, but its packages of release 12 do not reflect that yet.
  for (const name of ['usr', 'lib'])
    if (existsSync(join(files, name)))
      cpSync(join(files, name), join(usr, name === 'usr' ? '' : name), { recursive: true, verbatimSymlinks: true });
  rmSync(files, { recursive: true });
  for (const name of readdirSync(join(usr, 'share')))
    if (name !== 'wine') rmSync(join(usr, 'share', name), { recursive: true });
  await finishLibraries(usr);
}

/**
 * Does what installing the packages would do, and removes debugging data, which makes up most of the size.
 *
 * @param {string} usr
 */
async function finishLibraries(usr) {
  for (const [mingw, windows] of [
    ['i686', 'i386-windows'],
    ['x86_64', 'x86_64-windows'],
  ]) {
    const compressors = join(usr, `${mingw}-w64-mingw32/lib`);
    for (const triplet of ['i386-linux-gnu', 'x86_64-linux-gnu']) {
      const folder = join(usr, 'lib', triplet, 'wine', windows ?? '');
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(compressors).filter((each) => /^zlib.*\.dll$/u.test(each))) {
        // Wine accepts a library as its own only if this mark follows the header.
        const library = readFileSync(join(compressors, name)).fill(0, 64, 96);
        library.write('Wine builtin DLL', 64, 'latin1');
        writeFileSync(join(folder, name), library);
      }
      // Without binutils, the folder works too but is three times as large.
      const libraries = readdirSync(folder).map((name) => join(folder, name));
      await run('strip', ['--strip-debug', ...libraries], { output: 'collect', timeoutMs: SETTING_UP_MS });
    }
  }
}

/** @param {string} wine */
async function preparePrefix(wine) {
  const folder = join(wine, 'prefix');
  mkdirSync(folder);
  const prefix = new WinePrefix(folder, wine);
  try {
    for (const [name = '', ...words] of [
      ['wineboot', '-i'],
      ['winecfg', '-v', 'win10'],
      [String.raw`C:\windows\syswow64\cmd.exe`, '/c', 'ver'],
    ]) {
      const { program, args, env } = prefix.command(name, words, { WINEDLLOVERRIDES: OVERRIDES_WHILE_PREPARING });
      const { code, output } = await run(program, args, { env, output: 'collect', timeoutMs: SETTING_UP_MS });
      if (code !== 0) throw new Error(`${name} does not run: ${firstLine(output, `exit code ${code}`)}`);
    }
  } finally {
    await prefix.close();
  }
  // `Documents` and similar folders link to the home folder of the user who prepares the prefix; a test computer has
  // its own.
  const users = join(prefix.drive, 'users');
  for (const user of readdirSync(users))
    for (const entry of readdirSync(join(users, user), { withFileTypes: true })) {
      if (!entry.isSymbolicLink()) continue;
      rmSync(join(users, user, entry.name));
      mkdirSync(join(users, user, entry.name));
    }
}
