import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CommandWord, Plan, PlanCommand } from '../../../../core/plan/model/plan.ts';
import { planScript } from '../../../../core/plan/export/script.ts';
import { commandNames, readDocument, parsePowerShell, readyPowerShell } from '../../../support/power-shell.ts';
import { HOSTILE_NAMES } from '../../maintenance/export/plans.ts';
import { ENGLISH, JAPANESE, samplePlan } from './samples.ts';

beforeAll(readyPowerShell);

interface Word {
  text: string | null;
  open: string | null;
}

interface Command {
  kind: string;
  name: string;
  parameters: { name: string; value: Word | null }[];
  arguments: Word[];
  outFile: Word | null;
}

interface Document {
  plan: string;
  values: { name: string }[];
  texts: Record<string, Record<string, string>>;
  steps: { id: string; risk: string; person: boolean; command: Command | null; check: { command: Command } | null }[];
  undo: { id: string; command: Command | null }[];
}

function read(script: string): Document {
  return readDocument<Document>(parsePowerShell(script));
}

function scriptWord(word: CommandWord | undefined): Word | null {
  if (word === undefined) return null;
  if ('literal' in word) return { text: word.literal, open: null };
  return word.value === undefined ? { text: null, open: word.name } : { text: word.value, open: null };
}

/**
 * Returns the values that the script uses, without the constant parts of a command, which plan and script express
 * differently.
 */
function commandInPlan(command: PlanCommand | undefined): unknown {
  switch (command?.kind) {
    case undefined:
      return null;
    case 'cmdlet':
      return [command.name, command.parameters.map(({ name, value }) => ({ name, value: scriptWord(value) }))];
    case 'program':
      return [command.program, command.args.map(scriptWord), scriptWord(command.outFile)];
    case 'script':
      return Object.entries(command.values).map(([name, value]) => ({ name, value: scriptWord(value) }));
  }
}

function commandInScript(command: Command | null | undefined): unknown {
  switch (command?.kind) {
    case 'cmdlet':
      return [command.name, command.parameters];
    case 'program':
      return [command.name, command.arguments, command.outFile];
    case 'script':
      return command.parameters;
    default:
      return null;
  }
}

describe('a plan as a script', () => {
  test.each([
    ['English', ENGLISH],
    ['Japanese', JAPANESE],
  ])('is valid PowerShell: %s', (_, wording) => {
    const empty: Plan = { ...samplePlan('retail-east'), steps: [], warnings: [], after: [], clusters: [] };
    for (const plan of [samplePlan('retail-east'), empty]) {
      const root = parsePowerShell(planScript(plan, wording));
      expect(root.descendantsOfType('ERROR').map((node) => node?.text)).toEqual([]);
      expect(root.hasError).toBe(false);
    }
  });

  test('is refused by the same parser if it contains a fault', () => {
    const script = planScript(samplePlan('retail-east'), ENGLISH);
    for (const bad of [script.replace('foreach ($step in', 'foreach $step in'), `${script}}`])
      expect(parsePowerShell(bad).hasError).toBe(true);
  });

  test('has the same code whatever the names are, and uses every value unchanged', () => {
    /**
     * Splits a script into its document, its code without comments, and the names of its commands. The parser is slow,
     * so each script is parsed only once.
     */
    const splitScript = (script: string): { code: string; document: Document; names: string[] } => {
      const root = parsePowerShell(script);
      expect(root.hasError).toBe(false);
      const [literal] = root.descendantsOfType('verbatim_here_string_characters');
      const code = root.text.replace(literal?.text ?? '', '').replaceAll(/^# .*$/gmu, '#');
      return { code, document: readDocument<Document>(root), names: commandNames(root) };
    };
    const usual = splitScript(planScript(samplePlan('retail-east'), ENGLISH));
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })), (name) => {
        const plan = samplePlan(name);
        const { code, document, names } = splitScript(planScript(plan, ENGLISH));
        expect(code).toBe(usual.code);
        expect(names).toEqual(usual.names);
        expect(document.steps.map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => id));
        expect(document.steps.map(({ command }) => commandInScript(command))).toEqual(
          plan.steps.map(({ command }) => commandInPlan(command)),
        );
        expect(document.steps.map(({ check }) => commandInScript(check?.command))).toEqual(
          plan.steps.map(({ check }) => commandInPlan(check?.command)),
        );
        expect(document.undo.map(({ id, command }) => [id, commandInScript(command)])).toEqual(
          plan.steps.flatMap(({ id, undo }) =>
            undo?.command === undefined ? [] : [[id, commandInPlan(undo.command)]],
          ),
        );
      }),
      { numRuns: 30, examples: HOSTILE_NAMES.map((name) => [name]) },
    );
  });

  test('is ASCII except for its comments, and no name ends a comment', () => {
    for (const name of ['東日本', ...HOSTILE_NAMES]) {
      const script = planScript(samplePlan(name), JAPANESE);
      expect(script.startsWith('\uFEFF# ')).toBe(true);
      const lines = script.slice(1).split('\r\n');
      expect(lines.filter((line) => !line.startsWith('# ') && /[^\x20-\x7e]/u.test(line))).toEqual([]);
      expect(lines.some((line) => /[\n\r\u2028\u2029\u0085]/u.test(line))).toBe(false);
    }
  });

  test('runs commands only by name, and never runs text as code', () => {
    const run = commandNames(parsePowerShell(planScript(samplePlan('retail-east'), ENGLISH)));
    for (const forbidden of [
      'Invoke-Expression',
      'iex',
      'Start-Process',
      'Invoke-Command',
      'Remove-Item',
      'New-Object System.Management.Automation.ScriptBlock',
    ])
      expect(run).not.toContain(forbidden);
    expect(planScript(samplePlan('x'), ENGLISH)).not.toMatch(/scriptblock\]::|ExpandString|Add-Type|cmd\.exe/iu);
  });

  test.each(['Get-Item; evil', '../evil', 'a b', '', '&', '$x', 'Get-Item\n'])(
    'cannot be created with a command called %j',
    (name) => {
      const planWith = (command: PlanCommand): Plan => {
        const plan = samplePlan('retail-east');
        const [first] = plan.steps;
        if (first === undefined) throw new Error('no step');
        return { ...plan, steps: [{ ...first, command }] };
      };
      expect(() => planScript(planWith({ kind: 'cmdlet', name, parameters: [] }), ENGLISH)).toThrow(/may call/u);
      expect(() => planScript(planWith({ kind: 'program', program: name, args: [] }), ENGLISH)).toThrow(/may call/u);
      expect(() => planScript(planWith({ kind: 'cmdlet', name: 'Get-Item', parameters: [{ name }] }), ENGLISH)).toThrow(
        /may call/u,
      );
    },
  );

  test('leaves a step to a person if it runs elsewhere or has no command', () => {
    const { steps, values } = read(planScript(samplePlan('retail-east'), ENGLISH));
    expect(steps.filter(({ person }) => person).map(({ id }) => id)).toEqual(['everywhere', 'hand', 'elsewhere']);
    expect(values.map(({ name }) => name)).toEqual(['kubernetes_version']);
  });

  test('contains an id of its plan, which changes with the steps and the time of the plan', () => {
    const plan = samplePlan('retail-east');
    const planInScript = (each: Plan): string => read(planScript(each, ENGLISH)).plan;
    expect(planInScript(plan)).toBe(planInScript(samplePlan('other')));
    expect(planInScript({ ...plan, steps: plan.steps.slice(1) })).not.toBe(planInScript(plan));
    expect(planInScript({ ...plan, madeAt: plan.knownAt ?? plan.madeAt })).not.toBe(planInScript(plan));
  });

  test('has every message as a .NET format string', () => {
    for (const wording of [ENGLISH, JAPANESE]) {
      const { texts: all } = read(planScript(samplePlan('retail-east'), wording));
      const texts = all[wording.language] ?? {};
      expect(texts['begins']).toContain('{0}');
      expect(texts['begins']).toContain('{2}');
      for (const text of Object.values(texts)) expect(text.replaceAll(/\{\d\}/gu, ''), text).not.toMatch(/[{}]/u);
      const used = new Set(
        [...planScript(samplePlan('x'), wording).matchAll(/\$Plan\.texts\.'?([a-z-]+)'?/gu)].map(([, name]) => name),
      );
      // These texts are chosen by the answer or by the risk of the step, so their names are not in the code.
      const chosen = Object.keys(texts).filter((name) => /^(?:choice|help|confirm)-/u.test(name));
      expect([...used, ...chosen].sort()).toEqual(Object.keys(texts).sort());
    }
  });
});

describe('an argument that the script passes to a program', () => {
  /**
   * Quotes an argument as the script does, and then as Windows PowerShell 5.1 does, which quotes only arguments with
   * spaces.
   */
  function commandLine(argument: string): string {
    if (argument === '') return '""';
    const marked = argument.replaceAll(/(\\*)"/gu, '$1$1\\"');
    const hasBlank = /\s/u.test(argument);
    const closed = hasBlank ? marked.replace(/(\\+)$/u, '$1$1') : marked;
    return hasBlank ? `"${closed}"` : closed;
  }

  /**
   * Splits a command line into arguments as a C program does. Source: Microsoft Learn, "Parsing C command-line
   * arguments".
   */
  function argumentsIn(line: string): string[] {
    const found: string[] = [];
    let at = 0;
    while (at < line.length) {
      while (line[at] === ' ' || line[at] === '\t') at += 1;
      if (at >= line.length) break;
      let text = '';
      let isQuoted = false;
      for (; at < line.length && (isQuoted || (line[at] !== ' ' && line[at] !== '\t')); at += 1) {
        let slashes = 0;
        while (line[at] === '\\') {
          slashes += 1;
          at += 1;
        }
        if (line[at] === '"') {
          text += '\\'.repeat(Math.floor(slashes / 2));
          if (slashes % 2 === 1) text += '"';
          else isQuoted = !isQuoted;
        } else {
          text += '\\'.repeat(slashes);
          if (at >= line.length || (!isQuoted && (line[at] === ' ' || line[at] === '\t'))) {
            at -= 1;
            continue;
          }
          text += line[at] ?? '';
        }
      }
      found.push(text);
    }
    return found;
  }

  test('arrives unchanged, with quotation marks, backslashes and spaces', () => {
    const script = planScript(samplePlan('x'), ENGLISH);
    // The script applies the three rules of `commandLine`.
    expect(script).toContain(`if ($Text -eq '') { return '""' }`);
    expect(script).toContain(String.raw`return $Text -replace '(\\*)"', '$1$1\"'`);
    expect(script).toContain(String.raw`if ($Text -match '\s') { $marked = $marked -replace '(\\+)$', '$1$1' }`);
    const part = fc.oneof(fc.constantFrom('"', '\\', ' ', '\\"', '--evil', "'", '$(x)', '`'), fc.string());
    const argument = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('').replaceAll(/[\t\n\v\f\r\0]/gu, ''));
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 4 }), (all) => {
        expect(argumentsIn(all.map(commandLine).join(' '))).toEqual(all);
      }),
      { numRuns: 500, examples: [[['a" --evil "b']], [['C:\\dir with blank\\']], [['', '\\\\"']]] },
    );
  });
});
