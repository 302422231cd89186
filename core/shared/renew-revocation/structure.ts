import type { Severity } from '../finding.ts';
import { instantFromMs, epochMs, parseInstant, SECOND_MS, type Instant } from '../instant.ts';
import type { RevocationEntry, RevocationKind } from './entry.ts';
import { FIELD_OF_KIND, VALUE_FIELDS, type DraftEntry, type EntryField } from './draft.ts';
import { comparableEntry } from './match.ts';

export interface EntryFault {
  rule: EntryFaultRule;
  severity: Severity;
  field: EntryField;
  params?: Record<string, string>;
}

export const ENTRY_FAULT_RULES = [
  'revocation.kind-missing',
  'revocation.kind-unknown',
  'revocation.kind-spelling',
  'revocation.value-missing',
  'revocation.value-extra',
  'revocation.bad-serial',
  'revocation.bad-dns',
  'revocation.bad-ip',
  'revocation.ip-range',
  'revocation.blank',
  'revocation.bad-not-before',
  'revocation.not-before-form',
] as const;
export type EntryFaultRule = (typeof ENTRY_FAULT_RULES)[number];

/** In lower case. Unpublished spellings are inferred, and accepted with a warning. */
const KINDS: ReadonlyMap<string, RevocationKind> = new Map([
  ['serialnumber', 'serialnumber'],
  ['serial', 'serialnumber'],
  ['group', 'Group'],
  ['dns', 'DNS'],
  ['ip', 'IP'],
]);

export function kindNamed(spelling: string): RevocationKind | undefined {
  return KINDS.get(spelling.toLowerCase());
}

/** Faults of values that can match nothing. For a group, that is only a missing value. */
const VALUE_FAULTS: Record<RevocationKind, EntryFaultRule> = {
  serialnumber: 'revocation.bad-serial',
  Group: 'revocation.value-missing',
  DNS: 'revocation.bad-dns',
  IP: 'revocation.bad-ip',
};

/** Two addresses, or one with a prefix length. */
const RANGE = /^[0-9a-f.:]+\s*[/-]\s*[0-9a-f.:]+$/iu;

/** Reads the kind, the one value of that kind, and the cutoff. Returns no entry if it would be unusable. */
export function checkEntry(written: DraftEntry): { faults: EntryFault[]; entry?: RevocationEntry } {
  const faults: EntryFault[] = [];
  const kind = readKind(written.kind, faults);
  if (kind === undefined) return { faults };
  const value = readValue(written, kind, faults);
  const notBefore = readNotBefore(written.notBefore, faults);
  if (value === undefined || notBefore === 'unreadable') return { faults };
  const { description } = written;
  const entry: RevocationEntry = {
    kind,
    value,
    ...(description !== undefined && description !== '' && { description }),
    notBefore,
  };
  return { faults, entry };
}

function readKind(found: string | undefined, faults: EntryFault[]): RevocationKind | undefined {
  if (found === undefined || found === '') {
    faults.push({ rule: 'revocation.kind-missing', severity: 'error', field: 'kind' });
    return undefined;
  }
  const kind = kindNamed(found);
  if (kind === undefined) {
    faults.push({ rule: 'revocation.kind-unknown', severity: 'error', field: 'kind', params: { kind: found } });
  } else if (found !== kind) {
    const params = { found, published: kind };
    faults.push({ rule: 'revocation.kind-spelling', severity: 'warning', field: 'kind', params });
  }
  return kind;
}

/** Returns the value as written if it is the only one and can match something. */
function readValue(written: DraftEntry, kind: RevocationKind, faults: EntryFault[]): string | undefined {
  const own = FIELD_OF_KIND[kind];
  const extra = VALUE_FIELDS.filter((field) => field !== own && written[field] !== undefined);
  for (const field of extra)
    faults.push({ rule: 'revocation.value-extra', severity: 'error', field, params: { kind, field } });
  const text = written[own];
  if (text === undefined || text === '') {
    faults.push({ rule: 'revocation.value-missing', severity: 'error', field: own, params: { kind, field: own } });
    return undefined;
  }
  const isBlank = text !== text.trim();
  if (isBlank) faults.push({ rule: 'revocation.blank', severity: 'error', field: own });
  if (comparableEntry({ kind, value: text }) !== undefined) return extra.length === 0 ? text : undefined;
  const rule = kind === 'IP' && RANGE.test(text) ? 'revocation.ip-range' : VALUE_FAULTS[kind];
  if (!isBlank) faults.push({ rule, severity: 'error', field: own });
  return undefined;
}

/**
 * Reads the cutoff, which is published as UTC to the second. An offset is converted; a fraction is rounded up, so that
 * a certificate issued earlier within that second stays revoked.
 */
function readNotBefore(text: string | undefined, faults: EntryFault[]): Instant | undefined | 'unreadable' {
  if (text === undefined) return undefined;
  const field = 'notBefore';
  const readAs = readMoment(text);
  if (readAs === undefined) {
    faults.push({ rule: 'revocation.bad-not-before', severity: 'error', field, params: { reason: findReason(text) } });
    return 'unreadable';
  }
  if (readAs !== text) {
    const reason = text.endsWith('Z') ? 'fraction' : 'zone';
    faults.push({ rule: 'revocation.not-before-form', severity: 'warning', field, params: { readAs, reason } });
  }
  return readAs;
}

/** Returns why a text is not a date and time. */
function findReason(text: string): 'blank' | 'date' | 'zone' | 'other' {
  if (text !== text.trim()) return 'blank';
  const [, time, zone] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(.*)$/u.exec(text) ?? [];
  if (time === undefined) return 'other';
  return readMoment(`${time}Z`) === undefined || zone === 'Z' ? 'date' : 'zone';
}

function readMoment(text: string): Instant | undefined {
  const cut = parseInstant(text);
  if (cut === undefined) return undefined;
  const hasFraction = /\.\d*[1-9]/u.test(text);
  const moment = hasFraction ? instantFromMs(epochMs(cut) + SECOND_MS) : cut;
  // An offset can move the year beyond the range that sorts as text.
  return /^\d{4}-/u.test(moment) ? moment : undefined;
}
