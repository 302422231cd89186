import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The parts of a package that `dpkg-deb` builds. */
export interface PackageParts {
  name: string;
  /** Contents by path from the root of the machine; each file is executable. */
  files?: Readonly<Record<string, string>>;
  /** Additional fields of the control file, for example `Depends: libprobe`. */
  fields?: readonly string[];
  /** The configuration script, which dpkg runs after unpacking. */
  postinst?: string;
}

/**
 * A separate Debian system in a folder: real apt-get and dpkg, with their database, lists, cache and locks below that
 * folder, and a package archive beside it. Nothing on the computer itself is read or changed.
 */
export class DebianMachine {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly #archive: string;
  readonly #scratch: string;

  constructor(folder: string, { source = 'copy' }: { source?: 'copy' | 'unreachable' } = {}) {
    this.root = join(folder, 'machine');
    this.#archive = join(folder, 'archive');
    this.#scratch = join(folder, 'scratch');
    for (const place of [
      ...['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/apt/lists/partial'],
      ...['var/cache/apt/archives/partial', 'var/log/apt', 'etc/apt/apt.conf.d', 'usr/bin'],
      ...['etc/apt/preferences.d', 'etc/apt/trusted.gpg.d', 'tmp'],
    ])
      mkdirSync(join(this.root, place), { recursive: true });
    mkdirSync(this.#archive, { recursive: true });
    this.put('var/lib/dpkg/status', '');
    this.put('var/lib/dpkg/available', '');
    // A port on which nobody listens simulates a missing network and fails fast.
    const from = source === 'copy' ? `copy:${this.#archive}` : 'http://127.0.0.1:9';
    this.put('etc/apt/sources.list', `deb [trusted=yes] ${from} ./\n`);
    const configuration = join(folder, 'apt.conf');
    const options = [`--root=${this.root}`, '--force-script-chrootless', '--force-not-root'];
    writeFileSync(
      configuration,
      [
        `Dir "${this.root}/";`,
        `Dir::State::status "${this.root}/var/lib/dpkg/status";`,
        ...['Dir::Bin::dpkg "/usr/bin/dpkg";', 'APT::Sandbox::User "";', 'Acquire::Retries "0";'],
        ...options.map((option) => `DPkg::Options:: "${option}";`),
      ].join('\n'),
    );
    this.environment = {
      PATH: `${join(this.root, 'usr/bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
      APT_CONFIG: configuration,
      DPKG_ROOT: this.root,
      DPKG_FORCE: 'script-chrootless,not-root',
    };
  }

  put(place: string, text: string): string {
    const path = join(this.root, place);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Builds a package and adds it to the archive, where `apt-get update` finds it. */
  offer(parts: PackageParts): void {
    this.#build(parts, this.#archive);
    const index = readdirSync(this.#archive)
      .filter((name) => name.endsWith('.deb'))
      .map((name) => describePackage(join(this.#archive, name)));
    writeFileSync(join(this.#archive, 'Packages'), index.join('\n'));
  }

  /** Removes the file of a package, but not its entry in the index. */
  withdraw(name: string): void {
    rmSync(join(this.#archive, `${name}_1.0_all.deb`));
  }

  /**
   * Builds a package and installs it with dpkg alone, as another user might have done earlier. Returns dpkg's exit
   * code.
   */
  install(parts: PackageParts): number | null {
    return spawnSync('dpkg', ['-i', this.make(parts)], { env: this.environment }).status;
  }

  /** Builds a package without adding it to the archive, and returns the path of its file. */
  make(parts: PackageParts): string {
    return this.#build(parts, this.#scratch);
  }

  /** Lists every package that dpkg knows, with its state; omits packages in state `not-installed`. */
  packages(): Record<string, string> {
    const format = '${Package} ${db:Status-Status}\n';
    const options = { env: this.environment, encoding: 'utf8' } as const;
    const rows = spawnSync('dpkg-query', ['-W', '-f', format], options).stdout.trim().split('\n');
    return Object.fromEntries(
      rows
        .map((row) => row.split(' ') as [string, string])
        .filter(([name, state]) => name !== '' && state !== 'not-installed'),
    );
  }

  #build({ name, files = {}, fields = [], postinst }: PackageParts, into: string): string {
    const folder = join(this.#scratch, name);
    const control = [
      ...[`Package: ${name}`, 'Version: 1.0', 'Architecture: all', 'Maintainer: A <a@b.example>'],
      ...[...fields, 'Description: made for a test', ''],
    ];
    mkdirSync(join(folder, 'DEBIAN'), { recursive: true });
    writeFileSync(join(folder, 'DEBIAN/control'), control.join('\n'));
    if (postinst !== undefined)
      writeFileSync(join(folder, 'DEBIAN/postinst'), `#!/bin/sh\n${postinst}\n`, { mode: 0o755 });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { mode: 0o755 });
    }
    const file = join(into, `${name}_1.0_all.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '--build', folder, file], { stdio: 'pipe' });
    return file;
  }
}

/** Returns the paragraph about a package for the index of an archive. */
function describePackage(file: string): string {
  const bytes = readFileSync(file);
  return [
    execFileSync('dpkg-deb', ['--field', file], { encoding: 'utf8' }).trimEnd(),
    `Filename: ./${basename(file)}`,
    `Size: ${bytes.length}`,
    `SHA256: ${createHash('sha256').update(bytes).digest('hex')}`,
    '',
  ].join('\n');
}
