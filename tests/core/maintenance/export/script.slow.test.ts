import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAINTENANCE_EVENTS } from '../../../../core/maintenance/model/shutdown-events.ts';
import { registerScript } from '../../../../core/maintenance/export/register.ts';
import { runScript } from '../../../../core/maintenance/export/script.ts';
import { commandText } from '../../../../core/plan/model/plan.ts';
import {
  scriptCode,
  commandNames,
  readDocument,
  parsePowerShell,
  readyPowerShell,
} from '../../../support/power-shell.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE, samplePlan } from './plans.ts';

beforeAll(readyPowerShell);

interface Step {
  task: string;
  person: boolean;
  command: {
    name: string;
    shown: string;
    parameters: { name: string; value: { text: string; open: string } | null }[];
  };
}

function stepsIn(script: string): Step[] {
  return readDocument<{ windows: { steps: Step[] }[] }>(parsePowerShell(script)).windows.flatMap(({ steps }) => steps);
}

describe('the script run by the scheduled task', () => {
  test.each([
    ['English', ENGLISH],
    ['Japanese', JAPANESE],
  ])('is valid PowerShell: %s', (_, wording) => {
    for (const script of [
      runScript(samplePlan('retail-east'), wording),
      registerScript(samplePlan('retail-east'), wording),
    ]) {
      const root = parsePowerShell(script);
      expect(root.descendantsOfType('ERROR').map((node) => node?.text)).toEqual([]);
      expect(root.hasError).toBe(false);
    }
  });

  test('is refused by the same parser if it contains a fault', () => {
    const script = runScript(samplePlan('retail-east'), ENGLISH);
    for (const bad of [script.replace('foreach ($step in $steps) {', 'foreach ($step in $steps {'), `${script}}`])
      expect(parsePowerShell(bad).hasError).toBe(true);
  });

  test('has the same code whatever the names are, and uses every name unchanged', () => {
    const usual = runScript(samplePlan('retail-east'), ENGLISH);
    const code = scriptCode(usual);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })), (name) => {
        const script = runScript(samplePlan(name), ENGLISH);
        expect(scriptCode(script)).toBe(code);
        const names = stepsIn(script).flatMap(({ command }) => command?.parameters.map(({ value }) => value?.text));
        expect(names).toContain(name);
        expect(commandNames(parsePowerShell(script))).toEqual(commandNames(parsePowerShell(usual)));
      }),
      { numRuns: 40, examples: HOSTILE_NAMES.map((name) => [name]) },
    );
  });

  test('is ASCII except for its comments, so that no code page can change a name', () => {
    const script = runScript(samplePlan('東日本'), JAPANESE);
    expect(script.startsWith('\uFEFF# ')).toBe(true);
    const lines = script.slice(1).split('\r\n');
    const code = lines.filter((line) => !line.startsWith('#'));
    expect(code.filter((line) => /[^\x20-\x7e]/u.test(line))).toEqual([]);
    expect(lines.some((line) => line.includes('\n'))).toBe(false);
  });

  test('runs the commands that the plan shows, and writes a kubeconfig to a folder that the task’s account can read', () => {
    const script = runScript(samplePlan('retail-east'), ENGLISH);
    const steps = stepsIn(script);
    const plan = samplePlan('retail-east');
    expect(new Set(steps.map(({ command }) => command.shown))).toEqual(
      new Set(plan.tasks.flatMap(({ commands }) => commands.map(commandText))),
    );
    const run = commandNames(parsePowerShell(script));
    // Only this command is in the code of the script, since it needs more than one cmdlet. The other commands are data.
    expect(run.filter((name) => /AksHci|Moc/u.test(name))).toEqual(['Get-AksHciCredential']);
    const fetch = steps.find(({ command }) => command.shown === 'Get-AksHciCredential -name retail-east')?.command;
    expect(fetch?.parameters.map(({ name, value }) => [name, value?.text ?? value?.open])).toEqual([
      ['cluster', 'retail-east'],
      ['folder', 'credential-folder'],
      ['file', 'east.kubeconfig'],
    ]);
    expect(new Set(steps.filter(({ person }) => person).map(({ task }) => task))).toEqual(
      new Set(['Reinstall AD authentication (retail-east)']),
    );
    for (const forbidden of ['Invoke-Expression', 'iex', 'Start-Process']) expect(run).not.toContain(forbidden);
  });

  test('writes the documented events in the language of the plan', () => {
    const document = readDocument(parsePowerShell(runScript(samplePlan('retail-east'), JAPANESE)));
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
