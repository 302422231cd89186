import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';
import type { MessageKey, Translate } from '../../shared/text/text.ts';
import command from './power-shell/command.ps1';
import opening from './power-shell/opening.ps1';
import state from './power-shell/state.ps1';
import trust from './power-shell/trust.ps1';

/*
 * Writes every script for Windows PowerShell 5.1. Code is in `.ps1` files and the same in every script; everything that
 * differs is in one JSON document, or in code blocks from our catalogues.
 *
 * `plan.ps1`, `windows.ps1` and `register.ps1` run in a scope of their own: `powershell.exe -File` runs a script in the
 * global scope, where its preferences and strict mode would affect the modules that it calls.
 */

/**
 * Code that scripts share.
 * - `opening`: sets strict mode and reads the document. Its `constrained` text is the warning for hosts on which App
 *   Control or AppLocker restricts scripts to core types. No code before it may call a method. Source:
 *   about_Language_Modes.
 * - `command`: `Invoke-PlanCommand` runs a command, returns its outcome and never throws. If a command ends the whole
 *   script with `exit`, the exit code is always 1. Requires `COMMAND_TEXTS`, `$Blocks`, `$Value` with the values that the
 *   user supplied, and `$AsksNothing`, which is set in unattended runs.
 * - `state`: `Save-Kept`, `Get-Kept` and `Get-StateFault` manage one JSON file and the claims, which prevent two scripts
 *   of this computer from changing the same target. Requires `STATE_TEXTS` and `trust`. Claims are open files in
 *   `%ProgramData%\Arcwarden\claims` and end with the process. Any account may have created that folder, so a false
 *   claim is possible, but it only makes a script refuse to start. Scripts never write to or remove claim files, because
 *   the owner of the folder could redirect these operations to another file.
 * - `trust`: `Get-Distrust` lists objections to a file or folder. Accounts are identified by SID, because Windows
 *   translates their names. Source of the rights: [MS-DTYP] section 2.4.3, FileSystemRights of .NET.
 */
const PARTS: Readonly<Record<string, string>> = { command, opening, state, trust };
const PART = /^\. \$PSScriptRoot\/(?:[\w.-]+\/)*(\w+)\.ps1$/gmu;

/** Messages of `command.ps1` in `$Plan.texts`, each with its parameters in order. */
export const COMMAND_TEXTS = {
  'exit-code': ['code'],
  lost: [],
  'no-program': ['program'],
  'no-cmdlet': ['name'],
  'blocked-module': ['name', 'policies'],
} as const satisfies Record<string, readonly string[]>;

export const STATE_TEXTS = {
  'not-kept': ['file', 'error'],
  'state-damaged': ['file'],
  claimed: ['name'],
  'state-link': ['file'],
  'state-owner': ['file', 'account'],
  'state-writable': ['file', 'account'],
} as const satisfies Record<string, readonly string[]>;

interface ScriptContent {
  code: string;
  document: object;
  blocks?: ReadonlyMap<string, string>;
}

export function writeScript(head: readonly string[], content: ScriptContent): string {
  return scriptFile(head, fillScript(content));
}

/** Inserts the code before the document, so that placeholders inside the document are never replaced. */
export function fillScript({ code, document, blocks = new Map<string, string>() }: ScriptContent): string {
  return code
    .replaceAll(PART, (_, name: string) => PARTS[name]!.trimEnd())
    .replace('#BLOCKS#', () => blockLines(blocks))
    .replace('#DATA#', () => documentText(document));
}

function blockLines(blocks: ReadonlyMap<string, string>): string {
  return [...blocks]
    .map(([script, name]) => `  '${name}' = {\n    param($Values)\n${script.replaceAll(/^/gmu, '    ')}\n  }`)
    .join('\n');
}

export function formatStrings(
  texts: Readonly<Record<string, readonly string[]>>,
  place: string,
  translate: Translate,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, parameters]) => [
      name,
      translate(
        `${place}.${name}` as MessageKey,
        Object.fromEntries(parameters.map((parameter, at) => [parameter, `{${at}}`])),
      ),
    ]),
  );
}
