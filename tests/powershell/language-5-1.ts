import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POWERSHELL_ENVIRONMENT } from '../rigs/power-shell.mjs';
import { COMMAND_ALIASES } from '../../core/knowledge/model/cmdlets/cmdlets-tools.ts';
import { productCmdlets, STUB_PROGRAMS } from '../support/stub-cmdlets.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { CMDLETS, COMMON_PARAMETERS } from './language-5-1-cmdlets.ts';

/* Facts about Windows PowerShell 5.1, except for its cmdlets, and a check that scripts use nothing newer. */

/** Source: about_Automatic_Variables and about_Preference_Variables, version 5.1. */
const VARIABLES: readonly string[] = (
  '$ ? ^ _ args ConsoleFileName Error ErrorView Event EventArgs EventSubscriber ExecutionContext false foreach HOME Host ' +
  'input LASTEXITCODE Matches MyInvocation NestedPromptLevel null PID PROFILE PSBoundParameters PSCmdlet PSCommandPath ' +
  'PSCulture PSDebugContext PSHOME PSItem PSScriptRoot PSSenderInfo PSUICulture PSVersionTable PWD Sender ShellId ' +
  'StackTrace switch this true ConfirmPreference DebugPreference ErrorActionPreference FormatEnumerationLimit ' +
  'InformationPreference MaximumHistoryCount OFS OutputEncoding ProgressPreference PSDefaultParameterValues ' +
  'PSEmailServer PSModuleAutoLoadingPreference PSSessionOption VerbosePreference WarningPreference WhatIfPreference'
).split(' ');

/** Source: the type FileSystemCmdletProviderEncoding of 5.1 and the values of Out-File. */
const ENCODINGS = 'Unknown String Unicode Byte BigEndianUnicode UTF8 UTF7 UTF32 Ascii Default Oem BigEndianUTF32';

/**
 * The types that scripts may name, without `System.`, and the static members that scripts may use; for a method, the
 * number of arguments. Each was looked up in the reference assemblies of .NET Framework 4.7.2 (NuGet,
 * Microsoft.NETFramework.ReferenceAssemblies.net472 1.0.3) or in PowerShellStandard.Library 5.1.1. Short names are
 * accelerators of 5.1.
 */
const TYPES: Readonly<Record<string, string>> = {
  Array: 'IndexOf(2)',
  BitConverter: 'ToString(1)',
  bool: '',
  char: '',
  CmdletBinding: '',
  'Collections.ArrayList': '',
  'Collections.IDictionary': '',
  Console: 'Error In Out OutputEncoding',
  Convert: 'FromBase64String(1)',
  DateTime: 'UtcNow',
  DateTimeOffset: 'UtcNow',
  Environment: 'GetEnvironmentVariable(1) SetEnvironmentVariable(2)',
  'Diagnostics.EventLog': 'SourceExists(1)',
  'Globalization.CultureInfo': 'CurrentUICulture InvariantCulture',
  Guid: 'NewGuid(0)',
  hashtable: '',
  int: '',
  'IO.Directory': 'CreateDirectory(1) Exists(1)',
  'IO.File':
    'Delete(1) Exists(1) Move(2) ReadAllBytes(1) ReadAllLines(1) ReadAllText(1) Replace(3) WriteAllBytes(2) WriteAllLines(3) WriteAllText(2) WriteAllText(3)',
  'IO.FileAccess': 'Read Write',
  'IO.FileAttributes': 'ReparsePoint',
  'IO.FileMode': 'Create OpenOrCreate',
  'IO.FileShare': 'None',
  'IO.FileStream': '',
  'IO.IOException': '',
  'IO.Path': 'ChangeExtension(2) PathSeparator',
  long: '',
  'Management.Automation.CommandNotFoundException': '',
  'Management.Automation.ErrorRecord': '',
  'Management.Automation.Host.ChoiceDescription': '',
  'Management.Automation.Host.ChoiceDescription[]': '',
  'Management.Automation.MethodInvocationException': '',
  'Management.Automation.PSSecurityException': '',
  'Management.Automation.Remoting.PSRemotingTransportException': '',
  'Net.IPAddress': 'TryParse(2)',
  NullString: 'Value',
  object: '',
  Parameter: '',
  pscustomobject: '',
  psobject: '',
  ref: '',
  ScriptBlock: 'Create(1)',
  'Security.Cryptography.SHA256': 'Create(0)',
  'Security.Cryptography.X509Certificates.X509Certificate2': 'new(1)',
  'Security.Principal.NTAccount': '',
  'Security.Principal.SecurityIdentifier': '',
  'Security.Principal.WindowsIdentity': 'GetCurrent(0)',
  string: '',
  switch: '',
  'Text.Encoding': 'UTF8',
  'Text.UTF8Encoding': '',
  UnauthorizedAccessException: '',
  ValidateSet: '',
  void: '',
  'Xml.XmlDocument': '',
  'Xml.XmlNamespaceManager': '',
};

/** The methods of objects that scripts may call, with the number of arguments. The sources are those of `TYPES`. */
const METHODS: readonly string[] = [
  ...[
    'Add(1)',
    'AddNamespace(2)',
    'AddSeconds(1)',
    'Begin(1)',
    'Clear(0)',
    'Clone(0)',
    'ComputeHash(1)',
    'Contains(1)',
  ],
  ...[
    'ContainsKey(1)',
    'CreateElement(2)',
    'Dispose(0)',
    'End(0)',
    'EndsWith(1)',
    'GetBaseException(0)',
    'GetBytes(1)',
  ],
  ...['GetNewClosure(0)', 'GetSteppablePipeline(0)', 'IndexOf(1)', 'Process(1)', 'PromptForChoice(4)', 'Split(1)'],
  ...['Substring(2)', 'ToLowerInvariant(0)', 'ToString(0)', 'ToString(1)', 'Trim(0)', 'WriteErrorLine(1)'],
  ...['GetNetworkCredential(0)', 'GetUnresolvedProviderPathFromPSPath(1)', 'InsertAfter(2)', 'Load(1)'],
  ...['LookupNamespace(1)', 'ReadToEnd(0)', 'Replace(2)', 'SelectSingleNode(2)', 'ShouldContinue(2)'],
  ...['ShouldProcess(2)', 'Substring(1)', 'ToString(2)', 'ToUniversalTime(0)', 'ToUnixTimeSeconds(0)'],
  ...['GetAccessRules(3)', 'GetOwner(1)', 'GetString(1)', 'SetSecurityDescriptorSddlForm(1)', 'Translate(1)'],
  ...['TrimEnd(1)', 'TrimEnd(2)', 'TrimStart(1)', 'Write(1)', 'Write(3)', 'WriteLine(1)'],
  // .NET Framework has had FileStream.Flush with a Boolean since version 4.
  ...['Flush(1)', 'StartsWith(1)'],
];

/** Other names that scripts may call: programs, and a function of Windows that passes its arguments to a cmdlet. */
const PROGRAMS = [...STUB_PROGRAMS, ...STUB_PROGRAMS.map((name) => `${name}.exe`), 'whoami'];

const FACTS = {
  cmdlets: CMDLETS,
  common: COMMON_PARAMETERS,
  variables: VARIABLES,
  encodings: ENCODINGS.split(' '),
  types: Object.fromEntries(Object.entries(TYPES).map(([name, members]) => [name, members.split(' ')])),
  methods: METHODS,
  own: productCmdlets({ certificatesAsk: false }).map(({ name }) => name),
  programs: PROGRAMS,
  aliases: COMMAND_ALIASES,
};
const LIMIT_MS = 300_000;

/**
 * Returns, for each script, the code that Windows PowerShell 5.1 cannot run, with line numbers. One process checks all
 * scripts.
 */
export function findNewerLanguage(program: string, scripts: readonly string[]): string[][] {
  const folder = temporaryFolder();
  const [work, result] = [join(folder, 'work.json'), join(folder, 'result.json')];
  writeFileSync(work, JSON.stringify({ scripts: scripts.map((text) => text.replace('\u{FEFF}', '')), facts: FACTS }));
  const args = ['-NoProfile', '-NonInteractive', '-File', join(import.meta.dirname, 'language-5-1.ps1'), work, result];
  const env = { ...process.env, ...POWERSHELL_ENVIRONMENT, LC_ALL: 'C.UTF-8' };
  const ended = spawnSync(program, args, { env, encoding: 'utf8', timeout: LIMIT_MS });
  if (ended.status !== 0 || ended.stderr !== '') throw new Error(`${ended.stdout}${ended.stderr}`);
  return JSON.parse(readFileSync(result, 'utf8')) as string[][];
}
