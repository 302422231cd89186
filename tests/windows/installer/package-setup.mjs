import { Arch, build, Platform } from 'electron-builder';

import config from '../../../build/electron-builder.config.mjs';
import { ROOT } from '../../../build/paths.mjs';

/*
 * Creates the setup program of the release configuration, with a replacement for Electron for Windows. Usage:
 * node package-setup.mjs VERSION FOLDER-WITH-electron.exe OUTPUT-FOLDER
 */

const [version = '', electronDist = '', output = ''] = process.argv.slice(2);
// Fuses and the hash of the archive can only be written into a real Electron.
const { electronFuses: _fuses, ...release } = config;

await build({
  projectDir: ROOT,
  publish: 'never',
  targets: Platform.WINDOWS.createTarget('nsis', Arch.x64),
  config: {
    ...release,
    electronDist,
    disableAsarIntegrity: true,
    extraMetadata: { version },
    directories: { ...release.directories, output },
    win: { ...release.win, signAndEditExecutable: false },
  },
});
