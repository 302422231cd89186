import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  productCmdlets,
  STUB_PROGRAMS,
  WINDOWS_CMDLETS,
  type StubCmdlet,
  type StubParameter,
  type UnknownPrompts,
} from './stub-cmdlets.ts';

/*
 * Writes stub modules and programs. Like the real modules, they are script modules: a function of a script module does
 * not see the preferences of the calling script, such as `$ErrorActionPreference` or `-WhatIf`.
 */

const SOURCES = join(import.meta.dirname, 'stubs');
/** Version of the modules. Source: a published transcript of 1.0.24.11029. */
const MODULE_VERSION = '1.2.16';
/** Parameters that take their values from a pipe, as in `Get-VM | Get-VMNetworkAdapter`. */
const FROM_PIPE = new Set(['VM', 'InputObject']);

export interface StubFolders {
  /** Folder for `PSModulePath`. */
  modules: string;
  /** Folder for `PATH`. */
  programs: string;
  /** Folder for `XDG_CONFIG_HOME`. */
  config: string;
  /** Path of a profile in `config` that runs before each script. */
  profile: string;
  /** Folder for PowerShell's cache, with which later starts are faster. */
  cache: string;
}

export function writeStubs(folder: string, prompts: UnknownPrompts): StubFolders {
  const folders = {
    modules: join(folder, 'modules'),
    programs: join(folder, 'programs'),
    config: join(folder, 'config'),
    profile: join(folder, 'config', 'powershell', 'profile.ps1'),
    cache: join(folder, 'cache'),
  };
  const byModule = new Map<string, StubCmdlet[]>();
  for (const cmdlet of [...productCmdlets(prompts), ...WINDOWS_CMDLETS])
    byModule.set(cmdlet.module, [...(byModule.get(cmdlet.module) ?? []), cmdlet]);
  for (const [module, cmdlets] of byModule) writeModule(join(folders.modules, module), module, cmdlets);
  mkdirSync(folders.programs, { recursive: true });
  for (const program of STUB_PROGRAMS) {
    const path = join(folders.programs, program);
    writeFileSync(path, readFileSync(join(SOURCES, 'program.sh')));
    chmodSync(path, 0o755);
  }
  for (const made of [dirname(folders.profile), folders.cache]) mkdirSync(made, { recursive: true });
  writeFileSync(folders.profile, readFileSync(join(SOURCES, 'profile.ps1')));
  return folders;
}

function writeModule(folder: string, name: string, cmdlets: readonly StubCmdlet[]): void {
  mkdirSync(folder, { recursive: true });
  const behaviour = readFileSync(join(SOURCES, 'behaviour.ps1'), 'utf8');
  writeFileSync(join(folder, `${name}.psm1`), `${behaviour}\n${cmdlets.map(functionText).join('\n')}\n`);
  // AksHci requires the other two modules. Source: its manifest.
  const nested = name === 'AksHci' ? "RequiredModules = @('Moc', 'Kva')" : '';
  writeFileSync(
    join(folder, `${name}.psd1`),
    `@{
  RootModule = '${name}.psm1'
  ModuleVersion = '${MODULE_VERSION}'
  GUID = '${makeGuid(name)}'
  FunctionsToExport = @(${cmdlets.map((cmdlet) => `'${cmdlet.name}'`).join(', ')})
  CmdletsToExport = @()
  AliasesToExport = @()
  VariablesToExport = @()
  ${nested}
}
`,
  );
}

function makeGuid(name: string): string {
  return `00000000-0000-0000-0000-${Buffer.from(name).toString('hex').slice(0, 12).padStart(12, '0')}`;
}

/** Returns the text of a function that binds the same parameters as the real cmdlet. */
function functionText(cmdlet: StubCmdlet): string {
  const { name, sets, confirmImpact, positional = false } = cmdlet;
  const binding = [
    `PositionalBinding = $${positional}`,
    ...(sets.length > 1 ? ["DefaultParameterSetName = 'set0'"] : []),
    ...(confirmImpact === undefined ? [] : [`SupportsShouldProcess = $true, ConfirmImpact = '${confirmImpact}'`]),
  ];
  return `function ${name} {
  [CmdletBinding(${binding.join(', ')})]
  param(
${listParameters(sets).join(',\n')}
  )
  process { Invoke-Stub $PSCmdlet $PSBoundParameters }
}`;
}

/** Declares each parameter once, with its parameter sets. */
function listParameters(sets: StubCmdlet['sets']): string[] {
  const names = [...new Set(sets.flatMap((set) => set.map(({ name }) => name)))];
  return names.map((name) => {
    const uses = sets.flatMap((set, at) => set.filter((each) => each.name === name).map((each) => ({ ...each, at })));
    const isEverywhere = uses.length === sets.length && uses.every(({ mandatory }) => mandatory === uses[0]?.mandatory);
    const attributes = (isEverywhere ? uses.slice(0, 1) : uses).map((use) =>
      attributeText(use, isEverywhere ? undefined : use.at),
    );
    const [{ type = 'string', aliases = [] } = {}] = uses;
    const alias = aliases.length === 0 ? [] : [`[Alias(${aliases.map((each) => `'${each}'`).join(', ')})]`];
    return `    ${[...attributes, ...alias].join(' ')} [${type}] $${name}`;
  });
}

function attributeText({ name, mandatory }: StubParameter, set: number | undefined): string {
  const facts = [
    ...(mandatory ? ['Mandatory = $true'] : []),
    ...(set === undefined ? [] : [`ParameterSetName = 'set${set}'`]),
    ...(FROM_PIPE.has(name) ? ['ValueFromPipeline = $true'] : []),
  ];
  return `[Parameter(${facts.join(', ')})]`;
}
