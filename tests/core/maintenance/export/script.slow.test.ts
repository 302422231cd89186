import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAINTENANCE_EVENTS } from '../../../../core/maintenance/model/shutdown-events.ts';
import * as remedies from '../../../../core/knowledge/model/credentials/roles-remedies.ts';
import { registerScript, runScript, STEP_COMMANDS } from '../../../../core/maintenance/export/script.ts';
import { codeOf, commandNames, documentOf, parsedPowerShell, readyPowerShell } from '../../../support/power-shell.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE, samplePlan } from './plans.ts';

beforeAll(readyPowerShell);

describe('the script that the scheduled task runs', () => {
  test.each([
    ['English', ENGLISH],
    ['Japanese', JAPANESE],
  ])('is PowerShell without an error: %s', (_, wording) => {
    for (const script of [runScript(samplePlan('retail-east'), wording), registerScript(wording)]) {
      const root = parsedPowerShell(script);
      expect(root.descendantsOfType('ERROR').map((node) => node?.text)).toEqual([]);
      expect(root.hasError).toBe(false);
    }
  });

  test('a grammar that takes anything would not find these faults', () => {
    const script = runScript(samplePlan('retail-east'), ENGLISH);
    for (const bad of [script.replace('foreach ($step in $steps) {', 'foreach ($step in $steps {'), `${script}}`])
      expect(parsedPowerShell(bad).hasError).toBe(true);
  });

  test('has the same code whatever the names are, and hands every name on as it is', () => {
    const usual = runScript(samplePlan('retail-east'), ENGLISH);
    const code = codeOf(usual);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })), (name) => {
        const script = runScript(samplePlan(name), ENGLISH);
        expect(codeOf(script)).toBe(code);
        const document = documentOf<{ windows: { steps: { cluster: string; step: string }[] }[] }>(
          parsedPowerShell(script),
        );
        const names = document.windows.flatMap(({ steps }) => steps.map(({ cluster }) => cluster));
        expect(names).toContain(name);
        expect(commandNames(parsedPowerShell(script))).toEqual(commandNames(parsedPowerShell(usual)));
      }),
      { numRuns: 40, examples: HOSTILE_NAMES.map((name) => [name]) },
    );
  });

  test('is ASCII but for its comments, so that no code page changes a name', () => {
    const script = runScript(samplePlan('東日本'), JAPANESE);
    expect(script.startsWith('\uFEFF# ')).toBe(true);
    const lines = script.slice(1).split('\r\n');
    const code = lines.filter((line) => !line.startsWith('#'));
    expect(code.filter((line) => /[^\x20-\x7e]/u.test(line))).toEqual([]);
    expect(lines.some((line) => line.includes('\n'))).toBe(false);
  });

  test('runs the documented cmdlets alone, each in the spelling of its remedy', () => {
    const inCatalogue = new Set(
      Object.values(remedies).map(({ command }) => command.replaceAll('<cluster>', '$Step.cluster')),
    );
    const others = ['Update-AksHci', 'Update-AksHciCluster -name $Step.cluster'];
    for (const command of Object.values(STEP_COMMANDS)) {
      const plain = command.replace(/ -configPath .*$/u, '');
      expect(inCatalogue.has(plain) || others.includes(plain)).toBe(true);
    }
    const run = commandNames(parsedPowerShell(runScript(samplePlan('retail-east'), ENGLISH)));
    const product = run.filter((name) => /AksHci|Moc/u.test(name));
    expect([...new Set(product)].sort()).toEqual([
      'Get-AksHciCredential',
      'Invoke-AksHciRotateCACertificate',
      'Repair-Moc',
      'Repair-MocLogin',
      'Update-AksHci',
      'Update-AksHciCertificates',
      'Update-AksHciCluster',
      'Update-AksHciClusterCertificates',
    ]);
    for (const forbidden of ['Invoke-Expression', 'iex', 'Start-Process', 'Remove-Item'])
      expect(run).not.toContain(forbidden);
  });

  test('stops at the first failure, tells it, and does not count the window as done', () => {
    const script = runScript(samplePlan('retail-east'), ENGLISH);
    const loop = script.slice(script.indexOf('foreach ($step in $steps)'));
    expect(loop).toMatch(/catch \{\s+Write-Told 'failed'[^}]+\$exitCode = 1\s+break\s+\}/u);
    expect(loop).toMatch(/if \(\$exitCode -eq 0 -and -not \$WhatIfPreference\) \{\s+Save-DoneWindow/u);
    expect(loop.indexOf('ShouldProcess')).toBeLessThan(loop.indexOf('Invoke-Step $step'));
  });

  test('writes the events that are documented, in the language of the plan', () => {
    const document = documentOf(parsedPowerShell(runScript(samplePlan('retail-east'), JAPANESE)));
    expect(document['events']).toEqual(MAINTENANCE_EVENTS);
    const ids = Object.values(MAINTENANCE_EVENTS).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id >= 200 && id < 300)).toBe(true);
    expect((document['texts'] as Record<string, string>)['failed']).toBe(
      '失敗しました。以降の手順は実行していません: {0} ({1}): {2}',
    );
    const guide = readFileSync('docs/maintenance-windows.md', 'utf8');
    for (const id of ids) expect(guide).toContain(`| ${id} |`);
  });
});
