import {
  KUBEADM_BACKDATING,
  KUBEADM_GROUPS,
  OVERVIEW_REVOCATION,
  SIGNER_START,
} from '../../knowledge/model/sources/sources.ts';
import {
  ROW_CUTOFF,
  ROW_DNS,
  ROW_GROUP,
  ROW_SHORT,
  ROW_SUFFIX,
  ROW_WILDCARD,
} from '../../knowledge/model/sources/sources-revocation.ts';
import { instantFromMs, SECOND_MS } from '../../shared/instant.ts';
import type { ConsequenceId } from '../../shared/renew-revocation/draft.ts';
import { BACKDATING_MS } from '../../shared/renew-revocation/revocable.ts';
import { setField, type EntryRule, type LintedEntry } from './rule.ts';
import { dnsPattern } from '../../shared/renew-revocation/values.ts';

/** In characters. Assumed, because no limit is known; longer descriptions only make the object harder to read. */
const LONGEST_DESCRIPTION = 200;

/** Groups that contain whole classes of certificates. Sources: the article (`system:nodes`); kubeadm. */
export const WIDE_GROUPS: ReadonlyMap<string, ConsequenceId> = new Map([
  ['system:nodes', 'all-kubelets'],
  ['system:masters', 'system-masters'],
  ['kubeadm:cluster-admins', 'system-masters'],
]);

export function listDotless(entries: readonly LintedEntry[]): Set<string> {
  const names = entries.filter(({ entry: { kind, value } }) => kind === 'DNS' && !value.endsWith('.'));
  return new Set(names.map(({ entry: { value }, cutoffMs }) => dotlessKey(value, cutoffMs)));
}

function dotlessKey(name: string, cutoffMs: number): string {
  return `${name.toLowerCase()} ${cutoffMs}`;
}

export const ENTRY_RULES: readonly EntryRule[] = [
  {
    id: 'revocation.no-not-before',
    severity: 'error',
    citations: [OVERVIEW_REVOCATION],
    check: ({ entry, index }, { nowMs }) =>
      entry.notBefore !== undefined || entry.kind === 'serialnumber'
        ? undefined
        : { consequence: 'future-certificates', fixes: [setField(index, 'notBefore', instantFromMs(nowMs))] },
  },
  {
    id: 'revocation.not-before-future',
    severity: 'warning',
    field: 'notBefore',
    citations: [OVERVIEW_REVOCATION, ROW_CUTOFF],
    check: ({ cutoffMs, index }, { nowMs }) =>
      cutoffMs <= nowMs
        ? undefined
        : { consequence: 'not-yet-issued', fixes: [setField(index, 'notBefore', instantFromMs(nowMs))] },
  },
  /**
   * Certificates issued shortly after a cutoff are backdated to the cutoff or earlier, so they are revoked immediately.
   */
  {
    id: 'revocation.repair-too-early',
    severity: 'notice',
    field: 'notBefore',
    citations: [KUBEADM_BACKDATING, SIGNER_START],
    check: ({ cutoffMs, entry, index }, { nowMs }) => {
      const sinceMs = nowMs - cutoffMs;
      if (entry.kind === 'serialnumber' || sinceMs < 0 || sinceMs > BACKDATING_MS) return undefined;
      const readyAt = instantFromMs(cutoffMs + BACKDATING_MS + SECOND_MS);
      const value = instantFromMs(nowMs - BACKDATING_MS - SECOND_MS);
      return { params: { readyAt }, fixes: [setField(index, 'notBefore', value)] };
    },
  },
  /** With a cutoff, the entry rotates all certificates of a group, which is valid but must be confirmed. */
  {
    id: 'revocation.wide-group',
    severity: 'warning',
    field: 'group',
    citations: [OVERVIEW_REVOCATION, KUBEADM_GROUPS, ROW_GROUP],
    check: ({ entry }) => {
      const consequence = WIDE_GROUPS.get(entry.value);
      return consequence && { consequence, params: { group: entry.value } };
    },
  },
  /** Groups are compared exactly: a group with another case or an extra space matches nothing. */
  {
    id: 'revocation.group-spelling',
    severity: 'warning',
    field: 'group',
    citations: [ROW_GROUP],
    check: ({ entry, index, posting }, { inventory }) => {
      if (WIDE_GROUPS.has(entry.value) || posting.positions.length > 0) return undefined;
      const lower = entry.value.trim().toLowerCase();
      const meant = WIDE_GROUPS.has(lower) ? lower : inventory.groups.get(lower);
      return meant === undefined || meant === entry.value
        ? undefined
        : { params: { group: meant }, fixes: [setField(index, 'group', meant)] };
    },
  },
  {
    id: 'revocation.dns-trailing-dot',
    severity: 'warning',
    field: 'dns',
    citations: [ROW_DNS, OVERVIEW_REVOCATION],
    check: ({ entry, index, cutoffMs }, { dotless }) => {
      const value = entry.value.slice(0, -1);
      if (!entry.value.endsWith('.') || dotless.has(dotlessKey(value, cutoffMs))) return undefined;
      const { description, notBefore } = entry;
      const twin = { description, dns: value, kind: 'DNS', notBefore };
      return {
        params: { dns: value },
        fixes: [setField(index, 'dns', value), { kind: 'insert', entryIndex: index, entries: [twin] }],
      };
    },
  },
  {
    id: 'revocation.dns-suffix-wide',
    severity: 'error',
    field: 'dns',
    citations: [ROW_SUFFIX],
    check: ({ entry }) => {
      const pattern = dnsPattern(entry.value);
      if (pattern?.isSuffix !== true || pattern.text.indexOf('.', 1) > 0) return undefined;
      return { consequence: 'wide-suffix', params: { suffix: pattern.text } };
    },
  },
  {
    id: 'revocation.dns-wildcard',
    severity: 'error',
    field: 'dns',
    citations: [ROW_WILDCARD],
    check: ({ entry, index }) => {
      if (!entry.value.includes('*')) return undefined;
      const suffix = entry.value.startsWith('*.') ? entry.value.slice(1) : '';
      const isSuffix = suffix !== '' && !suffix.includes('*') && dnsPattern(suffix) !== undefined;
      return isSuffix ? { fixes: [setField(index, 'dns', suffix)] } : {};
    },
  },
  {
    id: 'revocation.long-description',
    severity: 'notice',
    field: 'description',
    citations: [ROW_SHORT],
    check: ({ entry }) =>
      (entry.description ?? '').length > LONGEST_DESCRIPTION ? { params: { longest: LONGEST_DESCRIPTION } } : undefined,
  },
];
