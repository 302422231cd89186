import { describe, expect, test } from 'vitest';
import { needPowerShell } from '../support/real-power-shell.ts';
import { findNewerLanguage } from './language-5-1.ts';
import { productScripts, type ProductScript } from './product-scripts.ts';

/** Code that Windows PowerShell 5.1 cannot run, with the message of the check. */
const PLANTED: Readonly<Record<string, string>> = {
  '$x = $null; $x ?? 1': 'operator: ??',
  '$x = $null; $x ??= 1': 'operator: ??=',
  '$x = $null; ${x}?.Length': 'operator: ?.',
  '$x = $null; ${x}?.Clone()': 'operator: ?.',
  '$x = $null; ${x}?[0]': 'operator: ?[',
  '$x = 1; $x ? 1 : 2': 'operator: ? :',
  'Write-Output 1 && Write-Output 2': 'operator: &&',
  'Write-Output 1 || Write-Output 2': 'operator: ||',
  'Write-Output 1 &': 'operator: &',
  "'a'..'c'": 'range of letters',
  'Write-Output 1\n| Out-Null': 'pipe at the beginning of a line',
  'Write-Output 1\n# note\n| Out-Null': 'pipe at the beginning of a line',
  '0b101': 'number: 0b101',
  '5uy': 'number: 5uy',
  '"`u{41}"': 'escape in "`u{41}"',
  'Write-Output "`e[0m"': 'escape in "`e[0m"',
  'function F { clean { } }': 'block: clean',
  'enum E : byte { A }': 'enum with a type',
  "'{}' | ConvertFrom-Json -AsHashtable": 'parameter: ConvertFrom-Json -AsHashtable',
  "'{}' | ConvertFrom-Json -Depth 9": 'parameter: ConvertFrom-Json -Depth',
  'ConvertTo-Json -InputObject 1 -AsArray': 'parameter: ConvertTo-Json -AsArray',
  'Get-Content x -AsByteStream': 'parameter: Get-Content -AsByteStream',
  'Set-Content x -Value 1 -Encoding utf8NoBOM': 'encoding: utf8NoBOM',
  'Out-File x -Encoding:utf8BOM': 'encoding: utf8BOM',
  '1 | ForEach-Object -Parallel { $_ }': 'parameter: ForEach-Object -Parallel',
  '1 | Where-Object -Not Length': 'parameter: Where-Object -Not',
  'Join-Path a b c': 'Join-Path with more than two parts',
  'Join-Path a b -AdditionalChildPath c': 'parameter: Join-Path -AdditionalChildPath',
  'Split-Path x -LeafBase': 'parameter: Split-Path -LeafBase',
  'Split-Path x -Extension': 'parameter: Split-Path -Extension',
  'Select-String x -Path y -Raw': 'parameter: Select-String -Raw',
  'Get-Date -AsUTC': 'parameter: Get-Date -AsUTC',
  'Sort-Object -Top 3': 'parameter: Sort-Object -Top',
  'Remove-Service x': 'command that is not in the table: Remove-Service',
  "Test-Json '{}'": 'command that is not in the table: Test-Json',
  'Get-Uptime': 'command that is not in the table: Get-Uptime',
  'Write-Output 1 -ErrorAction Break': 'preference: Break',
  'Write-Output 1 -ProgressAction Ignore': 'parameter: Write-Output -ProgressAction',
  '$more = @{ AsHashtable = $true }; ConvertFrom-Json @more': 'parameter: ConvertFrom-Json -AsHashtable',
  "$more = @{}; $more['Depth'] = 1; ConvertFrom-Json @more": 'parameter: ConvertFrom-Json -Depth',
  'ConvertFrom-Json @args': 'splatting of what cannot be seen: ConvertFrom-Json @args',
  'if ($IsWindows) { 1 }': 'variable: $IsWindows',
  '"$PSStyle"': 'variable: $PSStyle',
  '$global:IsCoreCLR': 'variable: $IsCoreCLR',
  '[System.Text.Json.JsonSerializer]::Serialize(1)': 'type: System.Text.Json.JsonSerializer',
  '[semver] $x = 1': 'type: semver',
  'New-Object System.HashCode': 'type: System.HashCode',
  '[IO.File]::ReadAllLinesAsync(1)': 'member: [IO.File]::ReadAllLinesAsync(1)',
  '[Convert]::ToHexString(1)': 'member: [Convert]::ToHexString(1)',
  "$x = 'a'; $x.Contains('a', 1)": 'member: .Contains(2)',
  "$x = 'a'; $x.ReplaceLineEndings()": 'member: .ReplaceLineEndings(0)',
  'function F {': "cannot be parsed: Missing closing '}' in statement block or type definition.",
};

/** Code that uses features of 5.1: classes, splatting, multipliers, escapes, aliases, here-strings. */
const CLEAN =
  String.raw`#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param([string] $Path = $PSScriptRoot, [switch] $Force)
Set-StrictMode -Version 2.0
class Step {
  [string] $Name
  Step([string] $name) { $this.Name = $name }
  [string] Show() { return $this.Name }
}
enum Level { Low; High }
$steps = @{ LiteralPath = $Path; ErrorAction = 'Stop' }
$steps['Raw'] = $true
$text = Get-Content @steps -Encoding UTF8
foreach ($line in @($text -split "` +
  '`' +
  String.raw`n")) { Write-Verbose "$line at $($_.Length)" }
try { $one = [Step]::new('a'); $one.Show() } catch [System.Management.Automation.Remoting.PSRemotingTransportException] { throw }
$numbers = 1..10 | Where-Object { $_ -gt 5kb } | ForEach-Object { 0x10 + 1.5e3 + 2L } |
  Sort-Object -Unique
Write-Output $numbers $env:USERPROFILE $LASTEXITCODE $Matches ([Level]::High) -ErrorVariable faults
if ($faults) { & $one @args; & kubectl get nodes; Get-AksHciCluster -anything }
@'
$x ?? 1 && [semver]
'@ | Out-Null
`;

describe('code that Windows PowerShell 5.1 cannot run', () => {
  test('is found wherever it was planted, while a script for 5.1 passes the check', (context) => {
    const texts = Object.keys(PLANTED);
    const [clean, ...found] = findNewerLanguage(needPowerShell(context), [CLEAN, ...texts]);
    expect(clean).toEqual([]);
    for (const [at, text] of texts.entries())
      expect(
        (found[at] ?? []).map((each) => each.replace(/^\d+: /u, '')),
        text,
      ).toContain(PLANTED[text]);
  });

  test('occurs in no script of the product', async (context) => {
    const program = needPowerShell(context);
    const scripts = await productScripts();
    const found = findNewerLanguage(
      program,
      scripts.map(({ text }) => text),
    );
    const all = found.flatMap((each, at) => each.map((what) => `${scripts[at]?.name}, line ${what}`));
    expect(all).toEqual([]);
    expect(found).toHaveLength(scripts.length);
  });
});

describe('the encoding of scripts for Windows PowerShell', () => {
  const findFault = ({ text, way }: ProductScript): string | undefined => {
    if (way !== 'file') return /[^\t\n\r\x20-\x7e]/u.test(text) ? 'letters beyond ASCII' : undefined;
    if (!text.startsWith('\u{FEFF}') || text.lastIndexOf('\u{FEFF}') > 0) return 'not one byte order mark';
    return /(?<!\r)\n|\r(?!\n)/u.test(text) ? 'line ends that are not CRLF' : undefined;
  };

  test('is UTF-8 with a byte order mark and CRLF for files, and ASCII for other input', async () => {
    const scripts = await productScripts();
    expect(scripts.flatMap((script) => (findFault(script) === undefined ? [] : [script.name]))).toEqual([]);
    expect(new Set(scripts.map(({ way }) => way))).toEqual(new Set(['file', 'input', 'command-line', 'data']));
  });

  test('is refused for a file without a byte order mark or with other line ends, and for input that is not ASCII', () => {
    const name = 'planted';
    expect(findFault({ name, text: 'x\r\n', way: 'file' })).toBe('not one byte order mark');
    expect(findFault({ name, text: '\u{FEFF}x\n', way: 'file' })).toBe('line ends that are not CRLF');
    expect(findFault({ name, text: 'é', way: 'input' })).toBe('letters beyond ASCII');
    expect(findFault({ name, text: '\u{FEFF}é\r\n', way: 'file' })).toBeUndefined();
  });
});
