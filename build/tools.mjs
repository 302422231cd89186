import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

import { userCache } from './machine/user-cache.mjs';

/**
 * Programs that serve as references in tests, from `PATH` or, for PowerShell, also from the set-up. Their versions are
 * printed first, since behaviour depends on them.
 *
 * @typedef {keyof typeof VERSION_ARGUMENTS} ToolName
 *
 * @typedef {object} Tool
 * @property {string} path
 * @property {string} version such as `3.0.19`; `unknown` if the program does not print it
 */

/** In printing order. */
const VERSION_ARGUMENTS = {
  openssl: ['version'],
  certtool: ['--version'],
  kubectl: ['version', '--client'],
  python3: ['--version'],
  xmllint: ['--version'],
  unzip: ['-v'],
  curl: ['--version'],
  iconv: ['--version'],
  khal: ['--version'],
  spin: ['-V'],
  gcc: ['--version'],
  makensis: ['-VERSION'],
  'i686-w64-mingw32-gcc': ['--version'],
  pwsh: ['--version'],
};

export const OWN_POWERSHELL = {
  package: 'PowerShell',
  version: '7.6.9',
  folder: 'powershell-7.6.9',
  program: process.platform === 'win32' ? 'pwsh.exe' : 'pwsh',
};

/** A program that takes longer counts as having no version. */
const VERSION_TIMEOUT_MS = 20_000;

/** @type {Map<string, Tool | undefined>} */
const found = new Map();

/**
 * @param {ToolName} name
 * @returns the first on `PATH`; looked up once per process
 */
export function findTool(name) {
  if (!found.has(name)) found.set(name, lookForTool(name));
  return found.get(name);
}

/** @param {NodeJS.ProcessEnv} environment */
export function powerShellFolder(environment) {
  return join(userCache(environment), OWN_POWERSHELL.folder);
}

/**
 * Works like `findTool` without the cache, for a set-up that has just installed the tool.
 *
 * @param {ToolName} name
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Tool | undefined}
 */
export function lookForTool(name, environment = process.env) {
  const own = name === 'pwsh' ? [join(powerShellFolder(environment), OWN_POWERSHELL.program)].filter(isExecutable) : [];
  const [path] = [...own, ...programsOnPath(name, environment['PATH'])];
  if (path === undefined) return undefined;
  const { stdout, stderr } = spawnSync(path, VERSION_ARGUMENTS[name], {
    encoding: 'utf8',
    timeout: VERSION_TIMEOUT_MS,
    // Some programs would look for a configuration or a server first.
    env: { ...environment, KUBECONFIG: '/dev/null', POWERSHELL_TELEMETRY_OPTOUT: '1' },
  });
  return { path, version: versionIn(`${stdout ?? ''}\n${stderr ?? ''}`) };
}

/** @type {Map<string, string | undefined>} */
const pythons = new Map();

/**
 * Finds a Python that has a module. `PATH` may contain several, and system packages serve only the system's own Python.
 *
 * @param {string} module such as `yaml`
 * @returns its path; looked up once per process
 */
export function findPython(module) {
  if (!pythons.has(module)) pythons.set(module, lookForPython(module));
  return pythons.get(module);
}

/**
 * @param {string} module
 * @param {string} [path]
 */
export function lookForPython(module, path) {
  const options = /** @type {const} */ ({ stdio: 'ignore', timeout: VERSION_TIMEOUT_MS });
  return programsOnPath('python3', path).find(
    (python) => spawnSync(python, ['-c', `import ${module}`], options).status === 0,
  );
}

/**
 * @param {string} name
 * @param {string} [path]
 */
export function programsOnPath(name, path = process.env['PATH'] ?? '') {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} text */
export function versionIn(text) {
  return /\d+\.\d[\w.+~-]*|\b\d{5,}\b|(?<=\(GCC\) )\d\S*/u.exec(text)?.[0] ?? 'unknown';
}

/**
 * Returns whether a version is at least `least`; ignores a non-numeric part and everything after it.
 *
 * @param {string} version such as `3.4.1`, `1.32.4-dispatcher`
 * @param {string} least such as `3.4`
 */
export function isAtLeast(version, least) {
  const [have = [], wanted = []] = [version, least].map((text) =>
    text.split(/[.+~-]/u).map((part) => Number.parseInt(part, 10)),
  );
  const at = wanted.findIndex((part, index) => (have[index] ?? 0) !== part);
  return at < 0 || (have[at] ?? 0) > (wanted[at] ?? 0);
}

/**
 * Returns one line: `openssl 3.0.19, certtool 3.7.9, kubectl 1.32.4-dispatcher, …`.
 *
 * @param {(name: ToolName) => Tool | undefined} [find]
 */
export function toolsLine(find = findTool) {
  const names = /** @type {ToolName[]} */ (Object.keys(VERSION_ARGUMENTS));
  return names.map((name) => `${name} ${find(name)?.version ?? 'not here'}`).join(', ');
}
