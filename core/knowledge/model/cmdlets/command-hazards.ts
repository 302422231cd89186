import { POWERSHELL_ENCODING, reference } from '../sources/sources-repair.ts';
import type { Word } from './command-words.ts';
import type { Hazard, NamedCommand } from './command-problem.ts';

export function findHazards(commands: readonly NamedCommand[]): Hazard[] {
  return commands.flatMap((command, at) => [...downtime(command), ...encodings(command, commands.slice(at + 1))]);
}

function downtime({ name, first }: NamedCommand): Hazard[] {
  return name === 'Invoke-AksHciRotateCACertificate'
    ? [{ code: 'downtime', severity: 'notice', part: first, params: { name }, citations: [reference(name)] }]
    : [];
}

/** Finds files in a Windows encoding that are copied to a node, and login files, which are usually copied later. */
function encodings({ name, first, rest, target, piped }: NamedCommand, later: readonly NamedCommand[]): Hazard[] {
  const folded = name.toLowerCase();
  const isAnsi = folded === 'set-content' || folded === 'add-content';
  const isFile = isAnsi || folded === 'out-file';
  const file = target ?? (isFile ? outputFile(rest) : undefined);
  const stated = rest[rest.findIndex(({ value }) => /^-enc/iu.test(value)) + 1];
  const encoding = isFile && stated !== rest[0] ? stated?.value : undefined;
  if (file === undefined || (encoding !== undefined && !/unicode$/iu.test(encoding))) return [];
  const isCopied = later.some(
    (copy) => copy.name === 'scp' && copy.rest.some(({ value }) => baseName(value) === baseName(file.value)),
  );
  const isLogin =
    name === 'mocctl security identity rotate' || piped.some(({ words: [word] }) => /mocctl/iu.test(word?.value ?? ''));
  if (isAnsi && target === null && encoding === undefined)
    return isCopied ? [{ code: 'ansi-output', severity: 'notice', part: first, citations: [POWERSHELL_ENCODING] }] : [];
  if (!isCopied && !isLogin) return [];
  const severity = isCopied ? 'warning' : 'notice';
  return [{ code: 'utf-16-output', severity, part: first, citations: [POWERSHELL_ENCODING] }];
}

function outputFile(words: readonly Word[]): Word | undefined {
  const named = words.findIndex(({ value }) => /^-(?:file|path|lit)/iu.test(value));
  return named < 0 ? words.find(({ value }) => !value.startsWith('-')) : words[named + 1];
}

function baseName(path: string): string {
  return (
    path
      .split(/[\\/:]/u)
      .at(-1)
      ?.toLowerCase() ?? ''
  );
}
