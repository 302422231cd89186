import { join } from 'node:path';

import { FailureMemory, firstLine, installInTurn, inWorkFolder, providePart, whyAbsent } from './absent.mjs';
import { run } from './processes.mjs';
import { putInPlace } from './runtime.mjs';
import { isAtLeast, lookForTool, OWN_POWERSHELL, powerShellFolder, programsOnPath, versionIn } from './tools.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */
/** @typedef {import('./tools.mjs').Tool} Tool */

/**
 * The outside world as needed for providing PowerShell, so that the order can be tested without a network.
 *
 * @typedef {object} PowerShellSources
 * @property {() => Tool | undefined} find the one installed earlier, or one on `PATH`
 * @property {() => boolean} hasDotnet
 * @property {() => string | undefined} rememberedFailure why it could not be installed lately
 * @property {(reason: string) => void} rememberFailure
 * @property {() => Promise<string | undefined>} install the reason where that fails; never rejects
 */

/** Scripts are written for Windows PowerShell 5.1. Older versions of 7 pass arguments of programs in one way only. */
export const LEAST_POWERSHELL = '7.6';

/** For each start of PowerShell and of `dotnet`: nothing is reported to anybody, and nobody looks for updates. */
export const POWERSHELL_ENVIRONMENT = {
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
  DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE: 'true',
};

export const NO_DOTNET = 'there is no dotnet to install it with';
/** About 70 MB are downloaded. */
const INSTALL_TIMEOUT_MS = 5 * 60_000;
const START_TIMEOUT_MS = 60_000;

/**
 * Makes sure that there is a PowerShell to run scripts with, if there can be one. Where there cannot, says why; that
 * costs the tests that need it, and nothing else.
 *
 * @param {Progress} progress
 * @param {PowerShellSources} [sources]
 */
export async function providePowerShell(progress, sources = powerShellSources(process.env, progress)) {
  const says = () => `PowerShell ${sources.find()?.version ?? 'unknown'}`;
  const words = { title: 'PowerShell', says, without: 'tests that run scripts in PowerShell' };
  const { hasDotnet, ...others } = sources;
  await providePart(progress, words, () =>
    whyAbsent({
      ...others,
      isThere: () => isUsable(sources.find()),
      obstacle: () => (hasDotnet() ? undefined : NO_DOTNET),
    }),
  );
}

/** @param {Tool | undefined} tool */
function isUsable(tool) {
  return tool !== undefined && isAtLeast(tool.version, LEAST_POWERSHELL);
}

/**
 * Why there is no PowerShell here, in the words of the last set-up.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string} a sentence without its full stop
 */
export function whyNoPowerShell(environment = process.env) {
  const { reason } = memoryOf(environment);
  return reason ?? (hasDotnet(environment) ? 'it has not been installed yet' : NO_DOTNET);
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @returns {PowerShellSources}
 */
export function powerShellSources(environment, progress) {
  return {
    find: () => lookForTool('pwsh', environment),
    hasDotnet: () => hasDotnet(environment),
    rememberedFailure: () => memoryOf(environment).recentReason,
    rememberFailure: (reason) => memoryOf(environment).remember(reason),
    install: () => installInTurn('powershell', { environment, progress }, () => install(environment, progress)),
  };
}

/** @param {NodeJS.ProcessEnv} environment */
function hasDotnet(environment) {
  return programsOnPath(process.platform === 'win32' ? 'dotnet.exe' : 'dotnet', environment['PATH']).length > 0;
}

/**
 * Installs it as a tool of .NET, from wherever the machine's own NuGet configuration says. The folder appears by a
 * rename after a first start, so it is either whole or absent.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @returns {Promise<string | undefined>} why it failed
 */
async function install(environment, progress) {
  if (lookForTool('pwsh', environment)?.version === OWN_POWERSHELL.version) return undefined;
  progress.say(`PowerShell ${OWN_POWERSHELL.version}: installing it with dotnet (70 MB)`);
  return inWorkFolder('powershell', environment, async (work) => {
    const tool = join(work, 'tool');
    const failure = await installTool(tool, work, environment);
    if (failure !== undefined) return failure;
    putInPlace(tool, powerShellFolder(environment));
    return undefined;
  });
}

/**
 * @param {string} tool where to
 * @param {string} work the current folder: one without a `NuGet.config` or `global.json` of this project
 * @param {NodeJS.ProcessEnv} environment
 */
async function installTool(tool, work, environment) {
  const options = /** @type {const} */ ({
    cwd: work,
    output: 'collect',
    env: { ...environment, ...POWERSHELL_ENVIRONMENT },
  });
  const { package: name, version, program } = OWN_POWERSHELL;
  const installed = await run('dotnet', ['tool', 'install', name, '--version', version, '--tool-path', tool], {
    ...options,
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
  if (installed.timedOut) return 'dotnet tool install did not end in time';
  if (installed.code !== 0) return firstLine(installed.output, `dotnet ended with exit code ${installed.code}`);
  const started = await run(join(tool, program), ['--version'], { ...options, timeoutMs: START_TIMEOUT_MS });
  if (started.code === 0 && versionIn(started.output) === version) return undefined;
  return `it does not start: ${firstLine(started.output, `exit code ${started.code}`)}`;
}

/** @param {NodeJS.ProcessEnv} environment */
function memoryOf(environment) {
  return new FailureMemory('powershell', environment);
}
