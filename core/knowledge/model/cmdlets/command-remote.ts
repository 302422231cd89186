import { OPENSSH, POWERSHELL_QUOTING } from '../sources/sources-repair.ts';
import { ipBytes } from '../../../shared/ip-address.ts';
import type { Word } from './command-words.ts';
import type { Hazard, NamedCommand } from './command-problem.ts';

/*
 * Checks commands that `ssh` and `scp` run on a node: which side expands a word, and whether the word makes sense on
 * Linux. The user is administrator on Windows nodes and clouduser on Linux nodes.
 */

/** Options of `ssh` and `scp` whose value is the next word. Source: their manual pages. */
const VALUE_OPTION = /^-[BbcDEeFIiJLlmOopPQRSWwX]$/u;
const DESTINATION = /^([^@:\s]+)@[^:\s]+(?::(.*))?$/su;
const WINDOWS_USER = /^administrator$|\\/iu;
const WINDOWS_PATH = /(?<![\w$])[a-z]:[\\/][^\s'"|;]*|\$env:\w+[^\s'"|;]*|%\w+%/iu;
const LINUX_WORDS = /(?:^|[\s;|&(])sudo\b|(?:^|[\s:;|&(])(?:~|\/(?:etc|var|opt|usr|home|tmp)\b)|\bcrictl\b/u;
/** `$( … )` with a Linux program, or a variable name that PowerShell lacks or uses itself. */
const SUBSTITUTION =
  /(?<!`)\$\(\s*(?:sudo|awk|cat|crictl|cut|date|docker|find|grep|head|hostname|ip|jq|kubectl|ls|openssl|pwd|sed|tail|uname|wc|whoami)\b/iu;
const SHELL_VARIABLE = /(?<!`)\$(?:HOME|USER|PATH|PWD|SHELL|HOSTNAME|[1-9?@*#!])(?![\w.])/u;

export function findRemoteHazards({ name, rest }: NamedCommand): Hazard[] {
  if (name !== 'ssh' && name !== 'scp') return [];
  const words = rest.slice(skipOptions(rest.map(({ value }) => value)));
  const places = name === 'ssh' ? words.slice(0, 1) : words.filter(({ value }) => DESTINATION.test(value));
  const remote = name === 'ssh' ? words.slice(1) : [];
  const [, user = ''] = DESTINATION.exec(places[0]?.value ?? '') ?? [];
  const paths = places.map(({ value }) => DESTINATION.exec(value)?.[2] ?? '');
  const isLinux = LINUX_WORDS.test([...remote.map(({ value }) => value), ...paths.map((path) => `:${path}`)].join(' '));
  const isWindowsUser = WINDOWS_USER.test(user);
  const hazards: Hazard[] = [];
  const [place] = places;
  if (place !== undefined && isWindowsUser && isLinux)
    hazards.push({
      code: 'windows-user',
      severity: 'error',
      part: { at: place.at + Math.max(0, place.raw.indexOf(user)), raw: user },
      params: { text: user },
      suggestion: 'clouduser',
      citations: [OPENSSH],
    });
  for (const { at, raw, value } of places) {
    const [text = ''] = /(?<=^(?:[^@]*@)?)\d+(?:\.\d+)+(?=:|$)/u.exec(value) ?? [];
    if (text !== '' && ipBytes(text) === undefined)
      hazards.push({
        ...{
          code: 'bad-format',
          severity: 'error',
          params: { text, name, example: '10.0.0.11' },
          citations: [OPENSSH],
        },
        part: { at: at + Math.max(0, raw.indexOf(text)), raw: text },
      });
  }
  if (!isWindowsUser || isLinux) for (const word of remote) hazards.push(...windowsPaths(word));
  for (const word of remote) hazards.push(...localExpansions(word));
  return hazards;
}

/** Returns the command that `ssh` runs, and whether its user is a Windows user. */
export function splitRemote(words: readonly string[]) {
  const at = skipOptions(words);
  return {
    all: words.slice(at),
    remote: words.slice(at + 1),
    isWindows: WINDOWS_USER.test(words[at]?.split('@', 1)[0] ?? '') && !LINUX_WORDS.test(words.join(' ')),
  };
}

/** Returns the index of the destination, after which everything belongs to the remote command. */
function skipOptions(words: readonly string[]): number {
  let at = 0;
  while (words[at]?.startsWith('-') === true) at += VALUE_OPTION.test(words[at] ?? '') ? 2 : 1;
  return at;
}

function windowsPaths(word: Word): Hazard[] {
  const match = WINDOWS_PATH.exec(word.raw);
  if (match === null) return [];
  const [text] = match;
  return [
    {
      code: 'windows-path',
      severity: 'error',
      part: { at: word.at + match.index, raw: text },
      params: { text },
      citations: [OPENSSH],
    },
  ];
}

function localExpansions(word: Word): Hazard[] {
  const { raw } = word;
  if (raw.startsWith("'")) return [];
  const match = SUBSTITUTION.exec(raw) ?? SHELL_VARIABLE.exec(raw);
  if (match === null) return [];
  const text = match[0].startsWith('$(') ? '$(…)' : match[0];
  const inner = raw.slice(1, -1);
  const isPlain = /^"[^"'`]*"$/u.test(raw) && !/\$(?![(?@*#!\d]|HOME|USER|PATH|PWD|SHELL|HOSTNAME)/u.test(inner);
  return [
    {
      code: 'expands-locally',
      severity: 'warning',
      part: word,
      params: { text },
      ...(isPlain && { suggestion: `'${inner}'` }),
      citations: [POWERSHELL_QUOTING],
    },
  ];
}
