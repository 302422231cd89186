import { LANGUAGES, translator } from '../../core/text/text.ts';
import type { WrittenScript } from './scripts.ts';

/*
 * What is expected of every script, in one place: how it is started, how it ends and what it then says. Where today's
 * scripts and decided ones differ in their parameters, both are known, by what the script declares.
 */

/** Exit codes. Source: docs/execution.md. */
export const EXIT = { done: 0, stopped: 1, refused: 2 } as const;

/** An event log that cannot be written stops no maintenance. */
export const MAY_FAIL = /EventLog/u;

/** Values that only the admin knows, as the script takes them. */
export function valueWords(text: string, values: Readonly<Record<string, string>>): (string | { code: string })[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  const quoted = (word: string): string => `'${word.replaceAll("'", "''")}'`;
  const code = /\[hashtable\] \$Value\b/u.test(text)
    ? `@{ ${entries.map(([name, value]) => `${quoted(name)} = ${quoted(value)}`).join('; ')} }`
    : entries.map(([name, value]) => quoted(`${name}=${value}`)).join(',');
  return ['-Value', { code }];
}

/** The last thing that a script says when everything is done. */
export function saysDone({ kind }: WrittenScript, output: string): boolean {
  const keys = { plan: 'steps.script.done', recovery: 'steps.script.done' } as const;
  if (kind !== 'plan' && kind !== 'recovery') return true;
  return LANGUAGES.some((language) => output.trimEnd().endsWith(translator(language)(keys[kind])));
}

/** Whether a script stopped because no file can be called by the name of its cluster, which is the file system's affair. */
export function isRefusedName({ names = [] }: WrittenScript, output: string): boolean {
  const isName = ([name = '']: readonly string[]): boolean => !/[\0/\\]/u.test(name) && Buffer.byteLength(name) < 200;
  const refusal = /Could not find a part of the path|is too long|Null character in path|Cannot find path/u;
  return !isName(names) && refusal.test(output);
}
/** Answers to the question about a case, by the places of the choices. */
export const CONDITION = { yes: '#0', notTheCase: '#1', stop: '#2' } as const;

/** Answers to the question whether to go on after errors that a cmdlet wrote. */
export const WROTE_ERRORS = { goOn: '#0', stop: '#1' } as const;

/** Whether a script said of a step that its cmdlet wrote errors. */
export function saysWroteErrors(output: string): boolean {
  return /wrote (?:an )?errors?|\u30a8\u30e9\u30fc\u3092\u51fa\u529b/iu.test(output);
}

/** Values as `-File` can be given them: one text for each. */
export function namedValues(values: Readonly<Record<string, string>>): string[] {
  return [
    '-Value',
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
  ];
}

/** What makes a script ask nobody: a switch of its own, since 5.1 cannot be given `-Confirm:$false` by `-File`. */
export function unattendedWords(text: string): string[] {
  return /\[switch\] \$Yes\b/u.test(text) ? ['-Yes'] : ['-Confirm:$false'];
}
