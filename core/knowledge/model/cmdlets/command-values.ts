import { ipBytes } from '../../../shared/ip-address.ts';
import type { ValueKind } from './cmdlet.ts';
import type { CommandProblemCode } from './command-problem.ts';
import type { Word } from './command-words.ts';

/**
 * Type of a parameter. `preference`: how to handle errors, warnings and the like; `variable`: the name of a variable;
 * `option`: a switch of every cmdlet, which also takes numbers.
 */
export type ParameterKind = ValueKind | 'preference' | 'variable' | 'option';

type ValueFault = Extract<CommandProblemCode, 'many-values' | 'empty-value' | 'wrong-value' | 'bad-format'>;

/** Values of ActionPreference that a script may use, in numeric order. Source: about_CommonParameters, version 5.1. */
const PREFERENCES = ['silentlycontinue', 'stop', 'continue', 'inquire', 'ignore'];
/** A further value, reserved for workflows. */
const RESERVED_PREFERENCE = 'suspend';

/** A number in PowerShell 5.1 syntax: decimal or hexadecimal, with an optional type and unit. */
const NUMBER = /^(?:0x([\da-f]+)|(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?))[dl]?([kmgtp]b)?$/iu;
const UNITS = ['kb', 'mb', 'gb', 'tb', 'pb'];
const INT32 = 2 ** 31;

/** Returns why the words are not a value or list of this kind; `undefined` if they are or may be one. */
export function findValueFault(
  kind: ParameterKind,
  words: readonly Word[],
  isMandatory: boolean,
): ValueFault | undefined {
  const [word] = words;
  if (word === undefined) return undefined;
  if (words.length > 1) return kind === 'object' ? undefined : 'many-values';
  const constant = constantKind(word);
  if (constant === 'unknown') return isText(word) && TRUTHS.includes(kind) ? 'wrong-value' : undefined;
  if (constant === 'null' || constant === '') return emptyFault(kind, constant, isMandatory);
  if (!accepts(kind, word, constant)) return 'wrong-value';
  return constant === 'text' && !isPlaceholder(word) && FORMATS[kind]?.pattern.test(word.value) === false
    ? 'bad-format'
    : undefined;
}

function isPlaceholder({ value }: Word): boolean {
  return value.includes('<');
}

function isIpv4Range(text: string): boolean {
  const [, address = ''] = /^([\d.]+)\/(?:3[0-2]|[12]?\d)$/u.exec(text) ?? [];
  return ipBytes(address) !== undefined;
}

/** Values that PowerShell passes on as text, although the product needs a certain form. */
export const FORMATS: Readonly<Partial<Record<ParameterKind, { pattern: Pick<RegExp, 'test'>; example: string }>>> = {
  version: { pattern: /^v?\d+(?:\.\d+){1,3}(?:-[\w.]+)?$/u, example: 'v1.24.11' },
  cidr: { pattern: { test: isIpv4Range }, example: '10.96.0.0/16' },
  mac: { pattern: /^[\da-f]{2}(?:[:-]?[\da-f]{2}){0,5}$/iu, example: '02:ec:01:0c:00:08' },
  fqdn: {
    pattern: /^(?!\d+(?:\.\d+)*$)[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/iu,
    example: 'ca-1.contoso.com',
  },
  guid: { pattern: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu, example: '00000000-0000-0000-0000-000000000000' },
  sid: { pattern: /^S-1(?:-\d+)+$/iu, example: 'S-1-5-21-1-2-3-1104' },
  path: { pattern: /^(?:\\\\\?\\)?(?:\w+:{1,2})?[^<>"|?*:]*$/u, example: 'C:\\temp' },
  port: {
    pattern: /^["']?0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/u,
    example: '55000',
  },
  encoding: {
    pattern: /^(?:unknown|string|unicode|byte|bigendianunicode|utf8|utf7|utf32|ascii|default|oem|bigendianutf32)$/iu,
    example: 'UTF8',
  },
};

/** Kinds to which PowerShell cannot convert any text. */
const TRUTHS: readonly ParameterKind[] = ['switch', 'option', 'boolean'];

/** Returns whether a word is a string, whatever its variables contain; quoted text followed by a member is not. */
function isText({ raw, isQuoted }: Word): boolean {
  return isQuoted ? /["'“”„‘’‚‛]$/u.test(raw) : /^[^$(@{]/u.test(raw);
}

/** `null` and `bool` stand for `$null`, `$true` and `$false`; `other` for a hash table or a script block. */
type Constant = '' | 'null' | 'bool' | 'text' | 'other' | 'unknown';

function constantKind({ raw, value, isQuoted, isExpression }: Word): Constant {
  if (isQuoted) return isExpression ? 'unknown' : value === '' ? '' : 'text';
  if (/^\$null$/iu.test(raw)) return 'null';
  if (/^\$(?:true|false)$/iu.test(raw)) return 'bool';
  if (/^@?\{/u.test(raw)) return 'other';
  return isExpression ? 'unknown' : 'text';
}

function emptyFault(kind: ParameterKind, constant: '' | 'null', isMandatory: boolean): ValueFault | undefined {
  switch (kind) {
    case 'switch':
    case 'option':
      return constant === 'null' ? undefined : 'wrong-value';
    // An empty value counts as 0.
    case 'number':
    case 'port':
      return undefined;
    case 'boolean':
    case 'preference':
      return 'wrong-value';
    case 'variable':
      return constant === '' ? 'empty-value' : undefined;
    case 'object':
      return isMandatory && constant === 'null' ? 'empty-value' : undefined;
    default:
      return isMandatory ? 'empty-value' : undefined;
  }
}

function accepts(kind: ParameterKind, { value, isQuoted }: Word, constant: Constant): boolean {
  const number = constant === 'text' && !isQuoted && NUMBER.test(value);
  switch (kind) {
    case 'switch':
      return constant === 'bool';
    case 'option':
    case 'boolean':
      return constant === 'bool' || number;
    case 'number':
    case 'port':
      return constant === 'bool' || (constant === 'text' && isInt32(value, isQuoted));
    case 'preference':
      return constant === 'text' && isPreference(value);
    default:
      return true;
  }
}

/** Returns whether text converts to a 32-bit integer, rounded as PowerShell does. */
function isInt32(text: string, isQuoted: boolean): boolean {
  // In quoted text, commas may group the digits.
  const trimmed = (isQuoted ? text.trim().replaceAll(/(?<=\d),(?=\d)/gu, '') : text).replace(/^[+-]/u, '');
  if (isQuoted && trimmed === '') return true;
  const match = NUMBER.exec(trimmed);
  if (match === null) return false;
  const [, hexadecimal, decimal = '0', unit = ''] = match;
  const factor = 1024 ** (UNITS.indexOf(unit.toLowerCase()) + 1);
  const number = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return Math.round(number * factor) < INT32 || (text.trim().startsWith('-') && number * factor === INT32);
}

/** Returns whether text is a name, the beginning of exactly one name, or the number of a name. */
function isPreference(text: string): boolean {
  const folded = text.trim().toLowerCase();
  if (/^\d+$/u.test(folded)) return Number(folded) < PREFERENCES.length;
  if (PREFERENCES.includes(folded)) return true;
  const meant = [...PREFERENCES, RESERVED_PREFERENCE].filter((name) => name.startsWith(folded));
  return meant.length === 1 && meant[0] !== RESERVED_PREFERENCE;
}

/** Allows upper and lower case: names are compared regardless of case, and pages print both. */
const CLUSTER_NAME = /^[A-Za-z\d](?:[A-Za-z\d.-]{0,251}[A-Za-z\d])?$/u;
/** Source: Kubernetes, “Object Names and IDs”. */
export function isClusterName(text: string): boolean {
  return CLUSTER_NAME.test(text);
}
