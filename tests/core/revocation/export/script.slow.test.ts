import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as remedies from '../../../../core/knowledge/model/credentials/roles-remedies.ts';
import { SUMMED_FILES } from '../../../../core/revocation/model/bundle.ts';
import { RECOVERY_STEP_IDS } from '../../../../core/revocation/model/view.ts';
import { recoveryScript, STEP_RUNS, verifierScript } from '../../../../core/revocation/export/script.ts';
import { translator } from '../../../../core/text/text.ts';
import type { BundleContent } from '../../../../core/revocation/bundle/content.ts';
import { codeOf, commandNames, documentOf, parsedPowerShell, readyPowerShell } from '../../../support/power-shell.ts';
import { contentOf } from '../../../support/revocation-bundles.ts';
import { HOSTILE_NAMES } from '../../maintenance/export/plans.ts';

const translators = { en: translator('en'), ja: translator('ja') };
const hashes = {
  manifest: createHash('sha256').update('manifest').digest('hex'),
  undo: createHash('sha256').update('undo').digest('hex'),
};

let content: BundleContent;

beforeAll(async () => {
  await readyPowerShell();
  content = await contentOf();
});

const scriptFor = (target: BundleContent['target'], plan = content.openPlan): string =>
  recoveryScript({ ...content, openPlan: plan, target }, hashes, translators);
const USUAL = { cluster: 'retail-east', kubeconfig: 'C:\\k\\config', isManagement: false };

interface Document {
  cluster: string;
  kubeconfig: string;
  files: { name: string; sha256: string }[];
  texts: Record<'en' | 'ja', Record<string, string>>;
  steps: { id: string; run: string; command: string; readyAt: number }[];
}

/** Every value that the code asks the document for: `$Texts.waiting`, `$Texts.'no-step'`. */
const textsAskedFor = (code: string): string[] =>
  [...code.matchAll(/\$Texts\.(?:'([a-z-]+)'|([a-z]+))/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe('the scripts of a bundle', () => {
  const both = (): [string, string][] => [
    ['recovery', scriptFor(USUAL)],
    ['verify', verifierScript(SUMMED_FILES, translators)],
  ];

  test('are PowerShell without an error', () => {
    for (const [name, script] of both()) {
      const root = parsedPowerShell(script);
      expect(
        root.descendantsOfType('ERROR').map((node) => node?.text),
        name,
      ).toEqual([]);
      expect(root.hasError).toBe(false);
      // A grammar that takes anything would not find these faults.
      expect(parsedPowerShell(`${script}}`).hasError).toBe(true);
      expect(parsedPowerShell(script.replace('foreach (', 'foreach (in (')).hasError).toBe(true);
    }
  });

  test('are marked as UTF-8, of lines of Windows, and ASCII but for the remarks on top', () => {
    for (const [, script] of both()) {
      expect(script.startsWith('\uFEFF# ')).toBe(true);
      const lines = script.slice(1).split('\r\n');
      expect(lines.some((line) => /[\r\n]/u.test(line))).toBe(false);
      const [first = ''] = lines.filter((line) => line.startsWith('#Requires'));
      const remarks = lines.slice(0, lines.indexOf(first));
      expect(remarks.every((line) => line.startsWith('# '))).toBe(true);
      expect(remarks.some((line) => /\p{sc=Han}/u.test(line))).toBe(true);
      expect(lines.filter((line) => /[^\x20-\x7e]/u.test(line) && !remarks.includes(line))).toEqual([]);
    }
  });

  test('have every text that they tell, in both languages, with the same places', () => {
    for (const [, script] of both()) {
      const { texts } = documentOf<Document>(parsedPowerShell(script));
      const asked = textsAskedFor(codeOf(script));
      expect(asked.length).toBeGreaterThan(4);
      const places = (text = ''): string[] => [...(text.match(/\{\d\}/gu) ?? [])].sort();
      expect(Object.keys(texts.ja)).toEqual(Object.keys(texts.en));
      for (const name of asked) expect(Object.keys(texts.en)).toContain(name);
      for (const [name, text] of Object.entries(texts.en)) {
        expect(places(texts.ja[name]), name).toEqual(places(text));
        // What .NET's format strings would stumble over.
        expect(text.replaceAll(/\{\d\}/gu, '')).not.toMatch(/[{}]/u);
      }
    }
  });

  test('run nothing that was made of data', () => {
    for (const [, script] of both())
      for (const forbidden of ['Invoke-Expression', 'iex', 'Start-Process', 'Remove-Item', 'Add-Type'])
        expect(commandNames(parsedPowerShell(script))).not.toContain(forbidden);
  });
});

describe('the guided recovery', () => {
  test('has the same code whatever the names are, and hands every name on as it is', () => {
    const usual = scriptFor(USUAL);
    const code = codeOf(usual);
    const remarks = (script: string): string => script.slice(0, script.indexOf('#Requires'));
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })),
        fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })),
        (cluster, kubeconfig) => {
          const script = scriptFor({ cluster, kubeconfig, isManagement: false });
          expect(codeOf(script)).toBe(code);
          expect(remarks(script)).toBe(remarks(usual));
          const document = documentOf<Document>(parsedPowerShell(script));
          expect(document).toMatchObject({ cluster, kubeconfig });
        },
      ),
      { numRuns: 30, examples: HOSTILE_NAMES.map((name) => [name, name]) },
    );
  });

  test('does at each step what the plan says, and shows it', () => {
    const { steps } = documentOf<Document>(parsedPowerShell(scriptFor(USUAL)));
    expect(steps.map(({ id, command }) => [id, command])).toEqual(
      content.openPlan.map(({ id, command = '' }) => [id, command]),
    );
    for (const { run, command } of steps) expect(commandOf(run)).toBe(command);
  });

  /** What a line of the script runs, with the values that the bundle has. */
  function commandOf(run: string): string {
    const code: string = STEP_RUNS[run as keyof typeof STEP_RUNS];
    const kubectl = /^Invoke-Kubectl @\((.*)\)$/u.exec(code);
    const words = kubectl === null ? code : `kubectl ${(kubectl[1] ?? '').replaceAll(/[',]/gu, '')}`;
    return words
      .replace('$Manifest', 'manifest.yaml')
      .replace('$UndoManifest', 'undo.yaml')
      .replace('$Cluster', '<cluster>')
      .replace('Wait-Until $Step.readyAt', '');
  }

  test('knows every step that a plan can have, and no cmdlet but the documented ones', () => {
    for (const id of RECOVERY_STEP_IDS) expect(Object.keys(STEP_RUNS)).toContain(id);
    const documented = new Set(Object.values(remedies).map(({ command }) => command));
    const cmdlets = Object.keys(STEP_RUNS)
      .map(commandOf)
      .filter((command) => /AksHci/u.test(command));
    expect(cmdlets).toHaveLength(3);
    for (const command of cmdlets) expect(documented).toContain(command);
  });

  test('leaves to a person what only a person can do, and repairs a host as a host', async () => {
    const { openPlan } = content;
    const onHost = openPlan.map((step) => {
      if (step.id === 'repair') return { ...step, command: remedies.HOST_REPAIR.command };
      if (step.id === 'credential') return { ...step, command: remedies.COPY_ADMIN_CONF.command };
      return step;
    });
    const { steps } = documentOf<Document>(parsedPowerShell(scriptFor({ isManagement: true }, onHost)));
    const runs = new Map(steps.map(({ id, run }) => [id, run]));
    expect(runs.get('repair')).toBe('repair-host');
    expect(runs.get('credential')).toBe('by-hand');
  });

  test('waits for the moment that the plan names, in seconds', () => {
    const readyAt = '2026-11-21T00:05:01Z';
    const waiting = [
      { id: 'wait' as const, statement: { text: 'revocation.step.wait', params: { readyAt }, citations: [] } },
    ];
    const [step] = documentOf<Document>(parsedPowerShell(scriptFor(USUAL, waiting))).steps;
    expect(step).toMatchObject({ run: 'wait', readyAt: Date.parse(readyAt) / 1_000 });
  });

  test('asks before each step, runs nothing with -WhatIf, and stops at the first that fails', () => {
    const code = codeOf(scriptFor(USUAL));
    expect(code).toContain("[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]");
    const loop = code.slice(code.indexOf('foreach ($step in $steps)'));
    expect(loop.match(/Invoke-Step \$step/gu)).toHaveLength(1);
    expect(loop).toMatch(/if \(\$PSCmdlet\.ShouldProcess\([^\n]+\)\) \{\n +Invoke-Step \$step\n/u);
    // Outside of the loop, so that a failure leaves it.
    expect(loop).toMatch(/\n\} catch \{\n +Write-Warning \(\$Texts\.failed/u);
    expect(loop).not.toMatch(/\n {4,}\} catch/u);
    // What a step runs stands in its own line alone.
    const inSteps = code.slice(code.indexOf('function Invoke-Step'), code.indexOf('# What would end'));
    for (const cmdlet of ['Update-AksHci', 'Get-AksHciCredential', 'Invoke-Kubectl @'])
      expect(code.split(cmdlet).length).toBe(inSteps.split(cmdlet).length);
  });

  test('runs with the files that it was made for alone, found beside it', () => {
    const script = scriptFor(USUAL);
    expect(documentOf<Document>(parsedPowerShell(script)).files).toEqual([
      { name: 'manifest.yaml', sha256: hashes.manifest },
      { name: 'undo.yaml', sha256: hashes.undo },
    ]);
    const code = codeOf(script);
    expect(code.indexOf('Get-FileHash')).toBeLessThan(code.indexOf('$exitCode = 0'));
    expect(code).toContain("$Manifest = Join-Path $PSScriptRoot 'manifest.yaml'");
    expect(code).toContain("$UndoManifest = Join-Path $PSScriptRoot 'undo.yaml'");
  });
});

test('the verifier knows the files of a bundle, so that none can be taken off the list', () => {
  const script = verifierScript(SUMMED_FILES, translators);
  const { names, sums } = documentOf<{ names: string[]; sums: string }>(parsedPowerShell(script));
  expect(sums).toBe('SHA256SUMS');
  expect(names).toEqual([...SUMMED_FILES]);
  expect(names).toContain('verify.ps1');
  expect([...new Set(codeOf(script).match(/\bexit \d/gu))].sort()).toEqual(['exit 0', 'exit 1', 'exit 2']);
});
