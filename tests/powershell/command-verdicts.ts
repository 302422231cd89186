import { checkCommand } from '../../core/knowledge/model/cmdlets/command-check.ts';
import type { CommandProblem, CommandProblemCode } from '../../core/knowledge/model/cmdlets/command-problem.ts';
import type { Judgement } from './binder.ts';

/* Compares the verdicts of the command checker with those of PowerShell. Each difference needs a reason. */

interface Difference {
  line: string;
  problems: readonly CommandProblem[];
  errors: readonly CommandProblemCode[];
  judged: readonly string[];
}

interface Reason {
  /** Why both verdicts are right, or why the checker cannot decide better. */
  because: string;
  /**
   * Whether the difference does not count against the checker: PowerShell does not look for this fault, or the stub
   * differs from the real cmdlet.
   */
  isBeyond: boolean;
  explains: (difference: Difference) => boolean;
}

/** Returns whether all errors of the checker have one of these codes; false if the checker found no error. */
function hasOnlyErrors({ errors }: Difference, ...codes: readonly CommandProblemCode[]): boolean {
  return errors.length > 0 && errors.every((code) => codes.includes(code));
}

/** Returns whether PowerShell refuses the line for these reasons only, and the checker accepts it. */
function isRefusedFor({ errors, judged }: Difference, ...ids: readonly string[]): boolean {
  return errors.length === 0 && judged.every((id) => ids.some((each) => id === each || id.startsWith(`${each},`)));
}

function warns({ problems }: Difference, ...codes: readonly CommandProblemCode[]): boolean {
  return problems.some(({ code }) => codes.includes(code));
}

/** Returns whether these are the only objects whose removal the line reports as an error. */
function removesOnly({ problems }: Difference, ...ids: readonly string[]): boolean {
  const removed = problems.filter(({ code, severity }) => code === 'removes' && severity === 'error');
  return removed.every(({ params }) => ids.some((id) => params['object'] === `command.object.${id}`));
}

export const REASONS: Readonly<Record<string, Reason>> = {
  hazard: {
    because: 'It binds, and destroys what nothing brings back or reads a path that does not exist.',
    isBeyond: true,
    explains: (each) =>
      hasOnlyErrors(each, 'removes', 'wrong-path', ...MEANT) &&
      warns(each, 'removes', 'wrong-path') &&
      removesOnly(each, 'host', 'every-cluster', 'agents'),
  },
  name: {
    because: 'PowerShell binds any text; by the rules of Kubernetes no cluster can have that name.',
    isBeyond: true,
    explains: (each) => hasOnlyErrors(each, 'bad-name', ...MEANT) && warns(each, 'bad-name'),
  },
  format: {
    because: 'PowerShell binds any text; the product reads only values of a certain form.',
    isBeyond: true,
    explains: (each) => hasOnlyErrors(each, 'bad-format', ...MEANT) && warns(each, 'bad-format'),
  },
  newer: {
    because: 'PowerShell 7 takes it, Windows PowerShell 5.1 does not have it.',
    isBeyond: true,
    explains: (each) =>
      hasOnlyErrors(each, 'newer-syntax', 'removes') && warns(each, 'newer-syntax') && removesOnly(each, 'host'),
  },
  meant: {
    because: 'It binds, and does something else than what is written looks like.',
    isBeyond: true,
    explains: (each) => hasOnlyErrors(each, ...MEANT),
  },
  prompt: {
    because: 'The prompt was copied with the line; the checker leaves it out, and only the line is judged.',
    isBeyond: true,
    explains: (each) => each.line.startsWith('PS C:\\> ') && isRefusedFor(each, 'CommandNotFound'),
  },
  open: {
    because: 'No source lists all of its parameters; the stub has those that are known, and the checker warns.',
    isBeyond: true,
    explains: (each) =>
      warns(each, 'undocumented-parameter', 'stray-word') &&
      isRefusedFor(each, 'NamedParameterNotFound', 'PositionalParameterNotFound'),
  },
  declared: {
    because: 'Whether it has -WhatIf and -Confirm is not documented, which a notice says; the stub has none.',
    isBeyond: true,
    explains: (each) => warns(each, 'may-not-support') && isRefusedFor(each, 'NamedParameterNotFound'),
  },
  piped: {
    because: 'No source says what it takes from a pipe; the stub takes nothing.',
    isBeyond: true,
    explains: (each) => isRefusedFor(each, 'InputObjectNotBound'),
  },
  credential: {
    because: 'For a name in place of a credential PowerShell asks for the password, and here nobody answers.',
    isBeyond: true,
    explains: (each) =>
      /-credential:? ?(?!\$object)/u.test(each.line) && isRefusedFor(each, 'ParameterArgumentTransformationError'),
  },
  expression: {
    because: 'What an expression yields is known at run time only.',
    isBeyond: false,
    explains: (each) =>
      /\$(?:name|x|\(|false\.)|\(1\)/u.test(each.line) &&
      isRefusedFor(
        each,
        'ParameterArgumentTransformationError',
        'ParameterBindingFailed',
        'CannotConvertArgumentNoMessage',
      ),
  },
};

/** Faults that make PowerShell read the line differently from a person. */
const MEANT: readonly CommandProblemCode[] = ['joined-redirection', 'broken-continuation', 'many-values'];

export interface Comparison {
  lines: number;
  /** The number of lines that cannot be judged, because this machine lacks a command in them. */
  foreign: number;
  same: number;
  /** The number of lines with different verdicts, by the key of the reason. */
  explained: Readonly<Record<string, number>>;
  /** For each difference without a reason, the line and both verdicts. */
  unexplained: readonly string[];
}

export function compare(lines: readonly string[], judgements: readonly Judgement[]): Comparison {
  const explained = Object.fromEntries(Object.keys(REASONS).map((key) => [key, 0]));
  const unexplained: string[] = [];
  let [foreign, same] = [0, 0];
  for (const [at, line] of lines.entries()) {
    const judgement = judgements[at];
    if (judgement === undefined) throw new Error(`${judgements.length} of ${lines.length} lines were judged`);
    if (judgement.isForeign) {
      foreign += 1;
      continue;
    }
    const { problems } = checkCommand(line);
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    if (errors.length > 0 === judgement.errors.length > 0) {
      same += 1;
      continue;
    }
    const difference = { line, problems, errors, judged: judgement.errors };
    const key = Object.keys(REASONS).find((each) => REASONS[each]?.explains(difference) === true);
    if (key !== undefined) explained[key] = (explained[key] ?? 0) + 1;
    else unexplained.push(`${line}\n  checker: ${errors.join(', ')}\n  PowerShell: ${judgement.errors.join(', ')}`);
  }
  return { lines: lines.length, foreign, same, explained, unexplained };
}

/**
 * Returns the share of the lines on which the checker agrees with PowerShell, from 0 to 1. Excludes lines that
 * PowerShell cannot judge and differences that do not count against the checker.
 */
export function agreement({ same, explained, unexplained }: Comparison): number {
  const within = Object.entries(explained).filter(([key]) => REASONS[key]?.isBeyond === false);
  const different = within.reduce((sum, [, count]) => sum + count, unexplained.length);
  return same / (same + different);
}
