import { VALUE_OPTIONS } from './command-names.ts';
import { splitRemote } from './command-remote.ts';
import type { Word } from './command-words.ts';

/* Finds what a command acts on: files, Kubernetes objects, and code for another shell. */

export type Shell = 'powershell' | 'cmd' | 'sh';

/** PowerShell parameters that name the object of a command, and switches. Values of other parameters are skipped. */
const TARGET = /^-(?:p|pat|path|ps\w+|l|li\w*|lp|file\w+|inf\w*|n|na\w*|di\w+|i|id|vm\w*|proc\w*|inp\w*):?$/iu;
const SWITCH =
  /^-(?:r\w*|f|fo\w*|co\w*|pass\w*|ve\w*|wait|app\w*|no\w*|turn\w*|save|asj\w*|include\w+|usemin\w*)(?::.*)?$/iu;

/** Commands that load files from a server or send files to it, and their options for such files. */
const LOADS = /^(?:curl|wget|iwr|invoke-(?:web|rest))/u;
const UPLOAD = /^(?:-\w*T|--upload-file|--(?:post|body)-file|-[Ii]n[Ff]\w*:?)$/u;
/** Commands with an option for a file that they write, and such options. */
const WRITERS = /^(?:curl|wget|iwr|invoke-(?:web|rest)|sort|openssl|find$)/u;
const TARGET_FILE = /^(?:-\w*o|-p|--output(?:-\w+)?|--directory-prefix|-out(?:f\w*)?:?|-f(?:ls|print\w*))$/iu;
/** File name extensions that the product does not need. */
const FOREIGN = /\.(?:log|bak|old|orig|tmp|swp|t?gz|zip|txt|out)(?:\.\d+|\*)?$/iu;
/** Fields of a secret that contain nothing secret. */
const OPEN_FIELD = /\.(?:apiVersion|kind|type|immutable|name|namespace|creationTimestamp|uid)$/u;

/**
 * Returns the text that a command hands to another shell: on a node, in a container, or on this computer. The text is
 * `undefined` if the shell reads it from a file or the pipe.
 */
export function findInner(
  name: string,
  rest: readonly string[],
): { text: string | undefined; shell: Shell } | undefined {
  if (name === 'ssh') {
    const { remote, isWindows } = splitRemote(rest);
    return { text: remote.join(' '), shell: isWindows ? 'cmd' : 'sh' };
  }
  const findAfter = (pattern: RegExp): number => rest.findIndex((word) => pattern.test(word)) + 1;
  const join = (words: readonly string[]): string =>
    words.map((word) => (/\s/u.test(word) ? `'${word}'` : word)).join(' ');
  const isCommandPrompt = name === 'cmd';
  if (isCommandPrompt || name === 'sh' || name === 'bash') {
    const code = findAfter(/^(?:-\w*c|\/[ck])$/iu);
    return { text: code === 0 ? undefined : rest.slice(code).join(' '), shell: isCommandPrompt ? 'cmd' : 'sh' };
  }
  const at = { kubectl: findAfter(/^--$/u), crictl: findAfter(/^exec$/u), docker: findAfter(/^exec$/u) }[name] ?? 0;
  const actions = name === 'find' ? findActions(rest).map(join) : [];
  if (actions.length > 0) return { text: actions.join(';'), shell: 'sh' };
  if (at === 0) return undefined;
  const inner = rest.slice(at);
  // The name of the container precedes the command.
  if (name === 'crictl' || name === 'docker') inner.splice(0, inner.findIndex((word) => !word.startsWith('-')) + 1);
  return { text: join(inner), shell: 'sh' };
}

/** Quoted text and escapes of `sh`. There are no escapes between single quotes, unless `$` precedes them. */
const QUOTED = /'[^']*'|\$?(["'])(?:\\[^]|(?!\1)[^\\])*\1|\\[^]/gu;
/** Escapes, as PowerShell writes the same character. */
const ESCAPES: Readonly<Record<string, string>> = { '"': '""', "'": "''", ';': "';'", '(': '', ')': '', '\n': '' };

/** Returns a line of `sh` with the substitutions, escapes and tests that PowerShell reads alike. */
export function translateShell(text: string): string {
  return (
    text
      .replaceAll(/\\?`([^`]*?)\\?`/gu, '$($1)')
      .replaceAll(QUOTED, (part: string, quote?: string) =>
        part.startsWith("'")
          ? part
          : part.replaceAll(/\\([^])/gu, (escape, letter: string) =>
              quote === undefined || letter === quote ? (ESCAPES[letter] ?? escape) : escape,
            ),
      )
      .replaceAll(/(?<![^\s;&|(])\[{1,2}(?=\s)/gu, 'test')
      // These signs are special only in PowerShell.
      .replaceAll(/[‘’‚‛“”„]|--%|<#/gu, '·')
  );
}

/** Returns the values of the words. A program, unlike a cmdlet, receives a list with commas as one word. */
export function joinLists(words: readonly Word[]): string[] {
  const values: string[] = [];
  for (const { value, isListed } of words)
    values.push(isListed && values.length > 0 ? `${values.pop() ?? ''},${value}` : value);
  return values;
}

/** The largest product of the lengths of both texts, so that their combination stays short. */
const MOST_FILLED = 200_000;

/** Returns the words with what `find` or a pipe supplies in place of a mark; it is unknown if it is too long. */
export function fillPlaces(words: readonly string[], all: readonly string[], mark = '{}'): string[] {
  const found = words.join(' ').length * all.join(' ').length > MOST_FILLED ? ['$(found)'] : all;
  return words.flatMap((word) =>
    word.includes(mark) && !/\s/u.test(word)
      ? found.map((each) => word.replaceAll(mark, () => each))
      : word.replaceAll(mark, () => found.join(' ')),
  );
}

const MARK = /\bxargs\s(?:-\S+\s(?:[^-\sa-z]\S*\s)?)*?-(?:[0oprtx]*I\s?(\S+)|(?:[0oprtx]*i|-replace=?)(\S*))/u;

/** Returns the mark that `xargs` replaces; `undefined` if it adds words to the end. */
export function findMark(words: readonly string[]): string | undefined {
  const [, one, other] = MARK.exec(words.join(' ')) ?? [];
  return one ?? (other === '' ? '{}' : other);
}

/** Returns the commands that `find` runs on what it finds. */
function findActions(words: readonly string[]): string[][] {
  const found = findFound(words);
  const actions: string[][] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-delete') actions.push(['rm', ...found]);
    if (!/^-(?:exec|ok)(?:dir)?$/u.test(word)) continue;
    const from = at + 1;
    while (at < words.length && words[at] !== ';' && `${words[at - 1]} ${words[at]}` !== '{} +') at += 1;
    actions.push(fillPlaces(words.slice(from, at), found));
  }
  return actions;
}

/** Returns the folders that `find` searches, or the files in them if the product needs none of those it finds. */
function findFound(words: readonly string[]): string[] {
  const end = words.findIndex((word) => /^[-(!]/u.test(word));
  const folders = words.slice(0, end);
  const name = words.find((_, at) => /^-i?name$/u.test(words[at - 1] ?? '')) ?? '';
  const isNarrow = FOREIGN.test(name) && !words.some((word) => /^(?:!|-o|-or|-not)$/u.test(word));
  return isNarrow ? folders.map((folder) => `${folder}/${name}`) : folders;
}

/** Returns whether `kubectl get` prints only names or fields that contain nothing secret. */
export function isOpenOutput(output: string): boolean {
  const fields = output.replaceAll(/\brange\s+\.items\[\*\]/gu, '').match(/(?:\.[\w-]+|\[[^\]]*\])+/gu) ?? [];
  const isFilled = fields.length > 0 && !/\{\s*\.?\s*\}|\.\.|[@$]/u.test(output);
  return /^(?:name|wide|)$/u.test(output) || (isFilled && fields.every((field) => OPEN_FIELD.test(field)));
}

export function findPattern(words: readonly string[]): string {
  const at = words.findIndex((word) => /^-patt/iu.test(word));
  return (at < 0 ? words.slice(1).find((word) => !/^(?:-|\/\w(?::|$))/u.test(word)) : words[at + 1]) ?? '';
}

/** A file name with an extension. */
const FILE = /^[^$()]+\.\w+$/u;

/**
 * Returns the path that may be replaced; `undefined` in the root, and in the same folder, because one of the two files
 * is then a backup.
 */
export function findReplaced(source: string, destination: string): string | undefined {
  if (destination === '' || folderName(source) === folderName(destination)) return undefined;
  const name = baseName(source);
  // Only the name shows whether the destination is a folder.
  const isFolder = FILE.test(name) && !FILE.test(baseName(destination));
  return isFolder ? `${destination}/${name}` : destination;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function folderName(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Options whose value is the next word, of programs that write their second file. */
const COUNT_OPTIONS = new Map([
  ['uniq', /^-(?:\w*[fsw]|-(?:skip|check)-\w+)$/u],
  ['xxd', /^--?[cglnosR][a-z]*$/u],
]);

/** Returns what a command acts on, and where a copy or a moved file goes. */
export function splitOperands([, ...all]: readonly string[], shell: Shell, name: string) {
  const words = name === 'scp' ? splitRemote(all).all : all;
  let operands: string[] = [];
  let destination: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (COUNT_OPTIONS.get(name)?.test(words[at - 1] ?? '') === true) continue;
    if (shell === 'sh' ? !word.startsWith('-') : !/^(?:-|\/\w{1,4}(?::|$))/u.test(word)) operands.push(word);
    else if (shell === 'powershell' && word.startsWith('-') && !SWITCH.test(word)) {
      at += 1;
      const value = words[at] ?? '';
      if (/^-(?:dest|tos)/iu.test(word)) destination = /^-tos/iu.test(word) || destination === '//' ? '//' : value;
      // A path precedes values without a name.
      else if (/^-[flp]/iu.test(word) && TARGET.test(word)) operands.unshift(value);
      else if (TARGET.test(word)) operands.push(value);
    }
  }
  if (name === 'tar') ({ operands } = splitTar(words));
  if (/^(?:(?:set|add)-content|out-file|set-item|rename-item|ren)$/u.test(name)) operands = operands.slice(0, 1);
  if (LOADS.test(name)) operands = [...findValues(words, UPLOAD), ...words.flatMap((word) => word.split('@').slice(1))];
  if (/^(?:net|sc|systemctl|docker|crictl|openssl|reg)$/u.test(name)) operands = operands.slice(1);
  const hasPlace = /^(?:cp|copy|mv|move|copy-item|move-item|xcopy|robocopy|scp|rsync|uniq|xxd)$/u.test(name);
  const [folder] = /^(?:cp|mv)$/u.test(name) ? findValues(words, /^(?:-\w*t|--target\S*)$/u) : [];
  if (folder !== undefined) {
    destination = folder;
    operands = operands.filter((operand) => operand !== folder);
  } else if (hasPlace && destination === undefined && operands.length > 1) destination = operands.pop();
  return { operands, destination };
}

/** Short forms of the options of `kubectl`. */
const SHORT: Readonly<Record<string, string>> = {
  namespace: 'n',
  output: 'o',
  template: 'o',
  filename: 'f',
  kustomize: 'f',
  k: 'f',
  selector: 'l',
  'all-namespaces': 'A',
};

/** Options of `tar` with a value, which may be the next word. */
const TAR_VALUES = /[bCfFgHIKLNTVX]/gu;
const TAR_OPTION = /^-(?:(?!-)([^-bCfFgHIKLNTVX]*)([bCfFgHIKLNTVX]?)|-([\w-]+))=?(.*)$/su;
const TAR_LONG = /^(?:dir\w*|exclude|file|index\S*|listed\S*)$/u;

/** Returns what `tar` reads, and the archive or the folders that it writes. */
function splitTar([first = '', ...others]: readonly string[]) {
  // Without a hyphen, the values follow the options in order.
  const bundle = first.startsWith('-') ? [] : (first.match(TAR_VALUES) ?? []);
  const words = [
    first.startsWith('-') ? first : `-${first.replaceAll(TAR_VALUES, '')}`,
    ...bundle.map((letter, at) => `-${letter}${others[at] ?? ''}`),
    ...others.slice(bundle.length),
  ];
  const modes: string[] = [];
  const operands: string[] = [];
  const archives: string[] = [];
  const folders: string[] = [];
  const written: string[] = [];
  let folder = '';
  const join = (path: string): string => (folder === '' || /^(?:[/~]|\w:)/u.test(path) ? path : `${folder}/${path}`);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [option, letters = '', short = '', long = '', own = ''] = TAR_OPTION.exec(word) ?? [];
    if (option === undefined) operands.push(join(word));
    else modes.push(long === '' ? `-${letters}` : `--${long}`);
    const isPair = own === '' && (short !== '' || TAR_LONG.test(long));
    if (isPair) at += 1;
    const value = isPair ? (words[at] ?? '') : own;
    const name = short + long;
    if (/^(?:C$|dir|one)/u.test(name)) folders.push(join(value));
    // Each folder is relative to the one before.
    if (/^(?:C$|dir)/u.test(name)) folder = join(value);
    if (/^f(?:ile)?$/u.test(name)) archives.push(value);
    if (/^(?:g$|index|listed)/u.test(name)) written.push(value);
  }
  const hasMode = (pattern: RegExp): boolean => modes.some((mode) => pattern.test(mode));
  if (hasMode(/^-(?:\w*x|-(?:ext|get))/u))
    return { operands: [], written: [...written, ...(folders.length > 0 ? folders : ['*'])] };
  if (!hasMode(/^-(?:\w*[Acru]|-(?:app|cat|con|cr|up))/u)) return { operands: [], written };
  return { operands, written: [...written, ...archives] };
}

/** Returns the files that options make a command write. */
export function findWritten(words: readonly string[], name: string): string[] {
  if (name === 'tar') return splitTar(words).written;
  return WRITERS.test(name) ? findValues(words, TARGET_FILE).filter((value) => !value.includes('://')) : [];
}

/** Returns the values of options. A value follows `=` or a short option, or is the next word. */
function findValues(words: readonly string[], options: RegExp): string[] {
  return words.flatMap((word, at) => {
    const [option = '', ...value] = word.replace(/^-\w*[oOPTt](?=[/~.])/u, '$&=').split('=');
    return options.test(option) ? [value.length > 0 ? value.join('=') : (words[at + 1] ?? '')] : [];
  });
}

/** A short option and its value in one word. */
const ATTACHED = /^-([cfklnosv])(?=[^=])/u;
/** Returns the words of a `kubectl` command without options, and its options. */
export function splitKubectl(words: readonly string[]) {
  const bare: string[] = [];
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, name = '', value] = /^--?([\w-]+)(?:=(.*))?$/su.exec(word.replace(ATTACHED, '-$1=')) ?? [];
    const isPair = value === undefined && VALUE_OPTIONS.has(name);
    if (name === '') bare.push(word);
    else options.set(SHORT[name] ?? name, value ?? (isPair ? (words[at + 1] ?? '') : ''));
    if (isPair) at += 1;
  }
  return { bare, options };
}

const KINDS: Readonly<Record<string, string>> = {
  ...{ ns: 'namespace', po: 'pod', no: 'node', deploy: 'deployment', ds: 'daemonset', sts: 'statefulset' },
};

/** Returns the names of objects that are written as `kind name`, `kind,kind name` or `kind/name`. */
export function kubernetesNames([first = '', ...others]: readonly string[], space: string, isEvery: boolean): string[] {
  const names = isEvery || others.length === 0 ? ['*'] : others;
  const all = first.includes('/')
    ? [first, ...others]
    : first.split(',').flatMap((kind) => names.map((name) => `${kind}/${name}`));
  return all.map((each) => {
    const [kind = '', name = ''] = each.toLowerCase().split('/', 2);
    return `kube:${KINDS[kind] ?? kind.replace(/s?(?:\..*)?$/u, '')}/${space}/${name}`;
  });
}
