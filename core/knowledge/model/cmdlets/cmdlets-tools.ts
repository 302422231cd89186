import type { Citation, Statement } from '../../../shared/citation.ts';
import type { Command, CommandLayer, CommandRisk } from './cmdlet.ts';
import { citeNote, readParameters } from './cmdlet-shapes.ts';
import { splitNames } from './command-words.ts';
import { ISSUE_145, KNOWN_KVACTL } from '../sources/sources.ts';
import {
  CLEANUP_SCRIPT,
  CONFIG_PRINT,
  CRICTL,
  ISSUE_160,
  ISSUE_402,
  KUBECTL,
  OPENSSH,
  POWERSHELLGET,
  SAME_IN_EVERY_LANGUAGE,
  WINDOWS_CMDLETS,
} from '../sources/sources-repair.ts';

/* Commands of Windows and of other programs. Only the names of programs are checked, because not all options are listed. */

const WINDOWS = citeNote('windows', 'use', WINDOWS_CMDLETS);
function tool(name: string, module: string, layer: CommandLayer, risk: CommandRisk, source: Citation): Command {
  const use = citeNote(name.replace(/ .*/u, ''), 'use', source);
  return { name, module, layer, risk, use, syntaxes: [], open: true, positional: true, notes: [], isRepeatable: null };
}

/** Parameters that several cmdlets share. */
const SHARED: Readonly<Record<string, string>> = {
  '@item': 'Path LiteralPath|PSPath Filter Include Exclude Credential UseTransaction?|usetx',
  '@content': '@item Encoding:encoding Force? NoNewline? PassThru? Stream Value',
  '@service': 'Name|ServiceName DisplayName Include Exclude InputObject PassThru?',
  '@remote': `AllowRedirection? ApplicationName Authentication CertificateThumbprint ComputerName|Cn ConfigurationName
    ConnectionUri|URI|CU ContainerId Credential EnableNetworkAccess? Port# RunAsAdministrator? Session SessionOption
    UseSSL? VMId|VMGuid VMName`,
  '@group': 'Name InputObject Cluster',
};

/**
 * Cmdlets of Windows by module, each with its risk and, if they are checked, its parameters in Windows PowerShell 5.1.
 * `!` after the risk marks a cmdlet with -WhatIf and -Confirm.
 */
const WINDOWS_ROWS: Readonly<Record<string, string>> = {
  'Microsoft.PowerShell.Management': `
    Get-Service reads Name|ServiceName DisplayName Include Exclude InputObject ComputerName|Cn DependentServices?|DS RequiredServices?|SDO|ServicesDependedOn
    Start-Service changes! @service
    Stop-Service interrupts! @service Force? NoWait?
    Restart-Service interrupts! @service Force?
    Set-Service changes! Name|ServiceName|SN ComputerName|cn Description DisplayName|DN InputObject PassThru? StartupType|StartMode|SM|ST Status
    Get-Process reads Name|ProcessName Id|PID ComputerName|Cn FileVersionInfo?|FV|FVI IncludeUserName? InputObject Module?
    Stop-Process interrupts! Name|ProcessName Id InputObject Force? PassThru?
    Get-ChildItem reads @item Attributes Depth# Directory?|ad|d File?|af FollowSymlink? Force? Hidden?|ah|h Name? ReadOnly?|ar Recurse?|s System?|as CodeSigningCert? DnsName DocumentEncryptionCert? Eku ExpiringInDays# SSLServerAuthentication?
    Copy-Item changes! @item Container? Destination Force? FromSession ToSession PassThru? Recurse?
    Move-Item changes! @item Destination Force? PassThru?
    Rename-Item changes! Path LiteralPath|PSPath|LP NewName Credential Force? PassThru? UseTransaction?|usetx
    Remove-Item loses! @item DeleteKey? Force? Recurse? Stream
    New-Item changes! Path Name ItemType|Type Value|Target Force? Credential ApplicationName Authentication CertificateThumbprint ConnectionURI Options OptionSet|OS Port# SessionOption|SO UseSSL? UseTransaction?|usetx
    Test-Path reads @item IsValid? NewerThan OlderThan PathType|Type
    Get-Content reads @item Delimiter Encoding:encoding Force? Raw? ReadCount# Stream Tail#|Last TotalCount#|First|Head Wait?
    Set-Content changes! @content
    Add-Content changes! @content
    Get-ItemProperty reads @item Name|PSProperty
    Set-ItemProperty changes! @item Name|PSProperty Value Type Force? InputObject PassThru?`,
  'Microsoft.PowerShell.Utility': `
    Get-Date reads Date|LastWriteTime Day# DisplayHint Format Hour# Millisecond# Minute# Month# Second# UFormat Year#
    Out-File changes! FilePath LiteralPath|PSPath Append? Encoding:encoding Force? InputObject NoClobber?|NoOverwrite NoNewline? Width#
    Select-Object reads Property ExcludeProperty ExpandProperty First# Index InputObject Last# Skip# SkipLast# Unique? Wait?
    Select-String reads Pattern Path LiteralPath|PSPath AllMatches? CaseSensitive? Context Encoding:encoding Exclude Include InputObject List? NotMatch? Quiet? SimpleMatch?
    Start-Sleep reads Seconds# Milliseconds#`,
  'Microsoft.PowerShell.Security': 'Get-Credential reads Credential Message UserName',
  'Microsoft.PowerShell.Core': `
    ForEach-Object reads! Process Begin End RemainingScripts InputObject MemberName ArgumentList|Args
    Where-Object reads
    Invoke-Command reads @remote ScriptBlock|Command ArgumentList|Args AsJob? FilePath HideComputerName?|HCN InDisconnectedSession?|Disconnected InputObject JobName NoNewScope? SessionName ThrottleLimit#
    Enter-PSSession reads @remote Id# InstanceId Name
    Get-Module reads Name FullyQualifiedName All? ListAvailable? PSEdition Refresh? CimNamespace CimResourceUri CimSession PSSession`,
  PowerShellGet: `
    Update-Module changes! Name RequiredVersion MaximumVersion Scope Credential Proxy ProxyCredential Force? AcceptLicense? AllowPrerelease? PassThru?
    Uninstall-Module changes! Name RequiredVersion MinimumVersion MaximumVersion AllVersions? AllowPrerelease? Force? InputObject`,
  NetTCPIP: `
    Test-NetConnection reads ComputerName|RemoteAddress|cn CommonTCPPort Port#|RemotePort InformationLevel TraceRoute? Hops# DiagnoseRouting? ConstrainInterface# ConstrainSourceAddress
    Get-NetTCPConnection reads`,
  FailoverClusters: `
    Get-ClusterNode reads @group
    Get-ClusterGroup reads @group VMId
    Start-ClusterGroup changes @group ChooseBestNode? IgnoreLocked? Wait#
    Stop-ClusterGroup interrupts @group IgnoreLocked? Wait#
    Move-ClusterGroup interrupts @group Node IgnoreLocked? Wait#`,
  'Hyper-V': `
    Get-VM reads Name|VMName Id CimSession ComputerName Credential ClusterObject
    Get-VMNetworkAdapter reads`,
};

const WINDOWS_NOTES: Readonly<Record<string, readonly Statement[]>> = {
  'Get-Service': [citeNote('Get-Service', 'cloud-agent', CLEANUP_SCRIPT)],
  'Restart-Service': [citeNote('Restart-Service', 'node-agent', ISSUE_402)],
  'Update-Module': [citeNote('Update-Module', 'accept-license', POWERSHELLGET)],
  'Get-ClusterGroup': [citeNote('Get-ClusterGroup', 'role', CONFIG_PRINT, CLEANUP_SCRIPT)],
};

const WINDOWS_COMMANDS = Object.entries(WINDOWS_ROWS).flatMap(([module, rows]) =>
  rows
    .trim()
    .split('\n')
    .map((row): Command => {
      const [name = '', risk = '', ...words] = splitNames(expandShared(row));
      const layer = module === 'FailoverClusters' || module === 'Hyper-V' ? 'host' : 'workstation';
      const own = risk.endsWith('!') ? ['WhatIf?', 'Confirm?'] : [];
      const parameters = readParameters([...words, ...own].join(' '), 'object');
      return {
        ...tool(name, module, layer, risk.replace('!', '') as CommandRisk, WINDOWS_CMDLETS),
        ...{ use: WINDOWS, notes: WINDOWS_NOTES[name] ?? [] },
        ...(words.length > 0 && {
          open: undefined,
          syntaxes: [{ parameters, citations: [WINDOWS_CMDLETS], needsApiServer: null }],
        }),
      };
    }),
);

function expandShared(text: string): string {
  return text.replaceAll(/@\w+/gu, (key) => expandShared(SHARED[key] ?? ''));
}

function kubectl(verb: string, risk: CommandRisk = 'reads'): Command {
  return {
    ...tool(`kubectl ${verb}`, 'kubectl', 'kubernetes', risk, KUBECTL),
    syntaxes: [
      { parameters: readParameters('--kubeconfig:path --namespace'), citations: [KUBECTL], needsApiServer: true },
    ],
  };
}

export const TOOL_COMMANDS: readonly Command[] = [
  ...WINDOWS_COMMANDS,
  { ...tool('whoami', 'Windows', 'workstation', 'reads', WINDOWS_CMDLETS), use: WINDOWS },

  kubectl('get'),
  kubectl('describe'),
  kubectl('logs'),
  kubectl('version'),
  kubectl('config'),
  kubectl('api-resources'),
  kubectl('apply', 'changes'),
  kubectl('edit', 'changes'),
  kubectl('delete', 'loses'),

  {
    ...tool('kvactl', 'kvactl', 'moc', 'changes', KNOWN_KVACTL),
    notes: [citeNote('kvactl', 'errors', ISSUE_145, ISSUE_160, SAME_IN_EVERY_LANGUAGE)],
  },
  tool('ssh', 'OpenSSH', 'kubernetes', 'changes', OPENSSH),
  tool('scp', 'OpenSSH', 'kubernetes', 'changes', OPENSSH),
  tool('crictl ps', 'crictl', 'kubernetes', 'reads', CRICTL),
  tool('crictl logs', 'crictl', 'kubernetes', 'reads', CRICTL),
  tool('crictl stop', 'crictl', 'kubernetes', 'interrupts', CRICTL),
  tool('docker container', 'docker', 'kubernetes', 'interrupts', CRICTL),
];

/** Source: Windows PowerShell 5.1 reference, about_Aliases. */
const ALIASES = {
  'Stop-Process': 'kill spps',
  'ForEach-Object': '% foreach',
  'Where-Object': '? where',
  'Select-Object': 'select',
  'Copy-Item': 'cp copy cpi',
  'Move-Item': 'mv move mi',
  'Remove-Item': 'rm ri del erase rd rmdir',
  'New-Item': 'mkdir md',
  'Get-Content': 'cat type gc',
  'Select-String': 'sls',
  'Get-ChildItem': 'ls dir gci',
  'Get-Service': 'gsv',
  'Stop-Service': 'spsv',
  'Start-Service': 'sasv',
  'Start-Sleep': 'sleep',
  'Invoke-Command': 'icm',
  'Enter-PSSession': 'etsn',
  'Rename-Item': 'ren rni',
  'Add-Content': 'ac',
};

export const COMMAND_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ALIASES).flatMap(([name, aliases]) => splitNames(aliases).map((alias) => [alias, name])),
);
