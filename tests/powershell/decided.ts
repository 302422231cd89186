import { LANGUAGES, translator } from '../../core/shared/text/text.ts';
import type { WrittenScript } from './scripts.ts';

/* The exit codes and final messages of scripts. */

/** Exit codes. Source: docs/execution.md. */
export const EXIT = { done: 0, stopped: 1, refused: 2, leftToDo: 3 } as const;

/** Matches cmdlets that may fail: maintenance continues if the event log cannot be written. */
export const MAY_FAIL = /EventLog/u;

/** The first choice of each question, which always means yes: the case applies, run the step, the step is done. */
export const YES = '#0';

/** Formats values that only the admin knows as arguments of a script. */
export function valueWords(values: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? [] : ['-Value', pairs.join(';')];
}

/**
 * Returns whether a script did everything that it can do. A maintenance window may leave steps to a person, which its
 * exit code shows.
 */
export function isAtEnd(script: WrittenScript, { exitCode, output }: { exitCode: number; output: string }): boolean {
  const codes: readonly number[] = script.kind === 'maintenance' ? [EXIT.done, EXIT.leftToDo] : [EXIT.done];
  return codes.includes(exitCode) && saysDone(script, output);
}

/**
 * Returns whether the output of a plan or a recovery ends with the message that all steps are done; true for other
 * scripts.
 */
export function saysDone({ kind }: WrittenScript, output: string): boolean {
  const keys = { plan: 'steps.script.done', recovery: 'steps.script.done' } as const;
  if (kind !== 'plan' && kind !== 'recovery') return true;
  return LANGUAGES.some((language) => output.trimEnd().endsWith(translator(language)(keys[kind])));
}

/** Returns whether a script stopped because no file can have the name of its cluster. */
export function isRefusedName({ names = [] }: WrittenScript, output: string): boolean {
  const isName = ([name = '']: readonly string[]): boolean => !/[\0/\\]/u.test(name) && Buffer.byteLength(name) < 200;
  const refusal = /Could not find a part of the path|is too long|Null character in path|Cannot find path/u;
  return !isName(names) && refusal.test(output);
}
export function saysWroteErrors(output: string): boolean {
  return /wrote errors|Ended with errors|\u30a8\u30e9\u30fc\u304c\u51fa|\u30a8\u30e9\u30fc\u3092\u51fa/iu.test(output);
}
