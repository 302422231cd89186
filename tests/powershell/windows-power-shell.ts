import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeProcesses } from '../../core/node/processes.ts';
import type { PlanCommand } from '../../core/plan/model/plan.ts';
import type { CommandResult } from '../../core/runs/model/run.ts';
import { WindowsHost } from '../../core/runs/targets/windows-host.ts';
import type { HostMachine } from '../support/host-machine.ts';
import { powerShellEnvironment } from '../support/real-power-shell.ts';
import type { StubFolders } from '../support/stub-modules.ts';

/*
 * Puts a `powershell.exe` on the path that starts the real PowerShell, with the usual arguments of the runner and the
 * script on standard input.
 */

/** Writes the program and returns its folder. The program drops `-NoProfile`, since the profile imitates Windows. */
function putPowerShell(
  machine: HostMachine,
  stubs: StubFolders,
  pwsh: string,
  { session, language }: Pick<HostRun, 'session' | 'language'>,
): string {
  const folder = join(machine.folders.root, 'windows');
  mkdirSync(folder, { recursive: true });
  const own = Object.entries({
    ...powerShellEnvironment(stubs),
    ...machine.environment,
    ARCWARDEN_REMOTING: session,
    ARCWARDEN_LANGUAGE: language,
  });
  const changed = own.filter(([name, value]) => process.env[name] !== value);
  const lines = changed.map(([name, value]) => `export ${name}='${(value ?? '').replaceAll("'", String.raw`'\''`)}'`);
  const path = join(folder, 'powershell.exe');
  const rest = `for word; do shift; [ "$word" = -NoProfile ] || set -- "$@" "$word"; done\nexec '${pwsh}' "$@"`;
  writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\n${rest}\n`);
  chmodSync(path, 0o755);
  return folder;
}

export interface HostRun {
  pwsh: string;
  stubs: StubFolders;
  machine: HostMachine;
  /** The code that runs first in the session with another computer; if absent, the command runs on this computer. */
  session?: string;
  language?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
  onOutput?: (text: string) => void;
}

const LONG_MS = 600_000;

export async function runOnHost(
  command: PlanCommand,
  { pwsh, stubs, machine, session, language, ...more }: HostRun,
): Promise<CommandResult> {
  const { PATH } = process.env;
  process.env['PATH'] = `${putPowerShell(machine, stubs, pwsh, { session, language })}${delimiter}${PATH ?? ''}`;
  try {
    const host = new WindowsHost(
      { processes: nodeProcesses(), files: createFiles(), ids: nodeIds() },
      { folder: '0123456789abcdef', ...(session !== undefined && { computer: 'host01' }) },
    );
    const running = { timeoutMs: LONG_MS, onOutput: () => undefined, ...more };
    return await host.run({ command, at: { kind: 'host' } }, running);
  } finally {
    process.env['PATH'] = PATH;
  }
}
