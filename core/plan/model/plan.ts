import type { Citation, Statement } from '../../shared/citation.ts';
import { formatCommand, valueKey } from './command-template.ts';
import { terminalCell } from '../../shared/terminal-text.ts';
import { powerShellLiteral, powerShellWord } from '../../knowledge/model/cited-command.ts';
import type { MachinePlace, StepPlace, StepRisk } from '../../knowledge/model/step.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';

/* A plan as data. Commands keep their values separate from their code, so that no value can become code. */

/**
 * The machine on which a step runs; the host reaches cluster machines over SSH. Only the address of a `vm` is known.
 * For the other kinds, the admin looks up the address of one machine, or of each machine in the cluster.
 */
export type StepTarget =
  | { kind: Exclude<StepPlace, MachinePlace> }
  | { kind: 'vm'; cluster: string; address: string }
  | { kind: MachinePlace; cluster?: string };

/** A constant word of a command, or a value. A value that only the admin knows has no `value` field. */
export type CommandWord = { literal: string } | { name: string; value?: string };

export type PlanCommand =
  | { kind: 'cmdlet'; name: string; parameters: readonly { name: string; value?: CommandWord }[] }
  | { kind: 'program'; program: string; args: readonly CommandWord[]; outFile?: CommandWord }
  /**
   * Our own constant PowerShell, which reads `$Values.<name>`. `typed` is its published form, which is only displayed.
   */
  | { kind: 'script'; script: string; values: Readonly<Record<string, CommandWord>>; typed?: string };

export interface StepCheck {
  command: PlanCommand;
  expected: Statement;
  /** Words that appear anywhere in the output on success; absent if the output must be judged by a person. */
  prints?: readonly string[];
  /** Any of these words means success, even without the step. Their absence proves nothing. */
  satisfiedBy?: readonly string[];
  /** Any of these words means failure, whatever else the output contains. */
  deniedBy?: readonly string[];
}

export interface PlanStep {
  /** Lower-case words with hyphens; unique in the plan and stable when the same plan is made again. */
  id: string;
  title: Statement;
  target: StepTarget;
  /** Absent for a manual step. */
  command?: PlanCommand;
  why: Statement;
  /** The step applies only if all of these conditions hold, which a person must check. Absent if it always applies. */
  only?: readonly Statement[];
  precondition?: Statement;
  expected?: Statement;
  check?: StepCheck;
  undo?: { command?: PlanCommand; statement: Statement };
  risk: StepRisk;
  /** Whether a person must perform the step despite its command, to decide something or to supply information. */
  needsPerson?: boolean;
  /** Absent if the time does not matter. */
  due?: Instant;
  needsApiServer: boolean;
  /** Usual and longest duration in milliseconds; absent if no source states them. */
  takes?: { usualMs: number; longestMs: number; citations: readonly Citation[] };
  /** Arcwarden's own estimate in milliseconds, for a step about which no source says how long it takes. */
  estimateMs?: number;
  /** Absent for a step that is performed once for all clusters. */
  cluster?: string;
  isSample?: boolean;
  because: { failures: readonly string[]; credentials: readonly CredentialId[] };
  /** A competing published procedure; the steps of this plan are the safer alternative. */
  instead?: { steps: readonly PlanStep[]; statement: Statement };
}

export interface Plan {
  kind: 'repair' | 'update' | 'revocation' | 'maintenance';
  madeAt: Instant;
  /** When the information behind the plan was read; absent if there is none. */
  knownAt?: Instant;
  clusters: readonly { id?: ClusterId; name: string; isHost: boolean }[];
  warnings: readonly Statement[];
  steps: readonly PlanStep[];
  /** Checks after the last step, and the time of the next checks. */
  after: readonly Statement[];
}

/** Returns a command as typed in PowerShell. Values that only the admin knows appear as names in angle brackets. */
export function commandText(command: PlanCommand): string {
  switch (command.kind) {
    case 'cmdlet':
      return [
        command.name,
        ...command.parameters.map(({ name, value }) =>
          value === undefined ? `-${name}` : `-${name} ${wordText(value)}`,
        ),
      ].join(' ');
    case 'program': {
      const { program, args, outFile } = command;
      const redirect = outFile === undefined ? [] : ['>', wordText(outFile)];
      return [program, ...args.map(wordText), ...redirect].join(' ');
    }
    case 'script': {
      if (command.typed !== undefined) return fillCommand(command.typed, command.values);
      const values = Object.entries(command.values).map(([name, word]) => `${name} = ${literalText(word)}`);
      return values.length === 0 ? command.script : `$Values = @{ ${values.join('; ')} }\n${command.script}`;
    }
  }
}

function fillCommand(typed: string, values: Readonly<Record<string, CommandWord>>): string {
  return formatCommand(typed, (placeholder) => {
    const word = values[valueKey(placeholder)];
    if (word === undefined) return { openName: placeholder };
    if ('literal' in word) return { value: word.literal };
    const value = copyableValue(word);
    return value === undefined ? { openName: word.name } : { value };
  });
}

function wordText(word: CommandWord): string {
  if ('literal' in word) return word.literal;
  const value = copyableValue(word);
  return value === undefined ? `<${word.name}>` : powerShellWord(value);
}

/** Returns the value if it is safe to copy, without line breaks or invisible characters. */
function copyableValue({ value }: { value?: string }): string | undefined {
  return value === undefined || terminalCell(value) !== value ? undefined : value;
}

/** Always quotes the word, because an unquoted word is not a valid value in an expression. */
function literalText(word: CommandWord): string {
  return powerShellLiteral('literal' in word ? word.literal : (copyableValue(word) ?? `<${word.name}>`));
}

/** Returns a key for the cluster and conditions of a step; empty for a step that always applies. */
export function stepCase({ only = [], cluster = '' }: Pick<PlanStep, 'only' | 'cluster'>): string {
  return only.length === 0 ? '' : JSON.stringify([cluster, only.map(({ text, params }) => [text, params])]);
}

/** Lists, without duplicates, the values that must be supplied before the step and its check can run. */
export function listOpenValues({ command, check }: PlanStep): string[] {
  return openValues({ steps: [{ command, check }] });
}

/** Lists the words of a command without parameter names. */
export function listWords(command: PlanCommand): CommandWord[] {
  switch (command.kind) {
    case 'cmdlet':
      return command.parameters.flatMap(({ value }) => value ?? []);
    case 'program':
      return [command.args, command.outFile ?? []].flat();
    case 'script':
      return Object.values(command.values);
  }
}

export function mapWords(command: PlanCommand, change: (word: CommandWord) => CommandWord): PlanCommand {
  switch (command.kind) {
    case 'cmdlet':
      return {
        ...command,
        parameters: command.parameters.map(({ name, value }) => ({ name, value: value && change(value) })),
      };
    case 'program': {
      const { args, outFile } = command;
      return { ...command, args: args.map(change), outFile: outFile && change(outFile) };
    }
    case 'script': {
      const values = Object.entries(command.values).map(([name, word]) => [name, change(word)]);
      return { ...command, values: Object.fromEntries(values) as typeof command.values };
    }
  }
}

export function openValues({
  steps,
}: {
  steps: readonly Pick<PlanStep, 'command' | 'check' | 'undo' | 'instead'>[];
}): string[] {
  const commands = steps.flatMap(({ command, check, undo, instead }) => [
    ...[command, check?.command, undo?.command],
    ...(instead?.steps ?? []).map((other) => other.command),
  ]);
  const words = commands.flatMap((command) => (command === undefined ? [] : listWords(command)));
  return [...new Set(words.flatMap((word) => ('name' in word && word.value === undefined ? word.name : [])))];
}
