import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { placeholdersIn } from '../../../../core/knowledge/model/command-placeholders.ts';
import { buildCommand } from '../../../../core/plan/model/command.ts';
import { commandText } from '../../../../core/plan/model/plan.ts';
import { readCommandLine } from '../../../../core/knowledge/model/cmdlets/command-line.ts';
import { fillCommand, listCommands, KNOWN_VALUES } from '../../../support/commands.ts';
import { commandNames, parsePowerShell, readyPowerShell } from '../../../support/power-shell.ts';
import { HOSTILE_NAMES } from '../../maintenance/export/plans.ts';

beforeAll(readyPowerShell);

const COMMANDS = [...new Set(listCommands())];

function sameValues(command: string, value: string): Record<string, string> {
  return Object.fromEntries(placeholdersIn(command).map((name) => [name, value]));
}

describe('every command of the catalogue', () => {
  test.each(COMMANDS)('%s is shown as published', (command) => {
    expect(commandText(buildCommand(command))).toBe(command);
  });

  test.each(COMMANDS)('%s is shown with plain values in place of its placeholders', (command) => {
    const values = Object.fromEntries(placeholdersIn(command).map((name) => [name, KNOWN_VALUES[name] ?? 'value']));
    const published = fillCommand(command).replace("'value'", 'value');
    const shown = commandText(buildCommand(command, { values })).replace("'value'", 'value');
    // A placeholder for a path is quoted if it is a whole word, which makes no difference to PowerShell.
    expect(shown.replaceAll("'", '')).toBe(published.replaceAll("'", ''));
  });
});

describe('a command', () => {
  test('has named parameters if it is a cmdlet', () => {
    expect(
      buildCommand('Update-AksHciClusterCertificates -name <cluster> -fixCloudCredentials', {
        values: { cluster: 'retail-east' },
      }),
    ).toEqual({
      kind: 'cmdlet',
      name: 'Update-AksHciClusterCertificates',
      parameters: [{ name: 'name', value: { name: 'cluster', value: 'retail-east' } }, { name: 'fixCloudCredentials' }],
    });
  });

  test('has separate arguments if it is a program', () => {
    expect(buildCommand('kubectl -n kube-system logs <kms-pod>')).toEqual({
      kind: 'program',
      program: 'kubectl',
      args: [...['-n', 'kube-system', 'logs'].map((literal) => ({ literal })), { name: 'kms-pod' }],
    });
  });

  test("names the file that receives a program's output", () => {
    expect(buildCommand('kubectl get nodes > nodes.txt')).toEqual({
      kind: 'program',
      program: 'kubectl',
      args: [{ literal: 'get' }, { literal: 'nodes' }],
      outFile: { literal: 'nodes.txt' },
    });
  });

  test('is constant code with variables if it is neither a cmdlet nor a program', () => {
    expect(
      buildCommand('scp -i (Get-MocConfig).sshPrivateKey .\\a.yaml clouduser@<control-plane-ip>:~/a.yaml', {
        openName: (name) => `${name}-of-retail`,
      }),
    ).toEqual({
      kind: 'script',
      script: 'scp -i (Get-MocConfig).sshPrivateKey .\\a.yaml "clouduser@$($Values.controlPlaneIp):~/a.yaml"',
      typed: 'scp -i (Get-MocConfig).sshPrivateKey .\\a.yaml clouduser@<control-plane-ip>:~/a.yaml',
      values: { controlPlaneIp: { name: 'control-plane-ip-of-retail' } },
    });
  });

  test('a value for a remote shell is quoted for that shell', () => {
    const command = buildCommand(
      'ssh -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip> "sudo crictl stop <kms-container-id>"',
      { values: { 'control-plane-ip': '10.0.0.4', 'kms-container-id': "a'; reboot" } },
    );
    expect(command).toMatchObject({
      script:
        'ssh -i (Get-MocConfig).sshPrivateKey "clouduser@$($Values.controlPlaneIp)" "sudo crictl stop \'$($Values.kmsContainerId.Replace("\'", "\'\\\'\'"))\'"',
    });
    expect(commandText(command)).toBe(
      String.raw`ssh -i (Get-MocConfig).sshPrivateKey clouduser@10.0.0.4 'sudo crictl stop ''a''\''''; reboot'''`,
    );
  });
});

/** Characters that end a line or are invisible, including control and format characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/u;

describe('values in a command', () => {
  const value = fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'grapheme' }));

  test('never change the code of a script and are used unchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), value, (command, text) => {
        const open = buildCommand(command);
        const filled = buildCommand(command, { values: sameValues(command, text) });
        expect(commandCode(filled)).toEqual(commandCode(open));
        expect(commandValues(filled)).toEqual(placeholdersIn(command).map(() => text));
      }),
      { numRuns: 300 },
    );
  });

  test('never become code in the displayed command', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), value, (command, text) => {
        const shown = commandText(buildCommand(command, { values: sameValues(command, text) }));
        // A value with such characters is shown as a placeholder.
        if (HIDDEN.test(text)) return;
        expect(readCommandLine(shown).faults.filter(({ code }) => code !== 'typographic-quote')).toEqual([]);
        expect(readCommandLine(shown).commands.map(({ words }) => words.length)).toEqual(
          readCommandLine(fillCommand(command)).commands.map(({ words }) => words.length),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('are shown as placeholders in the displayed and copied command if they end a line or are invisible', () => {
    const hidden = fc.constantFrom('\n', '\r', '\u001B', '\u0007', '\u009B', '\u202E', '\u200B', '\u2028', '\uFEFF');
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), value, hidden, (command, text, character) => {
        const shown = commandText(buildCommand(command, { values: sameValues(command, `edge${character}${text}`) }));
        expect(shown).toBe(commandText(buildCommand(command)));
      }),
      { numRuns: 300 },
    );
  });

  test.each(
    COMMANDS.map((command) => buildCommand(command)).flatMap((command) =>
      command.kind === 'script' ? [command.script] : [],
    ),
  )('the grammar of PowerShell accepts %s', (script) => {
    const tree = parsePowerShell(`function Step($Values) {\n${script}\n}`);
    expect(tree.hasError).toBe(false);
    expect(commandNames(tree).length).toBeGreaterThan(0);
  });
});

function commandCode(command: ReturnType<typeof buildCommand>): unknown {
  switch (command.kind) {
    case 'script':
      return command.script;
    case 'cmdlet':
      return [command.name, command.parameters.map(({ name }) => name)];
    case 'program':
      return [command.program, command.args.length];
  }
}

function commandValues(command: ReturnType<typeof buildCommand>): string[] {
  const words =
    command.kind === 'script'
      ? Object.values(command.values)
      : command.kind === 'cmdlet'
        ? command.parameters.flatMap(({ value: word }) => word ?? [])
        : command.args;
  return words.flatMap((word) => ('name' in word && word.value !== undefined ? [word.value] : []));
}
