import { MODULE_CMDLETS, OTHER_CMDLETS } from '../../core/knowledge/model/cmdlets/cmdlets-by-name.ts';
import { COMMANDS } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import type { Command, Parameter, ValueKind } from '../../core/knowledge/model/cmdlets/cmdlet.ts';

/*
 * Declarations for the stub modules: the product's cmdlets from our own reference, and cmdlets that only Windows has.
 */

export interface StubParameter {
  name: string;
  /** The type as PowerShell writes it, such as `string`. */
  type: string;
  mandatory: boolean;
  aliases?: readonly string[];
}

/** A cmdlet; each list of parameters is a parameter set. */
export interface StubCmdlet {
  name: string;
  module: string;
  sets: readonly (readonly StubParameter[])[];
  /** `High` asks by default; absent if the cmdlet has neither `-WhatIf` nor `-Confirm`. */
  confirmImpact?: 'Medium' | 'High';
  /** The cmdlets of Windows accept values without a parameter name; those of the product do not. */
  positional?: true;
}

/** Whether cmdlets ask for confirmation where the documentation does not say. */
export interface UnknownPrompts {
  certificatesAsk: boolean;
}

/** The modules of the product, all of them script modules. Source: their published manifests (`RootModule`). */
const PRODUCT_MODULES = ['AksHci', 'Moc', 'Kva'];

const TYPES: Readonly<Record<ValueKind, string>> = {
  switch: 'switch',
  cluster: 'string',
  text: 'string',
  number: 'int',
  boolean: 'bool',
  path: 'string',
  version: 'string',
  object: 'object',
  encoding: 'string',
  cidr: 'string',
  mac: 'string',
  fqdn: 'string',
  guid: 'string',
  sid: 'string',
  port: 'int',
};

/** Cmdlets for which our reference lists no `-Confirm`; `certificatesAsk` determines whether they ask. */
const MAY_ASK =
  /^(?:Update|Repair)-AksHci(?:Cluster)?Cert|^Invoke-AksHciRotateCACertificate$|^Uninstall-AksHciAdAuth$/u;

/** Lists every cmdlet of AksHci, Moc and Kva in our reference. */
export function productCmdlets({ certificatesAsk }: UnknownPrompts): StubCmdlet[] {
  const known = COMMANDS.filter(({ module }) => PRODUCT_MODULES.includes(module)).map((command) =>
    makeStub(command, certificatesAsk),
  );
  const names = new Set(known.map(({ name }) => name));
  const others = [...OTHER_CMDLETS, ...MODULE_CMDLETS]
    .filter((name) => !names.has(name))
    .map((name): StubCmdlet => ({ name, module: moduleName(name), sets: [[]] }));
  return [...known, ...others];
}

function moduleName(name: string): string {
  return PRODUCT_MODULES.find((module) => name.includes(`-${module}`)) ?? 'Moc';
}

function makeStub(command: Command, certificatesAsk: boolean): StubCmdlet {
  const { name, module, syntaxes } = command;
  const sets = syntaxes.map(({ parameters }) =>
    parameters.filter(({ name: each }) => each !== 'confirm').map(stubParameter),
  );
  const asks = syntaxes.some(({ parameters }) => parameters.some(({ name: each }) => each === 'confirm'));
  const isHigh = asks || (certificatesAsk && MAY_ASK.test(name));
  return { name, module, sets: sets.length === 0 ? [[]] : sets, ...(isHigh && { confirmImpact: 'High' }) };
}

function stubParameter({ name, value, mandatory }: Parameter): StubParameter {
  return { name, type: name === 'credential' ? 'pscredential' : TYPES[value], mandatory: mandatory === true };
}

/**
 * Parses lines such as `string Name! | cn`: the type, the name, `!` if the parameter is mandatory, and aliases after a
 * bar.
 */
function parameters(...lines: readonly string[]): StubParameter[] {
  return lines.map((line) => {
    const [, type = '', name = '', mark = '', aliases = ''] = /^(\S+) ([A-Za-z]+)(!?)(?: \| (.+))?$/u.exec(line) ?? [];
    return { name, type, mandatory: mark === '!', aliases: aliases === '' ? [] : aliases.split(' ') };
  });
}

const CIM = ['object CimSession | Session', 'int ThrottleLimit', 'switch AsJob'];

/**
 * Cmdlets that this PowerShell lacks or that would affect the machine that runs the tests, with the parameters of
 * Windows PowerShell 5.1 that scripts may use. Source: the reference of each module.
 */
export const WINDOWS_CMDLETS: readonly StubCmdlet[] = [
  windows('Get-Service', ['string[] Name | ServiceName', 'string[] ComputerName | Cn', 'switch DependentServices']),
  windows('Start-Service', ['string[] Name! | ServiceName', 'switch PassThru'], 'Medium'),
  windows(
    'Stop-Service',
    ['string[] Name! | ServiceName', 'switch Force', 'switch NoWait', 'switch PassThru'],
    'Medium',
  ),
  windows('Restart-Service', ['string[] Name! | ServiceName', 'switch Force', 'switch PassThru'], 'Medium'),
  windows('Get-Process', ['string[] Name | ProcessName', 'string[] ComputerName | Cn', 'switch IncludeUserName']),
  windows('Stop-Process', ['string[] Name! | ProcessName', 'switch Force', 'switch PassThru'], 'Medium'),
  windows('Get-ItemProperty', ['string[] Path!', 'string[] Name | PSProperty', 'string Filter']),
  windows(
    'Set-ItemProperty',
    ['string[] Path!', 'string Name! | PSProperty', 'object Value!', 'switch Force'],
    'Medium',
  ),
  windows('Invoke-Command', [
    'string[] ComputerName | Cn',
    'scriptblock ScriptBlock! | Command',
    'object[] ArgumentList | Args',
  ]),
  windows('Get-Credential', ['string UserName', 'string Message']),
  windows(
    'Update-Module',
    ['string[] Name', 'string RequiredVersion', 'switch Force', 'switch AcceptLicense'],
    'Medium',
  ),
  windows(
    'Uninstall-Module',
    ['string[] Name!', 'string RequiredVersion', 'switch AllVersions', 'switch Force'],
    'Medium',
  ),
  windows('Get-ClusterNode', ['string[] Name', 'object InputObject', 'string Cluster']),
  windows('Get-ClusterGroup', ['string[] Name', 'object InputObject', 'string Cluster']),
  windows('Start-ClusterGroup', [
    'string[] Name',
    'object InputObject',
    'string Cluster',
    'int Wait',
    'switch IgnoreLocked',
  ]),
  windows('Register-ClusteredScheduledTask', [
    ...['string TaskName!', 'string Cluster', 'string TaskType!', 'string Xml', 'object[] Action', 'object[] Trigger'],
    ...['object Settings', 'object Principal', 'string Description', 'string Resource', ...CIM],
  ]),
  windows('Get-Cluster', ['string[] Name', 'string Domain']),
  windows('Get-ClusteredScheduledTask', ['string TaskName', 'string Cluster', 'string TaskType', ...CIM]),
  windows('Unregister-ClusteredScheduledTask', ['string TaskName!', 'string Cluster', 'object InputObject', ...CIM]),
  windows('Get-ScheduledTask', ['string[] TaskName', 'string[] TaskPath', ...CIM]),
  windows(
    'Unregister-ScheduledTask',
    ['string[] TaskName', 'string[] TaskPath', 'object[] InputObject', 'switch PassThru', ...CIM],
    'High',
  ),
  windows('Get-Acl', ['string[] Path', 'string[] LiteralPath', 'object InputObject', 'switch Audit']),
  windows('Set-Acl', ['string[] Path', 'string[] LiteralPath', 'object AclObject!', 'switch Passthru'], 'Medium'),
  windows('Get-Volume', ['string[] DriveLetter', 'string[] FilePath', 'string[] FileSystemLabel']),
  windows('Get-VM', ['string[] Name | VMName', 'string[] ComputerName', 'object[] CimSession']),
  windows('Get-VMNetworkAdapter', ['object VM', 'string[] VMName', 'string[] ComputerName', 'switch All']),
  windows('Register-ScheduledTask', [
    ...['string TaskName', 'string TaskPath', 'string Xml', 'object[] Action', 'object[] Trigger', 'object Settings'],
    ...['object Principal', 'string User', 'string Password', 'string RunLevel', 'string Description', 'switch Force'],
    ...CIM,
  ]),
  windows('New-ScheduledTaskAction', [
    ...['string Execute!', 'string Argument', 'string WorkingDirectory', 'string Id', ...CIM],
  ]),
  windows('New-ScheduledTaskTrigger', [
    ...['switch Daily', 'switch Once', 'switch AtStartup', 'datetime At', 'int DaysInterval', ...CIM],
  ]),
  windows('New-ScheduledTaskSettingsSet', [
    'switch StartWhenAvailable',
    'switch WakeToRun',
    'timespan ExecutionTimeLimit',
    ...CIM,
  ]),
  windows('New-EventLog', ['string LogName! | LN', 'string[] Source! | SRC', 'string[] ComputerName | CN']),
  windows('Write-EventLog', [
    ...['string LogName! | LN', 'string Source! | SRC', 'int EventId! | ID EID', 'string EntryType | ET'],
    ...['string Message! | MSG', 'int Category', 'byte[] RawData'],
  ]),
  // Replaces `[System.Diagnostics.EventLog]::SourceExists`, which only Windows has and no cmdlet offers.
  windows('Test-EventLogSource', ['string Source!']),
  // Replaces the .NET translation of an account, which only Windows offers.
  windows('Resolve-Account', ['string Name!']),
];

function windows(name: string, lines: readonly string[], confirmImpact?: 'Medium' | 'High'): StubCmdlet {
  return {
    name,
    module: 'WindowsStubs',
    sets: [parameters(...lines)],
    positional: true,
    ...(confirmImpact && { confirmImpact }),
  };
}

export const STUB_PROGRAMS = ['kubectl', 'mocctl.exe', 'kvactl.exe', 'ssh', 'scp', 'whoami', 'w32tm'];
