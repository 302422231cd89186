import { COPY_ADMIN_CONF } from '../../knowledge/model/credentials/roles-remedies.ts';
import { parseInstant, SECOND_MS } from '../../shared/instant.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import type { RecoveryStep } from '../model/view.ts';
import { sourceTexts } from '../../maintenance/text/maintenance-text.ts';
import { revocationStatement } from '../text/revocation-text.ts';
import { LANGUAGES, type Language, type MessageKey, type Translate } from '../../text/text.ts';
import { formatInstant } from '../../text/time.ts';
import type { BundleContent } from '../bundle/content.ts';
import { documentText, scriptFile } from '../../formats/text/power-shell-file.ts';

/** What is done at a step of the plan; `by-hand` only shows and asks. */
export const STEP_RUNS = {
  mend: '',
  'find-resource': "Invoke-Kubectl @('api-resources', '--api-group=certificates.microsoft.com')",
  apply: "Invoke-Kubectl @('apply', '-f', $Manifest)",
  'check-applied': "Invoke-Kubectl @('get', '-f', $Manifest, '-o', 'yaml')",
  wait: 'Wait-Until $Step.readyAt',
  repair: 'Update-AksHciClusterCertificates -name $Cluster -fixKubeletCredentials',
  'repair-host': 'Update-AksHciCertificates',
  credential: 'Get-AksHciCredential -name $Cluster',
  'by-hand': '',
  'check-renewed': "Invoke-Kubectl @('get', 'pods', '-n', 'kube-system')",
  'check-nodes': "Invoke-Kubectl @('get', 'nodes')",
  undo: "Invoke-Kubectl @('delete', '-f', $UndoManifest)",
} as const;
export type StepRun = keyof typeof STEP_RUNS;

const STEP_LINES = Object.entries(STEP_RUNS)
  .map(([run, code]) => `    '${run}' { ${code === '' ? 'break' : code} }`)
  .join('\n');

/** Texts with what they are told with, in order: places of .NET's format strings. */
const SCRIPT_TEXTS = {
  begins: ['count', 'file'],
  step: ['number', 'count', 'id'],
  command: ['command'],
  sources: ['sources'],
  'ask-run': [],
  'ask-hand': [],
  'ask-mend': [],
  'step-done': ['id'],
  skipped: ['id'],
  stopped: ['id'],
  waiting: [],
  failed: ['id', 'error'],
  'go-on': ['id'],
  done: [],
  undone: [],
  'file-changed': ['file'],
  'no-cluster': [],
  'no-kubeconfig': ['file'],
  'no-kubectl': [],
  'no-step': ['id', 'ids'],
  quote: [],
  'exit-code': ['code'],
} as const satisfies Record<string, readonly string[]>;

const VERIFIER_TEXTS = {
  same: ['file'],
  changed: ['file'],
  missing: ['file'],
  unlisted: ['file'],
  fine: ['count'],
  'not-fine': ['count'],
  'no-sums': ['file'],
  'bad-sums': ['file', 'line'],
} as const satisfies Record<string, readonly string[]>;

interface ScriptStep {
  id: string;
  run: StepRun;
  /** As it is shown; `<cluster>` stands for the name. */
  command: string;
  /** Seconds since 1970, since versions of PowerShell read dates in JSON differently; 0 where there is nothing to wait for. */
  readyAt: number;
  text: Record<Language, string>;
  sources: Record<Language, string>;
}

/** How texts of a bundle are made, in both languages. Moments in it are in UTC: nobody knows where it is read. */
export type Translators = Record<Language, Translate>;

/** The plan as a script that shows each step, asks, runs it, and stops at the first that fails. */
export function recoveryScript(
  { madeAt, openPlan, target }: Pick<BundleContent, 'madeAt' | 'openPlan' | 'target'>,
  hashes: { manifest: string; undo: string },
  translators: Translators,
): string {
  const document = {
    cluster: target.cluster ?? '',
    kubeconfig: target.kubeconfig ?? '',
    files: [
      { name: BUNDLE_FILES.manifest, sha256: hashes.manifest },
      { name: BUNDLE_FILES.undo, sha256: hashes.undo },
    ],
    texts: inEach((language) => textsOf('recovery', SCRIPT_TEXTS, translators[language])),
    steps: openPlan.map((step) => scriptStep(step, target.isManagement, translators)),
  };
  const head = LANGUAGES.flatMap((language) => {
    const translate = translators[language];
    return [
      translate('bundle.recovery.title', { date: formatInstant(madeAt, language, 'utc') }),
      translate('bundle.recovery.usage'),
      translate('bundle.recovery.options'),
    ];
  });
  // Steps first: what the document holds is never looked through for places to fill.
  const code = RECOVERY_CODE.replace('#STEPS#', () => STEP_LINES).replace('#DATA#', () => documentText(document));
  return scriptFile(head, code);
}

/** The script that compares every file beside it with its sum. */
export function verifierScript(summed: readonly string[], translators: Translators): string {
  const document = {
    sums: BUNDLE_FILES.sums,
    names: summed,
    texts: inEach((language) => textsOf('verify', VERIFIER_TEXTS, translators[language])),
  };
  const head = LANGUAGES.flatMap((language) => [
    translators[language]('bundle.verify.title'),
    translators[language]('bundle.verify.codes'),
  ]);
  return scriptFile(
    head,
    VERIFIER_CODE.replace('#DATA#', () => documentText(document)),
  );
}

function inEach<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
}

function textsOf<Names extends Record<string, readonly string[]>>(
  group: string,
  names: Names,
  translate: Translate,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).map(([name, values]) => [
      name,
      translate(
        `bundle.${group}.${name}` as MessageKey,
        Object.fromEntries(values.map((value, at) => [value, `{${at}}`])),
      ),
    ]),
  );
}

function scriptStep(step: RecoveryStep, isManagement: boolean, translators: Translators): ScriptStep {
  const { id, command = '', statement } = step;
  const readyAt = parseInstant(String(statement.params?.['readyAt'] ?? ''));
  return {
    id,
    command,
    run: runOf(step, isManagement),
    readyAt: readyAt === undefined ? 0 : Date.parse(readyAt) / SECOND_MS,
    text: inEach((language) => {
      const translate = translators[language];
      const moment = (ms: number): string => formatInstant(ms, language, 'utc');
      return revocationStatement({ translate, moment }, statement);
    }),
    sources: inEach((language) => sourceTexts(statement, translators[language]).join('; ')),
  };
}

function runOf({ id, command }: RecoveryStep, isManagement: boolean): StepRun {
  if (id === 'repair' && isManagement) return 'repair-host';
  // Which machine it is only the admin knows, and what is copied there needs him as well.
  if (command === COPY_ADMIN_CONF.command) return 'by-hand';
  return id;
}

const CHOOSE_LANGUAGE = String.raw`
if ($Language -eq '') {
  $Language = 'en'
  if ([Globalization.CultureInfo]::CurrentUICulture.TwoLetterISOLanguageName -eq 'ja') { $Language = 'ja' }
}
$Texts = $Data.texts.$Language
`;

const RECOVERY_CODE = String.raw`
#Requires -Version 5.1

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
  [ValidateSet('', 'en', 'ja')] [string] $Language = '',
  [string] $Cluster = '',
  [string] $Kubeconfig = '',
  [switch] $DefaultKubeconfig,
  [string] $Kubectl = '',
  [string] $From = '',
  [string] $TranscriptFolder = (Join-Path $env:LOCALAPPDATA 'Arcwarden\revocation'),
  [switch] $Undo
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Data = @'
#DATA#
'@ | ConvertFrom-Json
${CHOOSE_LANGUAGE}
$Manifest = Join-Path $PSScriptRoot '${BUNDLE_FILES.manifest}'
$UndoManifest = Join-Path $PSScriptRoot '${BUNDLE_FILES.undo}'

# As one would type it: in quotes where PowerShell would take it apart.
function Get-Word([string] $Text) {
  if ($Text -match '^[A-Za-z0-9][A-Za-z0-9._-]*$') { return $Text }
  return "'" + $Text.Replace("'", "''") + "'"
}

# The command of a step with the cluster and the kubeconfig of this run.
function Get-StepCommand($Step) {
  $command = $Step.command
  if ($Cluster -ne '') { $command = $command.Replace('<cluster>', (Get-Word $Cluster)) }
  if ($Kubeconfig -ne '' -and $command.StartsWith('kubectl ')) {
    $command = $command + ' --kubeconfig ' + (Get-Word $Kubeconfig)
  }
  return $command
}

function Find-Kubectl {
  if ($Kubectl -ne '') { return $Kubectl }
  $found = Get-Command -Name 'kubectl' -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($null -ne $found) { return $found.Path }
  # Where AKS hybrid puts it on its hosts.
  $ofHost = Join-Path $env:ProgramFiles 'AksHci\kubectl.exe'
  if (Test-Path -LiteralPath $ofHost -PathType Leaf) { return $ofHost }
  throw $Texts.'no-kubectl'
}

function Invoke-Kubectl([string[]] $Arguments) {
  $program = Find-Kubectl
  if ($Kubeconfig -ne '') { $Arguments = $Arguments + @('--kubeconfig', $Kubeconfig) }
  # What is written to standard error is no failure; the exit code tells.
  $ErrorActionPreference = 'Continue'
  & $program @Arguments 2>&1 | ForEach-Object { [string] $_ } | Out-Host
  $code = $LASTEXITCODE
  $ErrorActionPreference = 'Stop'
  if ($code -ne 0) { throw ($Texts.'exit-code' -f $code) }
}

function Wait-Until([long] $Moment) {
  while ($true) {
    $left = [Math]::Min($Moment - [DateTimeOffset]::UtcNow.ToUnixTimeSeconds(), [int]::MaxValue)
    if ($left -le 0) { break }
    Write-Progress -Activity $Texts.waiting -SecondsRemaining ([int] $left)
    Start-Sleep -Seconds ([int] [Math]::Min($left, 10))
  }
  Write-Progress -Activity $Texts.waiting -Completed
}

# The code below is the whole of what can be run: a step names one of its lines, and a name or a path is only ever a value.
function Invoke-Step($Step) {
  switch -Exact -CaseSensitive ($Step.run) {
#STEPS#
    default { throw $Step.run }
  }
}

# What would end in the middle of the work is found before it.
foreach ($file in $Data.files) {
  $path = Join-Path $PSScriptRoot $file.name
  $isSame = (Test-Path -LiteralPath $path -PathType Leaf) -and ((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash -eq $file.sha256)
  if (-not $isSame) {
    Write-Warning ($Texts.'file-changed' -f $file.name)
    exit 2
  }
}
if ($Cluster -eq '') { $Cluster = $Data.cluster }
if ($Kubeconfig -eq '' -and -not $DefaultKubeconfig) { $Kubeconfig = $Data.kubeconfig }
# Windows PowerShell passes no quotation mark on to a program.
if ($Kubeconfig.Contains('"')) {
  Write-Warning $Texts.quote
  exit 2
}
if ($Kubeconfig -ne '' -and -not (Test-Path -LiteralPath $Kubeconfig -PathType Leaf)) {
  Write-Warning ($Texts.'no-kubeconfig' -f $Kubeconfig)
  exit 2
}
$steps = @($Data.steps | Where-Object { ($_.id -eq 'undo') -eq [bool] $Undo })
if ($From -ne '') {
  $ids = @($steps | ForEach-Object { $_.id })
  $first = [Array]::IndexOf($ids, $From)
  if ($first -lt 0) {
    Write-Warning ($Texts.'no-step' -f $From, ($ids -join ', '))
    exit 2
  }
  $steps = @($steps | Select-Object -Skip $first)
}
if ($Cluster -eq '' -and @($steps | Where-Object { $_.command.Contains('<cluster>') }).Count -gt 0) {
  Write-Warning $Texts.'no-cluster'
  exit 2
}

$exitCode = 0
$hasTranscript = $false
$current = ''
try {
  $transcript = ''
  if (-not $WhatIfPreference) {
    New-Item -ItemType Directory -Path $TranscriptFolder -Force -Confirm:$false | Out-Null
    $stamp = [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
    $transcript = Join-Path $TranscriptFolder ('transcript-' + $stamp + '.txt')
    Start-Transcript -LiteralPath $transcript -Confirm:$false | Out-Null
    $hasTranscript = $true
  }
  Write-Output ($Texts.begins -f $steps.Count, $transcript)
  $number = 0
  foreach ($step in $steps) {
    $number += 1
    $current = $step.id
    $command = Get-StepCommand $step
    $title = $Texts.step -f $number, $steps.Count, $step.id
    Write-Output ''
    Write-Output $title
    Write-Output $step.text.$Language
    if ($command -ne '') { Write-Output ($Texts.command -f $command) }
    Write-Output ($Texts.sources -f $step.sources.$Language)
    $question = $Texts.'ask-run'
    if ($step.run -eq 'by-hand') { $question = $Texts.'ask-hand' }
    if ($step.run -eq 'mend') { $question = $Texts.'ask-mend' }
    if ($PSCmdlet.ShouldProcess($title, ($question + [Environment]::NewLine + $command), $title)) {
      Invoke-Step $step
      Write-Output ($Texts.'step-done' -f $step.id)
    } elseif ($step.run -eq 'mend' -and -not $WhatIfPreference) {
      Write-Warning ($Texts.stopped -f $step.id)
      $exitCode = 1
      break
    } else {
      Write-Output ($Texts.skipped -f $step.id)
    }
  }
  if ($exitCode -eq 0 -and -not $WhatIfPreference) {
    if ($Undo) { Write-Output $Texts.undone } else { Write-Output $Texts.done }
  }
} catch {
  Write-Warning ($Texts.failed -f $current, $_.Exception.Message)
  if ($current -ne '') { Write-Output ($Texts.'go-on' -f $current) }
  $exitCode = 1
} finally {
  if ($hasTranscript) { Stop-Transcript | Out-Null }
}
exit $exitCode
`;

const VERIFIER_CODE = String.raw`
#Requires -Version 5.1

[CmdletBinding()]
param([ValidateSet('', 'en', 'ja')] [string] $Language = '')

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Data = @'
#DATA#
'@ | ConvertFrom-Json
${CHOOSE_LANGUAGE}
$SumsFile = Join-Path $PSScriptRoot $Data.sums
if (-not (Test-Path -LiteralPath $SumsFile -PathType Leaf)) {
  Write-Warning ($Texts.'no-sums' -f $Data.sums)
  exit 2
}
$sums = @{}
$number = 0
foreach ($line in [System.IO.File]::ReadAllLines($SumsFile)) {
  $number += 1
  # Names of files of this folder alone, each once.
  $isSum = $line -cmatch '^([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)$'
  if (-not $isSum -or $sums.ContainsKey($Matches[2])) {
    Write-Warning ($Texts.'bad-sums' -f $Data.sums, $number)
    exit 2
  }
  $sums[$Matches[2]] = $Matches[1]
}

$faults = 0
function Write-State([string] $State, [string] $Name) {
  if ($State -eq 'same') {
    Write-Output ($Texts.same -f $Name)
  } else {
    Write-Warning ($Texts.$State -f $Name)
    $script:faults += 1
  }
}

foreach ($name in @(@($Data.names) + @($sums.Keys) | Sort-Object -Unique)) {
  $path = Join-Path $PSScriptRoot $name
  if (-not (Test-Path -LiteralPath $path -PathType Leaf)) {
    Write-State 'missing' $name
  } elseif (-not $sums.ContainsKey($name)) {
    Write-State 'unlisted' $name
  } elseif ((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash -eq $sums[$name]) {
    Write-State 'same' $name
  } else {
    Write-State 'changed' $name
  }
}
$rootLength = $PSScriptRoot.TrimEnd('\', '/').Length + 1
foreach ($item in @(Get-ChildItem -LiteralPath $PSScriptRoot -Recurse -Force)) {
  $name = $item.FullName.Substring($rootLength)
  if ($name -ne $Data.sums -and -not $sums.ContainsKey($name) -and @($Data.names) -notcontains $name) {
    Write-State 'unlisted' $name
  }
}
if ($faults -gt 0) {
  Write-Warning ($Texts.'not-fine' -f $faults)
  exit 1
}
Write-Output ($Texts.fine -f $sums.Count)
exit 0
`;
