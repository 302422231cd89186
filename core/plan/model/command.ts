import { placeholdersIn } from '../../knowledge/model/command-placeholders.ts';
import { getScript, valueKey } from './command-template.ts';
import { mapWords, type CommandWord, type PlanCommand } from './plan.ts';

/** Cmdlets whose parameters are all named. `kill` is the only alias in the catalogue. */
const CMDLET = /^(?:[A-Z][A-Za-z]*-[A-Za-z]+|kill)$/u;
const PROGRAM = /^[a-z][a-z0-9]*(?:\.exe)?$/u;
const PARAMETER = /^-([A-Za-z]+)$/u;
const PLACEHOLDER = /^<([a-z][a-z\\-]*)>$/u;
/**
 * Words that mean the same in PowerShell with and without quotes. A comma would create a list; a leading tilde stands
 * for the home folder.
 */
const LITERAL = /^[A-Za-z0-9_./:=\\-]+$/u;

export interface CommandValues {
  values?: Readonly<Record<string, string>>;
  openName?: (placeholder: string) => string;
}

/**
 * Builds a catalogue command with its values kept separate: a cmdlet, a program, or otherwise constant PowerShell that
 * reads `$Values`.
 */
export function buildCommand(
  command: string,
  { values = {}, openName = (name) => name }: CommandValues = {},
): PlanCommand {
  const template = templates.get(command) ?? parseTemplate(command);
  templates.set(command, template);
  return mapWords(template, (word) => {
    if ('literal' in word) return word;
    const { name } = word;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? { name: openName(name) } : { name, value };
  });
}

/** Parsing a command takes longer than filling in its values, and plans repeat the same few commands. */
const templates = new Map<string, PlanCommand>();

function parseTemplate(command: string): PlanCommand {
  const words = command.split(' ').map((text): CommandWord | undefined => {
    const name = PLACEHOLDER.exec(text)?.[1];
    if (name !== undefined) return { name };
    return LITERAL.test(text) || text === '>' ? { literal: text } : undefined;
  });
  if (words.every((word) => word !== undefined)) {
    const simple = findCmdlet(words) ?? findProgram(words);
    if (simple !== undefined) return simple;
  }
  const script = getScript(command);
  if (script === command) return { kind: 'script', script, values: {} };
  const values = Object.fromEntries(placeholdersIn(command).map((name) => [valueKey(name), { name }]));
  return { kind: 'script', script, typed: command, values };
}

function findCmdlet([first, ...rest]: readonly CommandWord[]): PlanCommand | undefined {
  const name = readLiteral(first);
  if (name === undefined || !CMDLET.test(name)) return undefined;
  const parameters: { name: string; value?: CommandWord }[] = [];
  for (const word of rest) {
    const parameter = PARAMETER.exec(readLiteral(word) ?? '')?.[1];
    const before = parameters.at(-1);
    if (parameter !== undefined) parameters.push({ name: parameter });
    // A cmdlet accepts neither a value without a parameter name nor a second value.
    else if (before === undefined || before.value !== undefined || readLiteral(word) === '>') return undefined;
    else before.value = word;
  }
  return { kind: 'cmdlet', name, parameters };
}

function findProgram([first, ...rest]: readonly CommandWord[]): PlanCommand | undefined {
  const program = readLiteral(first);
  // Without arguments, `mkdir` is a PowerShell function, not a program.
  if (program === undefined || !PROGRAM.test(program) || program === 'mkdir') return undefined;
  const at = rest.findIndex((word) => readLiteral(word) === '>');
  const args = at < 0 ? rest : rest.slice(0, at);
  const [outFile, ...others] = at < 0 ? [] : rest.slice(at + 1);
  if (others.length > 0 || (at >= 0 && outFile === undefined)) return undefined;
  return { kind: 'program', program, args, outFile };
}

function readLiteral(word: CommandWord | undefined): string | undefined {
  return word !== undefined && 'literal' in word ? word.literal : undefined;
}
