import type { Instant } from '../../shared/instant.ts';
import {
  API_VERSION,
  FIELD_OF_KIND,
  OBJECT_KIND,
  PUBLISHED_NAMESPACE,
  VALUE_FIELDS,
} from '../../shared/renew-revocation/draft.ts';
import type { RevocationKind } from '../../shared/renew-revocation/entry.ts';

/*
 * Completions for a RenewRevocation in YAML. Unfinished text can rarely be parsed, so the position is inferred from
 * indentation. If that is inconclusive, there are no completions.
 */

interface CompletionFacts {
  now: Instant;
  groups: readonly { group: string; certificates: number }[];
}

export interface CompletionOption {
  /** Displayed text, which is compared with the prefix. */
  text: string;
  /** By default, `text`. */
  insert?: string;
  about?: { kind: 'now' } | { kind: 'group'; certificates: number };
}

export interface Completion {
  from: number;
  options: readonly CompletionOption[];
}

/** `null` stands for a list item. */
type Path = readonly (string | null)[];

interface Line {
  dashes: readonly number[];
  column: number;
  /** Text from `column` to the end of the line. */
  rest: string;
  key?: string;
  value: string;
}

interface Place {
  path: Path;
  beside: ReadonlyMap<string, string>;
  /** Whether the line is below a list item and could begin the next one. */
  isFollowing: boolean;
}

const LINE = /^( *)((?:-(?: +|$))*)(.*)$/u;
const FIELD = /^(["']?)([\w./-]+)\1 *:(?= |$)(.*)$/u;
/** All lines below the header of a block scalar are text. */
const BLOCK_TEXT = /^[|>][-+\d]*(?: *#.*)?$/u;
/** Values that mean the same in YAML with and without quotes. */
const PLAIN = /^[A-Za-z][\w./:-]*[\w./-]$/u;
const PLAIN_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off']);

const KINDS = Object.keys(FIELD_OF_KIND);
const PARENTS: ReadonlySet<string> = new Set(['metadata', 'spec', 'revocations']);
const FIELDS = {
  object: ['apiVersion', 'kind', 'metadata', 'spec'],
  metadata: ['name', 'namespace'],
  spec: ['description', 'revocations'],
} as const;

/** Lists the options at an offset; `undefined` if there are none. Lines must end in line feeds. */
export function completionAt(text: string, offset: number, facts: CompletionFacts): Completion | undefined {
  const lines = text.split('\n');
  const before = text.slice(0, offset).split('\n');
  const at = before.length - 1;
  const typed = before[at] ?? '';
  const first = before.slice(0, at).findLastIndex(isMark) + 1;
  const next = lines.findIndex((line, index) => index > at && isMark(line));
  const document = lines.slice(first, next < 0 ? undefined : next);
  const place = findPlace(document, at - first);
  if (place === undefined || endsInComment(typed)) return undefined;
  const path = objectPath(place.path);
  if (path === undefined || !isOurs(document, place.path.length - path.length)) return undefined;

  const behind = (lines[at] ?? '').slice(typed.length);
  const line = parseLine(typed);
  const field = FIELD.exec(line.rest);
  if (field === null) {
    if (!/^\w*$/u.test(line.rest) || !/^(?:\w*:.*|\s*)$/u.test(behind)) return undefined;
    // A dash needs a space after it.
    if (typed.endsWith('-')) return undefined;
    return offer(offset - line.rest.length, fieldsFor({ ...place, path }, line.column, behind.includes(':')));
  }
  const [, , key = '', value = ''] = field;
  if (!value.startsWith(' ') || !/^\s*(?:#.*)?$/u.test(behind)) return undefined;
  return offer(offset - value.trimStart().length, valuesFor(path, key, facts));
}

function offer(from: number, options: readonly CompletionOption[]): Completion | undefined {
  return options.length === 0 ? undefined : { from, options };
}

function isMark(line: string): boolean {
  return /^(?:---|\.\.\.)(?: |$)/u.test(line);
}

function parseLine(text: string): Line {
  const [, blanks = '', marks = '', rest = ''] = LINE.exec(text) ?? [];
  const dashes: number[] = [];
  for (const [index, mark] of [...marks].entries()) if (mark === '-') dashes.push(blanks.length + index);
  const [, , key, value = ''] = FIELD.exec(rest) ?? [];
  const column = blanks.length + marks.length;
  return { dashes, column, rest, value: value.trim(), key };
}

function endsInComment(typed: string): boolean {
  return /(?:^|\s)#/u.test(typed.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/gu, ''));
}

/** Finds the position of a line in the document; `undefined` inside multi-line text. */
function findPlace(lines: readonly string[], at: number): Place | undefined {
  const own = parseLine(lines[at] ?? '');
  const path: (string | null)[] = [];
  const beside = new Map<string, string>();
  let { column } = own;
  /** The dash of a list may be in the column of its field. */
  let isItem = false;
  let isFollowing = false;
  const enter = (dashes: readonly number[]): void => {
    for (const dash of dashes.toReversed()) {
      if (dash >= column) continue;
      path.unshift(null);
      column = dash;
      isItem = true;
    }
  };

  enter(own.dashes);
  for (const line of meaningful(lines.slice(0, at)).toReversed()) {
    const isOwnLevel = path.length === 0;
    if (line.key !== undefined && (line.column < column || (isItem && line.column === column))) {
      if (BLOCK_TEXT.test(line.value)) return undefined;
      path.unshift(line.key);
      ({ column } = line);
      isItem = false;
    } else if (isOwnLevel && line.key !== undefined && line.column === column) {
      beside.set(line.key, line.value);
    } else if (isOwnLevel && beside.size === 0 && line.dashes.includes(column)) {
      isFollowing = true;
    }
    enter(line.dashes);
  }
  for (const line of meaningful(lines.slice(at + 1))) {
    if ((line.dashes[0] ?? line.column) < own.column) break;
    if (line.key !== undefined && line.column === own.column) beside.set(line.key, line.value);
  }
  return { path, beside, isFollowing };
}

function meaningful(lines: readonly string[]): Line[] {
  return lines.filter((text) => /^\s*[^\s#]/u.test(text)).map(parseLine);
}

/** Returns the path relative to the object, which may be an item of a `List`. */
function objectPath(path: Path): Path | undefined {
  if (path[0] === 'items') return path[1] === null ? path.slice(2) : undefined;
  return path;
}

/**
 * Returns whether a document may be a RenewRevocation, because no line states another kind. Items of a `List` always
 * qualify.
 */
function isOurs(document: readonly string[], depth: number): boolean {
  if (depth > 0) return true;
  const kinds = document.flatMap((text) => {
    const { key, column, value } = parseLine(text);
    return key === 'kind' && column === 0 ? [value.replaceAll(/["']/gu, '')] : [];
  });
  return kinds.every((kind) => OBJECT_KIND.toLowerCase().startsWith(kind.toLowerCase()));
}

function fieldsFor({ path, beside, isFollowing }: Place, column: number, hasColon: boolean): CompletionOption[] {
  const option = (field: string): CompletionOption => {
    if (hasColon) return { text: field };
    if (!PARENTS.has(field)) return { text: field, insert: `${field}: ` };
    // Kubernetes prints the dashes of a list in the column of its field.
    const below = field === 'revocations' ? '- ' : '  ';
    return { text: field, insert: `${field}:\n${' '.repeat(column)}${below}` };
  };
  const listMissing = (fields: readonly string[]): CompletionOption[] =>
    fields.filter((field) => !beside.has(field)).map(option);
  const items = KINDS.map((kind) => ({ text: `- kind: ${kind}` }));
  switch (placeName(path)) {
    case '':
      return listMissing(FIELDS.object);
    case 'metadata':
      return listMissing(FIELDS.metadata);
    case 'spec':
      return [...(isFollowing ? items : []), ...listMissing(FIELDS.spec)];
    case 'spec.revocations':
      return items;
    case 'spec.revocations.[]':
      return listMissing(entryFields(beside));
    default:
      return [];
  }
}

/** Lists the fields that an entry may have, required fields first. Omits value fields that do not fit its kind. */
function entryFields(beside: Place['beside']): string[] {
  const kind = (beside.get('kind') ?? '').replaceAll(/["']/gu, '');
  const own = kind in FIELD_OF_KIND ? FIELD_OF_KIND[kind as RevocationKind] : undefined;
  const hasValue = VALUE_FIELDS.some((field) => beside.has(field));
  const values = hasValue ? [] : own === undefined ? VALUE_FIELDS : [own];
  const others = ['notBefore', 'description'];
  return own === undefined ? ['kind', ...values, ...others] : [...values, ...others];
}

function placeName(path: Path): string {
  return path.map((part) => part ?? '[]').join('.');
}

function valuesFor(path: Path, field: string, { now, groups }: CompletionFacts): CompletionOption[] {
  switch (placeName([...path, field])) {
    case 'apiVersion':
      return [{ text: API_VERSION }];
    case 'kind':
      return [{ text: OBJECT_KIND }];
    case 'metadata.namespace':
      return [{ text: PUBLISHED_NAMESPACE }];
    case 'spec.revocations.[].kind':
      return KINDS.map((kind) => ({ text: kind }));
    case 'spec.revocations.[].notBefore':
      return [{ text: `"${now}"`, about: { kind: 'now' } }];
    case 'spec.revocations.[].group':
      return groups.map(({ group, certificates }) => ({
        text: quoteValue(group),
        about: { kind: 'group', certificates },
      }));
    default:
      return [];
  }
}

function quoteValue(value: string): string {
  const isPlain = PLAIN.test(value) && !PLAIN_WORDS.has(value.toLowerCase());
  return isPlain ? value : JSON.stringify(value);
}
