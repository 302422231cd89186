import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POWERSHELL_ENVIRONMENT } from '../rigs/power-shell.mjs';
import { COMMANDS } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import { COMMAND_ALIASES } from '../../core/knowledge/model/cmdlets/cmdlets-tools.ts';
import { writeStubs } from '../support/stub-modules.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { MODULES } from './command-lines.ts';

/* Judges command lines with the parser and the parameter binder of a real PowerShell. */

export interface Judgement {
  /** The ids of errors of the parser or the binder; empty if PowerShell accepts the line. */
  errors: string[];
  /** Whether the line cannot be judged, because this machine lacks a command in it. */
  isForeign: boolean;
}

/** Cmdlets of PowerShell itself that may run in these tests. */
const SAFE = ['Out-Null', 'Get-Date', 'Where-Object'];
const LIMIT_MS = 1_200_000;

/** Returns PowerShell's judgement of each line. One process judges all lines. */
export function judge(program: string, lines: readonly string[]): Judgement[] {
  const folder = temporaryFolder();
  const { modules } = writeStubs(join(folder, 'stubs'), { certificatesAsk: false });
  const [work, result, current] = ['work.json', 'result.json', 'current'].map((name) => join(folder, name));
  if (work === undefined || result === undefined || current === undefined) throw new Error('no names');
  // Redirections in the lines write files into this folder.
  mkdirSync(current);
  const elsewhere = COMMANDS.filter(({ module }) => !MODULES.includes(module)).map(({ name }) => name.split(' ')[0]);
  const asked = { modules: MODULES, safe: SAFE, elsewhere: [...elsewhere, ...Object.keys(COMMAND_ALIASES)], lines };
  writeFileSync(work, JSON.stringify(asked));
  const args = ['-NoProfile', '-NonInteractive', '-File', join(import.meta.dirname, 'binder.ps1'), work, result];
  const env = { ...process.env, ...POWERSHELL_ENVIRONMENT, PSModulePath: modules, LC_ALL: 'C.UTF-8' };
  const ended = spawnSync(program, args, { cwd: current, env, encoding: 'utf8', timeout: LIMIT_MS });
  if (ended.status !== 0) throw new Error(`${ended.stdout}${ended.stderr}`);
  const judged = JSON.parse(readFileSync(result, 'utf8')) as [string[], string[] | null][];
  return judged.map(([parser, binder]) => ({ errors: [...parser, ...(binder ?? [])], isForeign: binder === null }));
}
