import { toMilliseconds, SECOND_MS } from '../../shared/instant.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import { LANGUAGES, type Language, type MessageKey, type Translate } from '../../shared/text/text.ts';
import { findCommandName } from '../../plan/model/command-name.ts';
import { planScript } from '../../plan/export/script.ts';
import type { BundleContent } from '../bundle/content.ts';
import { documentText, scriptFile, scriptOpening } from '../../formats/text/power-shell-file.ts';

/** Texts with their parameters, in the order of .NET format placeholders. */
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

/** Translators for a bundle in both languages. Instants are in UTC, since nobody knows where it will be read. */
export type Translators = Record<Language, Translate>;

/** The plan as a script for the folder of the bundle; state and transcripts are kept elsewhere, since it is to stay as it is. */
export function recoveryScript(
  { madeAt, openPlan, target }: Pick<BundleContent, 'madeAt' | 'openPlan' | 'target'>,
  hashes: { manifest: string; undo: string },
  translators: Translators,
): string {
  const [wording, ...others] = LANGUAGES.map((language) => ({
    language,
    translate: translators[language],
    zone: 'utc' as const,
  }));
  if (wording === undefined) throw new Error('no language');
  return planScript(openPlan, wording, {
    others,
    cluster: findCommandName(target.cluster ?? {}),
    kubeconfig: target.kubeconfig,
    files: [
      { name: BUNDLE_FILES.manifest, sha256: hashes.manifest },
      { name: BUNDLE_FILES.undo, sha256: hashes.undo },
    ],
    keptAs: `revocation\\recovery-${toMilliseconds(madeAt) / SECOND_MS}-${hashes.manifest.slice(0, 8)}`,
  });
}

/** The script that compares every file beside it with its checksum. */
export function verifierScript(summed: readonly string[], translators: Translators): string {
  const document = {
    sums: BUNDLE_FILES.sums,
    constrained: LANGUAGES.map((language) => translators[language]('steps.script.constrained')).join('\n'),
    names: summed,
    texts: Object.fromEntries(LANGUAGES.map((language) => [language, verifierTexts(translators[language])])),
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

function verifierTexts(translate: Translate): Record<string, string> {
  return Object.fromEntries(
    Object.entries(VERIFIER_TEXTS).map(([name, values]) => [
      name,
      translate(
        `bundle.verify.${name}` as MessageKey,
        Object.fromEntries(values.map((value, at) => [value, `{${at}}`])),
      ),
    ]),
  );
}

const VERIFIER_CODE = String.raw`
#Requires -Version 5.1

[CmdletBinding()]
param([ValidateSet('', 'en', 'ja')] [string] $Language = '')

${scriptOpening('Data')}

if ($Language -eq '') {
  $Language = 'en'
  if ([Globalization.CultureInfo]::CurrentUICulture.TwoLetterISOLanguageName -eq 'ja') { $Language = 'ja' }
}
$Texts = $Data.texts.$Language

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
