import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { path7za } from '7zip-bin';
import { modulePath } from '../../../build/paths.mjs';
import { findTool } from '../../../build/tools.mjs';
import { WINE } from '../../rigs/wine.mjs';
import { compile, succeed, whyNoCompiler } from '../compiler.ts';
import type { WindowsComputer } from '../computer.ts';

/*
 * Creates the setup program of the release configuration with electron-builder and NSIS, as for a release. Electron for
 * Windows and the NSIS plugins that electron-builder downloads are not available everywhere, so small programs of our
 * own replace them.
 */

const PLUGINS = ['Nsis7z', 'StdUtils', 'UAC', 'WinShell'];
const NSIS = 'makensis';

/**
 * Disables programs that a setup program starts but that are only stubs in Wine. Wine's `findstr` finds everything, so
 * any program would count as running; without `findstr`, nothing is found.
 */
const WITHOUT = 'findstr.exe,powershell.exe,winemenubuilder.exe,mscoree,mshtml=d';

/**
 * Returns why a setup program cannot be created and run on this machine, as a sentence without its full stop;
 * `undefined` if it can.
 */
export function whyNoSetupProgram(): string | undefined {
  if (WINE.find() === undefined) return `Wine is not here: ${WINE.whyAbsent()}`;
  return findTool(NSIS) === undefined ? `${NSIS} is not here` : whyNoCompiler();
}

export function setupEnvironment(computer: WindowsComputer): Record<string, string> {
  const program = modulePath('7zip-bin/win/x64/7za.exe');
  return { WINEDLLOVERRIDES: WITHOUT, NSIS_7ZA: computer.prefix.windowsPath(program) };
}

export class SetupFactory {
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(folder: string, computer: WindowsComputer) {
    this.#folder = folder;
    const pathTo = (...names: string[]): string => join(folder, ...names);
    for (const path of ['nsis', 'electron', 'bin', 'resources/plugins/x86-unicode'])
      mkdirSync(pathTo(path), { recursive: true });
    compile('installer/application.c', pathTo('electron', 'electron.exe'), ['-mwindows']);
    // Setup uses elevate.exe to start a program with more rights, which no test does.
    copyFileSync(pathTo('electron', 'electron.exe'), pathTo('nsis', 'elevate.exe'));
    symlinkSync(findTool(NSIS)?.path ?? '', pathTo('nsis', 'makensis'));
    compile('installer/nsis-plugins.c', pathTo('plugin.dll'), ['-shared', '-static-libgcc']);
    for (const name of PLUGINS)
      copyFileSync(pathTo('plugin.dll'), pathTo('resources', 'plugins', 'x86-unicode', `${name}.dll`));
    // The file in the npm package is not executable.
    copyFileSync(path7za, pathTo('bin', '7za'));
    chmodSync(pathTo('bin', '7za'), 0o755);
    writeFileSync(pathTo('bin', 'wine'), wineScript(computer), { mode: 0o755 });
    this.#environment = {
      ...process.env,
      PATH: [pathTo('bin'), process.env['PATH']].join(delimiter),
      ELECTRON_BUILDER_NSIS_DIR: pathTo('nsis'),
      ELECTRON_BUILDER_NSIS_RESOURCES_DIR: pathTo('resources'),
      ELECTRON_BUILDER_7ZIP_PATH: pathTo('bin', '7za'),
      USE_SYSTEM_WINE: 'true',
    };
  }

  /** Creates the setup program of a version. `unpacked` is the folder with the files to install. */
  make(version: string): { setup: string; unpacked: string } {
    const output = join(this.#folder, version);
    const script = join(import.meta.dirname, 'package-setup.mjs');
    succeed(process.execPath, [script, version, join(this.#folder, 'electron'), output], this.#environment);
    return {
      setup: join(output, `Arcwarden-${version}-windows-x64-setup.exe`),
      unpacked: join(output, 'win-unpacked'),
    };
  }
}

/**
 * Returns a shell script that runs Wine: electron-builder runs the incomplete setup program to extract the uninstaller.
 */
function wineScript(computer: WindowsComputer): string {
  const { program, args, env } = computer.prefix.command('', [], setupEnvironment(computer));
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const words = ['env', '-i', ...variables, program, ...args.slice(0, -1)].map(
    (word) => `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`;
}
