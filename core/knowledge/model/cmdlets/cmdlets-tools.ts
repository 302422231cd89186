import type { Citation, Statement } from '../../../shared/citation.ts';
import type { Command, CommandLayer, CommandRisk } from './cmdlet.ts';
import { citeNote, optional } from './cmdlet-shapes.ts';
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

/* Commands of other programs in remedies and checks. Only names are checked, since not all parameters are listed. */

function windows(name: string, module: string, risk: CommandRisk = 'reads', ...notes: Statement[]): Command {
  const layer = module === 'FailoverClusters' || module === 'Hyper-V' ? 'host' : 'workstation';
  return { ...tool(name, module, layer, risk, WINDOWS_CMDLETS), use: WINDOWS, notes };
}

const WINDOWS = citeNote('windows', 'use', WINDOWS_CMDLETS);

function tool(name: string, module: string, layer: CommandLayer, risk: CommandRisk, source: Citation): Command {
  const use = citeNote(name.replace(/ .*/u, ''), 'use', source);
  return { name, module, layer, risk, use, syntaxes: [], open: true, positional: true, notes: [], isRepeatable: null };
}

const MANAGEMENT = 'Microsoft.PowerShell.Management';
const UTILITY = 'Microsoft.PowerShell.Utility';
const CORE = 'Microsoft.PowerShell.Core';

function kubectl(verb: string, risk: CommandRisk = 'reads'): Command {
  const parameters = [optional('--kubeconfig', 'path'), optional('--namespace', 'text')];
  return {
    ...tool(`kubectl ${verb}`, 'kubectl', 'kubernetes', risk, KUBECTL),
    syntaxes: [{ parameters, citations: [KUBECTL], needsApiServer: true }],
  };
}

export const TOOL_COMMANDS: readonly Command[] = [
  windows('Get-Service', MANAGEMENT, 'reads', citeNote('Get-Service', 'cloud-agent', CLEANUP_SCRIPT)),
  windows('Start-Service', MANAGEMENT, 'changes'),
  windows('Stop-Service', MANAGEMENT, 'interrupts'),
  windows('Restart-Service', MANAGEMENT, 'interrupts', citeNote('Restart-Service', 'node-agent', ISSUE_402)),
  windows('Get-Process', MANAGEMENT),
  windows('Stop-Process', MANAGEMENT, 'interrupts'),
  windows('Copy-Item', MANAGEMENT, 'changes'),
  windows('Move-Item', MANAGEMENT, 'changes'),
  windows('Remove-Item', MANAGEMENT, 'loses'),
  windows('New-Item', MANAGEMENT, 'changes'),
  windows('Test-Path', MANAGEMENT),
  windows('Get-Content', MANAGEMENT),
  windows('Set-Content', MANAGEMENT, 'changes'),
  windows('Get-ItemProperty', MANAGEMENT),
  windows('Set-ItemProperty', MANAGEMENT, 'changes'),
  windows('Get-Date', UTILITY),
  windows('Select-Object', UTILITY),
  windows('Select-String', UTILITY),
  windows('Start-Sleep', UTILITY),
  windows('Get-Credential', 'Microsoft.PowerShell.Security'),
  windows('ForEach-Object', CORE),
  windows('Where-Object', CORE),
  windows('Invoke-Command', CORE),
  windows('Get-Module', CORE),
  windows('Update-Module', 'PowerShellGet', 'changes', citeNote('Update-Module', 'accept-license', POWERSHELLGET)),
  windows('Uninstall-Module', 'PowerShellGet', 'changes'),
  windows('Test-NetConnection', 'NetTCPIP'),
  windows('Get-NetTCPConnection', 'NetTCPIP'),
  windows('Get-ClusterNode', 'FailoverClusters'),
  windows(
    'Get-ClusterGroup',
    'FailoverClusters',
    'reads',
    citeNote('Get-ClusterGroup', 'role', CONFIG_PRINT, CLEANUP_SCRIPT),
  ),
  windows('Start-ClusterGroup', 'FailoverClusters', 'changes'),
  windows('Get-VM', 'Hyper-V'),
  windows('Get-VMNetworkAdapter', 'Hyper-V'),
  windows('whoami', 'Windows'),

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
  'Stop-Process': 'kill',
  'ForEach-Object': '% foreach',
  'Where-Object': '? where',
  'Select-Object': 'select',
  'Copy-Item': 'cp copy',
  'Move-Item': 'mv move',
  'Remove-Item': 'rm ri del erase rd rmdir',
  'New-Item': 'mkdir md',
  'Get-Content': 'cat type',
  'Start-Sleep': 'sleep',
  'Invoke-Command': 'icm',
};

export const COMMAND_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ALIASES).flatMap(([name, aliases]) => splitNames(aliases).map((alias) => [alias, name])),
);
