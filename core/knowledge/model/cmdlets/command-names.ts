import { nearest } from '../edit-distance.ts';
import { MODULE_CMDLETS, OTHER_CMDLETS } from './cmdlets-by-name.ts';
import { COMMANDS, PROGRAMS } from './cmdlets.ts';
import type { Word } from './command-words.ts';

/* Names of commands: what is one, and which known one was meant. */

const KEYWORDS = [
  ...['if', 'else', 'elseif', 'while', 'do', 'until', 'for', 'switch', 'try', 'catch', 'finally', 'default'],
  ...['function', 'param', 'return', 'break', 'continue', 'throw', 'exit', 'in', 'begin', 'process', 'end', 'using'],
];

/** How names of this product's cmdlets can be recognised; `Mock` is another product. */
export const OWN_NOUN = /-(?:akshci|moc(?!k)|kva)|akshci/iu;
/** Verbs of PowerShell. A cmdlet with one of these is never mistaken for one with another. Source: Get-Verb. */
const VERBS: ReadonlySet<string> = new Set([
  ...['add', 'approve', 'assert', 'backup', 'block', 'build', 'checkpoint', 'clear', 'close', 'compare', 'complete'],
  ...['compress', 'confirm', 'connect', 'convert', 'convertfrom', 'convertto', 'copy', 'debug', 'deny', 'deploy'],
  ...['disable', 'disconnect', 'dismount', 'edit', 'enable', 'enter', 'exit', 'expand', 'export', 'find', 'foreach'],
  ...['format', 'get', 'grant', 'group', 'hide', 'import', 'initialize', 'install', 'invoke', 'join', 'limit', 'lock'],
  ...['measure', 'merge', 'mount', 'move', 'new', 'open', 'optimize', 'out', 'ping', 'pop', 'protect', 'publish'],
  ...['push', 'read', 'receive', 'redo', 'register', 'reinstall', 'remove', 'rename', 'repair', 'request', 'reset'],
  ...['resize', 'resolve', 'restart', 'restore', 'resume', 'revoke', 'save', 'search', 'select', 'send', 'set'],
  ...['show', 'skip', 'sort', 'split', 'start', 'step', 'stop', 'submit', 'suspend', 'switch', 'sync', 'tee', 'test'],
  ...['trace', 'unblock', 'undo', 'uninstall', 'unlock', 'unprotect', 'unpublish', 'unregister', 'update', 'use'],
  ...['wait', 'watch', 'where', 'write'],
]);
export const MOST_EDITS = 2;
/** Share of a name that may be wrong when it is evidently from this product: `Uninstall-AksHciAksHciAdAuth` is in print. */
const SIMILAR_SHARE = 0.22;

const CMDLETS = COMMANDS.map(({ name }) => name).filter((name) => !name.includes(' '));
const NAMES = [...CMDLETS, ...OTHER_CMDLETS, ...MODULE_CMDLETS, ...PROGRAMS];

/** Options of programs that take the next word, so that it is not mistaken for a command. */
const VALUE_OPTIONS = ['-n', '--namespace', '--kubeconfig', '--context', '--cluster', '--user', '-i'];

/** The known name that was evidently meant. */
export function meantName(text: string): string | undefined {
  const near = nearest(text, candidatesFor(text), MOST_EDITS);
  if (near === undefined) return undefined;
  return OWN_NOUN.test(text) || text.length >= 5 ? near : undefined;
}

/** A known name of this product that resembles it, too far for a typo. */
export function similarName(text: string): string | undefined {
  return nearest(text, candidatesFor(text), Math.floor(text.length * SIMILAR_SHARE));
}

/** With a verb of PowerShell only names with that verb: a read must never become a change, nor a change another. */
function candidatesFor(text: string): readonly string[] {
  const verb = verbOf(text);
  return VERBS.has(verb) ? NAMES.filter((name) => verbOf(name) === verb) : NAMES;
}

function verbOf(name: string): string {
  const [verb = '', noun] = name.toLowerCase().split('-', 2);
  return noun === undefined ? '' : verb;
}

/** The words of a command from its name on. */
export function commandPart(words: readonly Word[]): readonly Word[] {
  return ['sudo', '.'].includes(words[0]?.value ?? '') ? words.slice(1) : words;
}

/** Name of a cmdlet or program without folder and extension; `undefined` for an expression or a keyword. */
export function programName(text: string): string | undefined {
  const name =
    text
      .split(/[\\/]/u)
      .at(-1)
      ?.replace(/\.exe$/iu, '') ?? '';
  if (!/^[\p{L}%?]/u.test(name) || /[=:(){}$]/u.test(name)) return undefined;
  return KEYWORDS.includes(name.toLowerCase()) ? undefined : name;
}

/** Words of a program that are neither options nor their values. */
export function bareWords(words: readonly Word[]): Word[] {
  return words.filter(
    ({ value }, at) => !/^[-–—―]/u.test(value) && !VALUE_OPTIONS.includes(words[at - 1]?.value ?? ''),
  );
}
