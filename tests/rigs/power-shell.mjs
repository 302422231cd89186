import { join } from 'node:path';

import { CachedPart } from './cached-part.mjs';
import { firstLine, run, runSuccessfully } from '../../build/processes.mjs';
import { isAtLeast, lookForTool, OWN_POWERSHELL, programsOnPath, versionIn } from '../../build/tools.mjs';

/**
 * Scripts are written for Windows PowerShell 5.1; before this version, PowerShell 7 passes arguments to programs in one
 * way only.
 */
export const LEAST_POWERSHELL = '7.6';

/** Prevents PowerShell and `dotnet` from sending telemetry and looking for updates. */
export const POWERSHELL_ENVIRONMENT = {
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
  DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE: 'true',
};

const INSTALL_TIMEOUT_MS = 5 * 60_000;
const START_TIMEOUT_MS = 60_000;

/**
 * The PowerShell on `PATH` if it is new enough, or else a .NET tool from the source in the machine's own NuGet
 * configuration.
 */
export const POWERSHELL = new CachedPart({
  name: 'powershell',
  title: 'PowerShell',
  folder: OWN_POWERSHELL.folder,
  without: 'tests that run scripts in PowerShell',
  says: ({ version }) => `PowerShell ${version}`,
  find(_folder, environment) {
    const tool = lookForTool('pwsh', environment);
    return tool !== undefined && isAtLeast(tool.version, LEAST_POWERSHELL) ? tool : undefined;
  },
  obstacle: whyNoDotnet,
  async install({ work, environment, progress }) {
    const { package: name, version, program } = OWN_POWERSHELL;
    progress.say(`PowerShell ${version}: installing it with dotnet (70 MB)`);
    const tool = join(work, 'tool');
    // This project's folder may contain `NuGet.config` or `global.json`.
    const options = { cwd: work, env: { ...environment, ...POWERSHELL_ENVIRONMENT } };
    const words = ['tool', 'install', name, '--version', version, '--tool-path', tool];
    await runSuccessfully('dotnet', words, { ...options, timeoutMs: INSTALL_TIMEOUT_MS });
    const started = await run(join(tool, program), ['--version'], {
      ...options,
      output: 'collect',
      timeoutMs: START_TIMEOUT_MS,
    });
    if (started.code !== 0 || versionIn(started.output) !== version)
      throw new Error(`it does not start: ${firstLine(started.output, `exit code ${started.code}`)}`);
    return tool;
  },
});

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined}
 */
export function whyNoDotnet(environment) {
  const dotnet = process.platform === 'win32' ? 'dotnet.exe' : 'dotnet';
  return programsOnPath(dotnet, environment['PATH']).length > 0 ? undefined : 'there is no dotnet to install it with';
}
