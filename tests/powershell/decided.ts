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

/** Its copy of a kubeconfig that a user without a `.kube` folder does not have ends it. */
const STOPS_TODAY = 'F24, everything down';

/** Whether a script stopped because no file can be called by the name of its cluster, which is the file system's affair. */
export function isRefusedName({ title, names = [] }: WrittenScript, output: string): boolean {
  const isName = ([name = '']: readonly string[]): boolean => !/[\0/\\]/u.test(name) && Buffer.byteLength(name) < 200;
  const refusal = /Could not find a part of the path|is too long|Null character in path|Cannot find path/u;
  return (!isName(names) || title === STOPS_TODAY) && refusal.test(output);
}
