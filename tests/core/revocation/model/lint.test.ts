import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, instantFromMs, MINUTE_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import {
  CONSEQUENCE_IDS,
  consequencesIn,
  phraseFor,
  type DraftEntry,
  type RevocationDraft,
} from '../../../../core/shared/renew-revocation/draft.ts';
import { changeDraft } from '../../../../core/revocation/model/fix.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import { LINT_RULES, lintDraft } from '../../../../core/revocation/model/lint.ts';
import { annotationBytes, MOST_ANNOTATION_BYTES } from '../../../../core/revocation/model/lint-object.ts';
import type { LintFinding } from '../../../../core/revocation/model/rule.ts';
import { isMessageKey, LANGUAGES } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';

const SERIAL = '77fdf4b1033b387aaace6ce1c18710c2';
const shiftNow = (ms: number): string => instantFromMs(epochMs(NOW) + ms);
/** Long enough ago that the rules about backdating do not apply. */
const CUTOFF = shiftNow(-60 * MINUTE_MS);
const long = 'x'.repeat(200);
const RULE_IDS = LINT_RULES.map(({ id }) => id);

function aDraft(...entries: DraftEntry[]): RevocationDraft {
  return {
    apiVersion: 'certificates.microsoft.com/v1',
    kind: 'RenewRevocation',
    name: 'lost-laptop',
    namespace: 'kube-system',
    entries,
  };
}

function findFaults(draft: RevocationDraft, known: readonly KnownCertificate[] = []): LintFinding[] {
  return lintDraft(draft, { now: NOW, certificates: known }).findings;
}

const serial = (value: string, more: DraftEntry = {}): DraftEntry => ({
  kind: 'serialnumber',
  serialNumber: value,
  ...more,
});
const group = (value: string, more: DraftEntry = { notBefore: CUTOFF }): DraftEntry => ({
  kind: 'Group',
  group: value,
  ...more,
});
const dns = (value: string, more: DraftEntry = { notBefore: CUTOFF }): DraftEntry => ({
  kind: 'DNS',
  dns: value,
  ...more,
});
const ip = (value: string, more: DraftEntry = { notBefore: CUTOFF }): DraftEntry => ({
  kind: 'IP',
  ip: value,
  ...more,
});

const began = (ms: number, changes: Partial<KnownCertificate> = {}): KnownCertificate =>
  aKnown({ groups: ['ops'], notBeforeMs: epochMs(NOW) + ms, ...changes });
const DAY = 24 * 60 * MINUTE_MS;
const cutoffMs = epochMs(instant(CUTOFF)) - epochMs(NOW);

type Case = [title: string, entry: DraftEntry, isBroken: boolean, known?: KnownCertificate[]];

const RULES: Record<string, Case[]> = {
  'revocation.no-not-before': [
    ['a serial number alone', serial(SERIAL), false],
    ['a group with a cutoff', group('ops'), false],
    ['a group without a cutoff', group('ops', {}), true],
    ['a name without a cutoff', dns('a.example', {}), true],
    ['an address without a cutoff', ip('10.0.0.1', {}), true],
  ],
  'revocation.not-before-future': [
    ['a second ago', group('ops', { notBefore: shiftNow(-SECOND_MS) }), false],
    ['now', group('ops', { notBefore: NOW }), false],
    ['in a second', group('ops', { notBefore: shiftNow(SECOND_MS) }), true],
    ['a serial number in a second', serial(SERIAL, { notBefore: shiftNow(SECOND_MS) }), true],
  ],
  'revocation.repair-too-early': [
    ['in a second', group('ops', { notBefore: shiftNow(SECOND_MS) }), false],
    ['now', group('ops', { notBefore: NOW }), true],
    ['five minutes ago', group('ops', { notBefore: shiftNow(-5 * MINUTE_MS) }), true],
    ['five minutes and a second ago', group('ops', { notBefore: shiftNow(-5 * MINUTE_MS - SECOND_MS) }), false],
    ['a serial number now', serial(SERIAL, { notBefore: NOW }), false],
  ],
  'revocation.wide-group': [
    ['another group', group('system:node'), false],
    ['every kubelet', group('system:nodes'), true],
    ['every administrator', group('system:masters'), true],
    ['kubeadm’s administrators', group('kubeadm:cluster-admins'), true],
    ['a DNS name with that text', dns('system:masters'), false],
  ],
  'revocation.group-spelling': [
    ['spelled as in the certificate', group('ops'), false, [began(0)]],
    ['in upper case', group('OPS'), true, [began(0)]],
    ['with a space', group('ops '), true, [began(0)]],
    ['a well-known group in upper case', group('System:Masters'), true],
    ['an unknown group', group('other'), false, [began(0)]],
    ['one of two groups that differ in case', group('OPS'), false, [began(0), began(0, { groups: ['OPS'] })]],
  ],
  'revocation.dns-trailing-dot': [
    ['no dot', dns('kubernetes.default.svc'), false],
    ['a dot', dns('kubernetes.default.svc.'), true],
    ['a suffix with a dot', dns('.cluster.local.'), true],
    ['a group with a dot', group('ops.'), false],
  ],
  'revocation.dns-suffix-wide': [
    ['two labels', dns('.cluster.local'), false],
    ['one label', dns('.local'), true],
    ['one label and a dot', dns('.local.'), true],
    ['a name of one label', dns('kubernetes'), false],
  ],
  'revocation.dns-wildcard': [
    ['no wildcard', dns('a.example'), false],
    ['a wildcard label', dns('*.example.com'), true],
    ['a wildcard in a label', dns('a*.example.com'), true],
  ],
  'revocation.long-description': [
    ['the longest description', serial(SERIAL, { description: long }), false],
    ['one character more', serial(SERIAL, { description: `${long}x` }), true],
  ],
  'revocation.kubelet-server': [
    ['another certificate', serial(SERIAL), false, [aKnown({ serialHex: SERIAL })]],
    [
      'its serial number',
      serial(SERIAL.toUpperCase()),
      true,
      [aKnown({ serialHex: SERIAL, exempt: 'kubelet-server' })],
    ],
    ['its group', group('ops'), false, [began(-DAY, { exempt: 'kubelet-server' })]],
  ],
  'revocation.moc-certificate': [
    ['another certificate', serial('7f01'), false, [aKnown({ serialHex: '7f01' })]],
    ['a MOC certificate', serial('7f01'), true, [aKnown({ serialHex: '7f01', exempt: 'moc' })]],
  ],
  'revocation.authority': [
    ['a leaf', serial(SERIAL), false, [aKnown({ serialHex: SERIAL })]],
    ['a root', serial(SERIAL), true, [aKnown({ serialHex: SERIAL, exempt: 'authority' })]],
  ],
  'revocation.moc-serial': [
    ['16 digits', serial('f'.repeat(16)), true],
    ['17 digits', serial('f'.repeat(17)), false],
    ['16 digits after leading zeros', serial('00'.repeat(8) + 'f'.repeat(16)), true],
    ['16 digits of a known certificate', serial('f'.repeat(16)), false, [aKnown({ serialHex: 'f'.repeat(16) })]],
  ],
  'revocation.serial-decimal': [
    ['digits and a letter', serial('12a4'), false],
    ['digits alone', serial('1234'), true],
    ['digits that match as hex', serial('1234'), false, [aKnown({ serialHex: '1234' })]],
    ['digits that match as decimal', serial('1234'), true, [aKnown({ serialHex: '04d2' })]],
    [
      'digits that match in both readings',
      serial('1234'),
      true,
      [aKnown({ serialHex: '04d2' }), aKnown({ serialHex: '1234' })],
    ],
    ['a digit with the same value in both readings', serial('9'), false],
    ['10, which differs', serial('10'), true],
  ],
  'revocation.serial-reversed': [
    ['in the usual order', serial('0102'), false, [aKnown({ serialHex: '0102' })]],
    ['reversed', serial('0201'), true, [aKnown({ serialHex: '0102' })]],
    ['an unknown number', serial('0203'), false, [aKnown({ serialHex: '0102' })]],
    ['reversed, with a final zero byte', serial('02010000'), true, [aKnown({ serialHex: '0102' })]],
    ['with half a byte', serial('201'), false, [aKnown({ serialHex: '0102' })]],
  ],
  'revocation.serial-several': [
    ['one certificate', serial('0102'), false, [aKnown({ serialHex: '0102' })]],
    ['two certificates', serial('0102'), true, [aKnown({ serialHex: '0102' }), aKnown({ serialHex: '0102' })]],
    [
      'two certificates, one of them exempt',
      serial('0102'),
      true,
      [aKnown({ serialHex: '0102' }), aKnown({ serialHex: '0102', exempt: 'authority' })],
    ],
  ],
  'revocation.serial-unknown': [
    ['without known certificates', serial(SERIAL), false],
    ['a known number', serial(SERIAL), false, [aKnown({ serialHex: SERIAL })]],
    ['an unknown number beside known certificates', serial(SERIAL), true, [aKnown()]],
  ],
  'revocation.inert': [
    [
      'a certificate from a second before the cutoff',
      serial(SERIAL, { notBefore: CUTOFF }),
      false,
      [began(cutoffMs - SECOND_MS, { serialHex: SERIAL })],
    ],
    [
      'a certificate from that second',
      serial(SERIAL, { notBefore: CUTOFF }),
      true,
      [began(cutoffMs, { serialHex: SERIAL })],
    ],
    [
      'a certificate from a second later',
      serial(SERIAL, { notBefore: CUTOFF }),
      true,
      [began(cutoffMs + SECOND_MS, { serialHex: SERIAL })],
    ],
    ['without a cutoff', serial(SERIAL), false, [began(0, { serialHex: SERIAL })]],
    ['a group with a later certificate', group('ops'), false, [began(cutoffMs + SECOND_MS)]],
  ],
  'revocation.serial-narrowed': [
    ['an unknown number with a cutoff', serial(SERIAL, { notBefore: CUTOFF }), true],
    ['an unknown number', serial(SERIAL), false],
    ['a known number with a cutoff', serial(SERIAL, { notBefore: CUTOFF }), false, [aKnown({ serialHex: SERIAL })]],
  ],
  'revocation.same-second': [
    ['a second before', group('ops'), false, [began(cutoffMs - SECOND_MS)]],
    ['in that second', group('ops'), true, [began(cutoffMs)]],
    ['a second later', group('ops'), false, [began(cutoffMs + SECOND_MS)]],
    ['without a cutoff', group('ops', {}), false, [began(cutoffMs)]],
    ['another group', group('other'), false, [began(cutoffMs)]],
    ['an exempt certificate', group('ops'), false, [began(cutoffMs, { exempt: 'kubelet-server' })]],
  ],
  'revocation.backdated': [
    ['at the cutoff', group('ops'), false, [began(cutoffMs)]],
    ['a second before', group('ops'), true, [began(cutoffMs - SECOND_MS)]],
    ['five minutes before', group('ops'), true, [began(cutoffMs - 5 * MINUTE_MS)]],
    ['five minutes and a second before', group('ops'), false, [began(cutoffMs - 5 * MINUTE_MS - SECOND_MS)]],
    [
      'a serial number',
      serial(SERIAL, { notBefore: CUTOFF }),
      false,
      [began(cutoffMs - SECOND_MS, { serialHex: SERIAL })],
    ],
  ],
  'revocation.unmanaged-kubeconfig': [
    ['a certificate on a node', group('ops'), false, [began(cutoffMs - SECOND_MS)]],
    ['a kubeconfig', group('ops'), true, [began(cutoffMs - SECOND_MS, { layer: 'workstation' })]],
    ['a kubeconfig from the second of the cutoff', group('ops'), false, [began(cutoffMs, { layer: 'workstation' })]],
    ['a kubeconfig by serial number', serial(SERIAL), true, [began(0, { layer: 'workstation', serialHex: SERIAL })]],
  ],
  'revocation.only-exempt': [
    ['no match', group('ops'), false],
    ['a kubelet’s server certificate', group('ops'), true, [began(-DAY, { exempt: 'kubelet-server' })]],
    [
      'a second match that can be revoked',
      group('ops'),
      false,
      [began(-DAY, { exempt: 'kubelet-server' }), began(-DAY)],
    ],
  ],
  'revocation.kind-missing': [
    ['a kind', serial(SERIAL), false],
    ['no kind', { serialNumber: SERIAL }, true],
  ],
  'revocation.kind-unknown': [
    ['a known kind', serial(SERIAL), false],
    ['an unknown kind', { kind: 'Email' }, true],
  ],
  'revocation.kind-spelling': [
    ['as published', group('ops'), false],
    ['in lower case', { ...group('ops'), kind: 'group' }, true],
    ['in Pascal case', { ...serial(SERIAL), kind: 'SerialNumber' }, true],
  ],
  'revocation.value-missing': [
    ['a value', ip('10.0.0.1'), false],
    ['no value', { kind: 'IP', notBefore: CUTOFF }, true],
    ['an empty value', ip(''), true],
  ],
  'revocation.value-extra': [
    ['one value', dns('a.example'), false],
    ['two values', { ...dns('a.example'), ip: '10.0.0.1' }, true],
    ['the value of another kind', { kind: 'DNS', ip: '10.0.0.1', notBefore: CUTOFF }, true],
  ],
  'revocation.bad-serial': [
    ['20 bytes', serial('f'.repeat(40)), false],
    ['20 bytes and a digit', serial('f'.repeat(41)), true],
    ['20 bytes after a zero', serial(`0${'f'.repeat(40)}`), false],
    ['a negative number', serial('-1'), true],
    ['letters that are not hex', serial('xyz'), true],
  ],
  'revocation.bad-dns': [
    ['a name', dns('a'), false],
    ['a dot alone', dns('.'), true],
    ['two dots', dns('a..b'), true],
    ['253 characters', dns('a'.repeat(253)), false],
    ['254 characters', dns('a'.repeat(254)), true],
  ],
  'revocation.bad-ip': [
    ['an address', ip('10.0.0.1'), false],
    ['an IPv6 address', ip('fd00::1'), false],
    ['a number too large', ip('10.0.0.256'), true],
    ['a name', ip('node-1'), true],
  ],
  'revocation.ip-range': [
    ['an address', ip('10.0.0.1'), false],
    ['a prefix', ip('10.0.0.0/24'), true],
    ['two addresses', ip('10.0.0.1-10.0.0.9'), true],
    ['an IPv6 prefix', ip('fd00::/64'), true],
  ],
  'revocation.bad-not-before': [
    ['an instant', group('ops'), false],
    ['a day', group('ops', { notBefore: '2026-11-25' }), true],
    ['nothing', group('ops', { notBefore: '' }), true],
    ['29 February of a common year', group('ops', { notBefore: '2027-02-29T08:00:00Z' }), true],
    ['a blank at its end', group('ops', { notBefore: '2026-11-25T11:00:00Z ' }), true],
    ['no time zone', group('ops', { notBefore: '2026-11-25T11:00:00' }), true],
  ],
  'revocation.blank': [
    ['a blank inside', serial('77 fd f4 b1'), false],
    ['a blank before a serial number', serial(' 77fdf4b1'), true],
    ['a blank after a group', group('ops '), true],
    ['a blank after a DNS name', dns('edge.example '), true],
    ['a no-break space before an address', ip('\u00a010.0.0.1'), true],
  ],
  'revocation.not-before-form': [
    ['UTC and seconds', group('ops'), false],
    ['an offset', group('ops', { notBefore: '2026-11-25T12:00:00+09:00' }), true],
    ['a fraction', group('ops', { notBefore: '2026-11-25T11:00:00.5Z' }), true],
  ],
};

describe.each(Object.entries(RULES))('the rule %s', (rule, cases) => {
  test.each(cases)('is checked with %s', (_title, entry, isBroken, known = []) => {
    const found = findFaults(aDraft(entry), known).filter((finding) => finding.rule === rule);
    expect(found).toHaveLength(isBroken ? 1 : 0);
    for (const { entryIndex } of found) expect(entryIndex).toBe(0);
  });
});

describe('an object', () => {
  const good = serial(SERIAL);
  const name253 = `${'a'.repeat(63)}.`.repeat(3) + 'b'.repeat(61);

  test.each<[string, Partial<RevocationDraft>, boolean]>([
    ['revocation.api-version', {}, false],
    ['revocation.api-version', { apiVersion: 'certificates.microsoft.com/v2' }, true],
    ['revocation.object-kind', {}, false],
    ['revocation.object-kind', { kind: 'renewRevocation' }, true],
    ['revocation.no-name', {}, false],
    ['revocation.no-name', { name: '' }, true],
    ['revocation.bad-name', { name: 'a' }, false],
    ['revocation.bad-name', { name: 'a.b-c.9' }, false],
    ['revocation.bad-name', { name: name253 }, false],
    ['revocation.bad-name', { name: `${name253}c` }, true],
    ['revocation.bad-name', { name: 'Lost' }, true],
    ['revocation.bad-name', { name: '-a' }, true],
    ['revocation.bad-name', { name: 'a-' }, true],
    ['revocation.bad-name', { name: 'a..b' }, true],
    ['revocation.bad-name', { name: 'a_b' }, true],
    ['revocation.namespace', {}, false],
    ['revocation.namespace', { namespace: 'default' }, true],
    ['revocation.no-entries', {}, false],
    ['revocation.no-entries', { entries: [] }, true],
    ['revocation.long-object-description', { description: 'x'.repeat(1_000) }, false],
    ['revocation.long-object-description', { description: 'x'.repeat(1_001) }, true],
  ])('%s with %j: %s', (rule, changes, isBroken) => {
    const found = findFaults({ ...aDraft(good), ...changes });
    expect(found.some((finding) => finding.rule === rule)).toBe(isBroken);
  });

  test('without entries has an error', () => {
    expect(findFaults(aDraft())).toMatchObject([{ rule: 'revocation.no-entries', severity: 'error' }]);
  });

  test('without the namespace of the article has a finding', () => {
    const { namespace: _gone, ...draft } = aDraft(good);
    expect(findFaults(draft).map(({ rule }) => rule)).toContain('revocation.namespace');
  });

  test('is too large with one byte more than kubectl apply can store', () => {
    const most = MOST_ANNOTATION_BYTES - annotationBytes({ ...aDraft(good), description: '' });
    const lintSized = (bytes: number) =>
      findFaults({ ...aDraft(good), description: 'x'.repeat(bytes) }).map(({ rule }) => rule);
    expect(lintSized(most)).not.toContain('revocation.too-large');
    expect(lintSized(most + 1)).toContain('revocation.too-large');
  });

  test('is measured in bytes, not in characters', () => {
    const measureSize = (description: string) => annotationBytes({ ...aDraft(good), description });
    for (const text of ['é', '失', '🔒', 'a'])
      expect(measureSize(text) - measureSize('')).toBe(new TextEncoder().encode(text).length);
  });
});

/** Returns the indexes of the entries that a rule reports. */
function findPositions(rule: string, ...entries: DraftEntry[]): (number | undefined)[] {
  const found = findFaults(aDraft(...entries)).filter((finding) => finding.rule === rule);
  return found.map(({ entryIndex }) => entryIndex);
}

describe('entries compared with each other', () => {
  const early = { notBefore: shiftNow(-120 * MINUTE_MS) };

  test.each<[string, DraftEntry[], number[]]>([
    ['two different serial numbers', [serial('0a'), serial('0b')], []],
    ['one serial number in two spellings', [serial('0a'), serial('00:0A')], [1]],
    ['one serial number in three spellings', [serial('0a'), serial('a'), serial('0x0A')], [1, 2]],
    ['a name in two cases', [dns('A.example'), dns('a.EXAMPLE')], [1]],
    ['a name with different cutoffs', [dns('a.example'), dns('a.example', early)], []],
    ['a name with and without a final dot', [dns('a.example.'), dns('a.example')], []],
    ['a name and a suffix', [dns('a.example'), dns('.a.example')], []],
    ['a group in two cases', [group('ops'), group('OPS')], []],
    ['an address in two forms', [ip('10.0.0.1'), ip('::ffff:10.0.0.1')], [1]],
  ])('duplicates: %s', (_title, entries, expected) => {
    expect(findPositions('revocation.duplicate', ...entries)).toEqual(expected);
  });

  test.each<[string, DraftEntry[], number[]]>([
    ['an earlier cutoff', [dns('a.example', early), dns('a.example')], [0]],
    ['any cutoff beside none', [group('ops', {}), group('ops')], [1]],
    ['the same cutoff, which is a duplicate', [group('ops'), group('ops')], []],
    ['a name below a suffix', [dns('.b.example'), dns('a.b.example')], [1]],
    ['the name of the suffix itself', [dns('.b.example'), dns('b.example')], []],
    ['only part of a label below a suffix', [dns('.b.example'), dns('a.xb.example')], []],
    ['a suffix below a suffix', [dns('.b.example'), dns('.a.b.example')], [1]],
    ['a suffix with an earlier cutoff', [dns('.b.example', early), dns('a.b.example')], []],
    ['a suffix with a later cutoff', [dns('.b.example'), dns('a.b.example', early)], [1]],
    ['a suffix with a final dot, whose meaning is unknown', [dns('.b.example.'), dns('a.b.example')], []],
    ['entries of different kinds', [group('a.b.example'), dns('a.b.example')], []],
  ])('shadowed entries: %s', (_title, entries, expected) => {
    expect(findPositions('revocation.shadowed', ...entries)).toEqual(expected);
  });

  test('a name with a final dot is not reported if an entry has the same name without the dot', () => {
    const rule = 'revocation.dns-trailing-dot';
    expect(findPositions(rule, dns('a.example.'), dns('a.example'))).toEqual([]);
    expect(findPositions(rule, dns('a.example'), dns('A.example.'))).toEqual([]);
    expect(findPositions(rule, dns('a.example.'), dns('a.example', early))).toEqual([0]);
    expect(findPositions(rule, dns('a.example.'), dns('b.example'))).toEqual([0]);
  });
});

describe('a fix offered by a finding', () => {
  function applyFix(draft: RevocationDraft, rule: string, known: KnownCertificate[] = [], which = 0) {
    const fix = findFaults(draft, known).find((finding) => finding.rule === rule)?.fixes[which];
    if (fix === undefined) throw new Error(`no fix of ${rule}`);
    const after = changeDraft(draft, fix);
    const rules = findFaults(after, known).map((finding) => finding.rule);
    return { entries: after.entries, after, isMended: !rules.includes(rule) };
  }

  test.each<[string, DraftEntry, KnownCertificate[], DraftEntry[]]>([
    ['revocation.no-not-before', group('ops', {}), [], [group('ops', { notBefore: NOW })]],
    [
      'revocation.not-before-future',
      group('ops', { notBefore: shiftNow(1_000) }),
      [],
      [group('ops', { notBefore: NOW })],
    ],
    [
      'revocation.repair-too-early',
      group('ops', { notBefore: NOW }),
      [],
      [group('ops', { notBefore: shiftNow(-5 * MINUTE_MS - SECOND_MS) })],
    ],
    ['revocation.dns-trailing-dot', dns('a.b.'), [], [dns('a.b')]],
    ['revocation.dns-wildcard', dns('*.a.b'), [], [dns('.a.b')]],
    ['revocation.kind-spelling', { ...group('ops'), kind: 'GROUP' }, [], [group('ops')]],
    ['revocation.value-extra', { ...group('ops'), dns: 'a' }, [], [group('ops')]],
    ['revocation.group-spelling', group('OPS '), [began(0)], [group('ops')]],
    ['revocation.serial-decimal', serial('1234'), [aKnown({ serialHex: '04d2' })], [serial('4d2')]],
    ['revocation.serial-reversed', serial('02:01:00'), [aKnown({ serialHex: '0102' })], [serial('0102')]],
    ['revocation.inert', serial(SERIAL, { notBefore: CUTOFF }), [began(0, { serialHex: SERIAL })], [serial(SERIAL)]],
    [
      'revocation.same-second',
      group('ops'),
      [began(cutoffMs)],
      [group('ops', { notBefore: shiftNow(cutoffMs + SECOND_MS) })],
    ],
    [
      'revocation.ip-range',
      ip('10.0.0.0/30'),
      [aKnown({ ip: ['10.0.0.3', '10.0.0.4'] }), aKnown({ ip: ['10.0.0.1'] })],
      [ip('10.0.0.1'), ip('10.0.0.3')],
    ],
    [
      'revocation.ip-range',
      ip('10.0.0.3-10.0.0.4'),
      [aKnown({ ip: ['10.0.0.3', '10.0.0.4', '10.0.0.5'] })],
      [ip('10.0.0.3'), ip('10.0.0.4')],
    ],
  ])('resolves the finding %s', (rule, entry, known, expected) => {
    const { entries, isMended } = applyFix(aDraft(entry), rule, known);
    expect(entries).toEqual(expected);
    expect(isMended).toBe(true);
  });

  test('adds the name without the final dot', () => {
    const { entries, isMended } = applyFix(aDraft(dns('a.b.'), serial('0a')), 'revocation.dns-trailing-dot', [], 1);
    expect(entries).toEqual([dns('a.b.'), dns('a.b'), serial('0a')]);
    expect(isMended).toBe(true);
  });

  test.each<[string, Partial<RevocationDraft>]>([
    ['revocation.namespace', { namespace: 'default' }],
    ['revocation.api-version', { apiVersion: 'v1' }],
    ['revocation.object-kind', { kind: 'renewrevocation' }],
    ['revocation.duplicate', { entries: [serial('0a'), serial('0A')] }],
    ['revocation.shadowed', { entries: [dns('.a.b'), dns('x.a.b')] }],
  ])('also resolves the finding %s', (rule, changes) => {
    expect(applyFix({ ...aDraft(serial(SERIAL)), ...changes }, rule).isMended).toBe(true);
  });

  test('makes no separate entries for a range with very many known addresses', () => {
    const known = Array.from({ length: 65 }, (_, at65) => aKnown({ ip: [`10.0.0.${at65}`] }));
    const fixesWith = (count: number) =>
      findFaults(aDraft(ip('10.0.0.0/24')), known.slice(0, count)).find(({ rule }) => rule === 'revocation.ip-range')
        ?.fixes;
    expect(fixesWith(64)).toHaveLength(1);
    expect(fixesWith(65)).toEqual([]);
  });
});

describe('a linted draft', () => {
  const lint = (draft: RevocationDraft) => lintDraft(draft, { now: NOW, certificates: [] });

  test('becomes an object without errors', () => {
    expect(lint(aDraft(serial(SERIAL, { description: 'lost' })))).toMatchObject({
      consequences: [],
      object: {
        name: 'lost-laptop',
        namespace: 'kube-system',
        entries: [{ kind: 'serialnumber', value: SERIAL, description: 'lost' }],
      },
    });
  });

  test('becomes an object despite errors that can be confirmed, and lists their consequences', () => {
    const wide = lint(aDraft(group('system:nodes', {}), dns('.local')));
    expect(wide.object?.entries).toHaveLength(2);
    expect(new Set(wide.consequences)).toEqual(new Set(['future-certificates', 'all-kubelets', 'wide-suffix']));
    expect(lint(aDraft(group('ops', { notBefore: shiftNow(1_000) }))).consequences).toEqual(['not-yet-issued']);
  });

  test.each<[string, RevocationDraft]>([
    ['a wildcard', aDraft(dns('*.a.b'), serial(SERIAL))],
    ['an invalid entry', aDraft({ kind: 'Email' }, serial(SERIAL))],
    ['no entry', aDraft()],
    ['no name', { ...aDraft(serial(SERIAL)), name: '' }],
  ])('becomes no object with %s', (_title, draft) => {
    expect(lint(draft).object).toBeUndefined();
  });
});

test('the phrase contains every consequence once, in a fixed order', () => {
  expect(phraseFor([])).toBeUndefined();
  expect(phraseFor(['system-masters', 'future-certificates', 'system-masters'])).toBe(
    'revoke future certificates, system:masters',
  );
  expect(phraseFor(CONSEQUENCE_IDS)?.split(', ')).toHaveLength(CONSEQUENCE_IDS.length);
});

test.each([
  ['revoke future certificates, system:masters', ['future-certificates', 'system-masters']],
  ['  revoke   all kubelets ', ['all-kubelets']],
  ['revoke everything', []],
  ['all kubelets', []],
  ['', []],
])('the phrase "%s" contains %j', (phrase, ids) => {
  expect([...consequencesIn(phrase)]).toEqual(ids);
});

test('every rule has a message and a remedy in every language', () => {
  expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length);
  for (const rule of RULE_IDS)
    for (const key of [`finding.${rule}`, `finding.${rule}.remedy`]) {
      expect(isMessageKey(key), key).toBe(true);
      for (const language of LANGUAGES) expect(CATALOGUES[language]).toHaveProperty([key]);
    }
});

test('every rule is tested in this file', () => {
  const ofObjects = [
    ...['api-version', 'object-kind', 'no-name', 'bad-name', 'namespace', 'no-entries'],
    ...['long-object-description', 'too-large', 'duplicate', 'shadowed'],
  ].map((rule) => `revocation.${rule}`);
  expect([...Object.keys(RULES), ...ofObjects].sort()).toEqual([...RULE_IDS].sort());
});

test('every draft can be judged, and every finding belongs to an existing entry', () => {
  const text = fc.oneof(
    fc.constantFrom('serialnumber', 'Group', 'DNS', 'IP', SERIAL, '.a.b', 'a.', '10.0.0.0/8', NOW),
    fc.string(),
  );
  const entry = fc.oneof(
    fc.record(
      { kind: text, serialNumber: text, group: text, dns: text, ip: text, notBefore: text },
      { requiredKeys: [] },
    ),
    fc.constantFrom(
      { kind: 'serialnumber', serialNumber: SERIAL },
      { kind: 'Group', group: 'system:nodes', notBefore: NOW },
      { kind: 'DNS', dns: '.a.b' },
      { kind: 'IP', ip: '10.0.0.1' },
    ),
  );
  const known = [began(0, { dns: ['x.a.b'], ip: ['10.0.0.1'], serialHex: SERIAL })];
  let sound = 0;
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      const { findings, object } = lintDraft(aDraft(...entries), { now: NOW, certificates: known });
      for (const { entryIndex = 0, fixes } of findings) {
        expect(entryIndex).toBeLessThan(Math.max(1, entries.length));
        for (const fix of fixes) changeDraft(aDraft(...entries), fix);
      }
      if (object === undefined) return;
      expect(object.entries).toHaveLength(entries.length);
      sound += entries.length;
    }),
    { numRuns: 300, seed: 8 },
  );
  expect(sound).toBeGreaterThan(50);
});
