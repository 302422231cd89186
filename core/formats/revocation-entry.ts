import type { Finding, Severity } from '../domain/finding.ts';
import { instantFromMs, msOf, parseInstant, SECOND_MS } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import type { RevocationEntry, RevocationKind } from '../domain/revocation.ts';
import { comparableIp, comparableSerial, dnsPattern } from '../domain/revocation-values.ts';
import type { Fields } from './fields.ts';
import type { RevocationRule } from './revocation-rules.ts';
import type { YamlNode } from './yaml.ts';

interface KindRule {
  kind: RevocationKind;
  /** The one field that an entry of this kind has its value in. */
  field: string;
  isValue: (text: string) => boolean;
  /** What is found when it is none. */
  rule?: RevocationRule;
}

const SERIAL: KindRule = {
  kind: 'serialnumber',
  field: 'serialNumber',
  isValue: (text) => comparableSerial(text) !== undefined,
  rule: 'revocation.bad-serial',
};

/** By kind in lower case. Other spellings than the published are inferred, and read with a warning. */
const KINDS: ReadonlyMap<string, KindRule> = new Map([
  ['serialnumber', SERIAL],
  ['serial', SERIAL],
  ['group', { kind: 'Group', field: 'group', isValue: () => true }],
  [
    'dns',
    {
      kind: 'DNS',
      field: 'dns',
      isValue: (text) => dnsPattern(text) !== undefined,
      rule: 'revocation.bad-dns',
    },
  ],
  [
    'ip',
    {
      kind: 'IP',
      field: 'ip',
      isValue: (text) => comparableIp(text) !== undefined,
      rule: 'revocation.bad-ip',
    },
  ],
]);
const VALUE_FIELDS = [...new Set([...KINDS.values()].map(({ field }) => field))];

/** An entry of `spec.revocations`: as a list of one, or of none with findings that say why. */
export function readRevocationEntry(fields: Fields, findings: Finding[]): RevocationEntry[] {
  const report: Report = (rule, severity, field, params) => {
    const place = fields.placeOf(field);
    findings.push({ rule, severity, place, ...(params !== undefined && { params }) });
  };
  const kind = readKind(fields, report);
  if (kind === undefined) return [];
  const value = readValue(fields, kind, report);
  const notBefore = readNotBefore(fields, report);
  if (value === undefined || notBefore === 'unreadable') return [];
  const description = fields.text('description')?.text;
  return [
    {
      kind: kind.kind,
      value,
      ...(description !== undefined && { description }),
      ...(notBefore !== undefined && { notBefore }),
    },
  ];
}

type Report = (
  rule: RevocationRule,
  severity: Severity,
  field: string,
  params?: Record<string, string>,
) => void;

function readKind(fields: Fields, report: Report): KindRule | undefined {
  const found = fields.name('kind');
  if (found === undefined) {
    report('revocation.kind-missing', 'error', 'kind');
    return undefined;
  }
  const known = KINDS.get(found.toLowerCase());
  if (known === undefined) report('revocation.kind-unknown', 'error', 'kind', { kind: found });
  else if (found !== known.kind) {
    report('revocation.kind-spelling', 'warning', 'kind', { found, published: known.kind });
  }
  return known;
}

/** The value as it is written, when it is the only one and can match something. */
function readValue(fields: Fields, { kind, field, isValue, rule }: KindRule, report: Report) {
  const extra = VALUE_FIELDS.filter((other) => other !== field && fields.has(other));
  for (const other of extra)
    report('revocation.value-extra', 'error', other, { kind, field: other });
  const text = fields.text(field)?.text;
  if (text === undefined) {
    report('revocation.value-missing', 'error', field, { kind, field });
    return undefined;
  }
  if (isValue(text)) return extra.length === 0 ? text : undefined;
  if (rule !== undefined) report(rule, 'error', field);
  return undefined;
}

/**
 * Published is UTC to the second. An offset is converted; a fraction is rounded up, so that a certificate of that second,
 * which was issued before it, stays revoked.
 */
function readNotBefore(fields: Fields, report: Report): Instant | undefined | 'unreadable' {
  const node = fields.map.entries.get('notBefore');
  if (node === undefined || isNull(node)) return undefined;
  const text = node.kind === 'text' ? node.text : '';
  const readAs = readMoment(text);
  if (readAs === undefined) {
    report('revocation.bad-not-before', 'error', 'notBefore');
    return 'unreadable';
  }
  if (readAs !== text) report('revocation.not-before-form', 'warning', 'notBefore', { readAs });
  return readAs;
}

/** Quoted, it is text and no null. */
function isNull(node: YamlNode): boolean {
  return node.kind === 'text' && node.plain && ['', '~', 'null'].includes(node.text);
}

function readMoment(text: string): Instant | undefined {
  const cut = parseInstant(text);
  if (cut === undefined) return undefined;
  const hasFraction = /\.\d*[1-9]/u.test(text);
  const moment = hasFraction ? instantFromMs(msOf(cut) + SECOND_MS) : cut;
  // An offset can lead out of the years that sort as text.
  return /^\d{4}-/u.test(moment) ? moment : undefined;
}
