import {
  AD_SSO,
  KUBEADM_BACKDATING,
  MOC_IDENTITY,
  MOC_SIGNER_SERIAL,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
  OVERVIEW_SAMPLE_SERIAL,
} from '../../knowledge/model/sources/sources.ts';
import {
  ROW_AUTHORITY,
  ROW_CUTOFF,
  ROW_KUBECONFIG,
  ROW_MOC,
  ROW_SERIAL_CUTOFF,
  ROW_SERIAL_FORMS,
  ROW_SERIAL_ISSUER,
} from '../../knowledge/model/sources/sources-revocation.ts';
import { BACKDATING_MS } from '../../shared/renew-revocation/revocable.ts';
import type { ExemptReason } from '../../inventory/model/exempt-reason.ts';
import { instantFromMs, SECOND_MS } from '../../shared/instant.ts';
import { setField, type DraftFix, type EntryRule, type LintedEntry, type Violation } from './rule.ts';
import { resolveSerial } from './serial.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';

/** Serial numbers of MOC certificates are below 2^63. Source: microsoft/moc. */
const MOC_SERIAL_DIGITS = 16;
const DIGITS_ONLY = /^\d+$/u;

function isSerial({ entry }: LintedEntry): boolean {
  return entry.kind === 'serialnumber';
}

function findExempt(reason: ExemptReason) {
  return ({ posting }: LintedEntry): Violation | undefined => {
    const hit = posting.exempt.find(({ exempt }) => exempt === reason);
    return hit && { params: { name: hit.name, cluster: hit.cluster } };
  };
}

function isUnknown({ posting }: LintedEntry): boolean {
  return posting.positions.length + posting.exempt.length === 0;
}

function removeCutoff({ index }: LintedEntry): DraftFix {
  return { kind: 'unset', entryIndex: index, field: 'notBefore' };
}

export const KNOWN_RULES: readonly EntryRule[] = [
  {
    id: 'revocation.kubelet-server',
    severity: 'error',
    field: 'serialNumber',
    citations: [OVERVIEW_REVOCATION],
    check: findExempt('kubelet-server'),
  },
  {
    id: 'revocation.moc-certificate',
    severity: 'error',
    field: 'serialNumber',
    citations: [ROW_MOC, MOC_IDENTITY],
    check: findExempt('moc'),
  },
  {
    id: 'revocation.authority',
    severity: 'warning',
    field: 'serialNumber',
    citations: [ROW_AUTHORITY],
    check: findExempt('authority'),
  },
  /** Only the length suggests that an unknown number belongs to a MOC certificate. */
  {
    id: 'revocation.moc-serial',
    severity: 'warning',
    field: 'serialNumber',
    citations: [MOC_SIGNER_SERIAL, OVERVIEW_SAMPLE_SERIAL],
    check: (one) => {
      const serial = isUnknown(one) ? comparableSerial(one.entry.value) : undefined;
      return serial === undefined || serial.length > MOC_SERIAL_DIGITS ? undefined : {};
    },
  },
  /** A number of digits alone may be hex or decimal, depending on the tool. */
  {
    id: 'revocation.serial-decimal',
    severity: 'warning',
    field: 'serialNumber',
    citations: [ROW_SERIAL_FORMS],
    check: ({ entry, index }, { inventory }) => {
      if (!DIGITS_ONLY.test(entry.value.trim())) return undefined;
      const { resolved, readings } = resolveSerial(entry.value, inventory);
      const decimal = readings.find(({ form }) => form === 'decimal');
      if (decimal === undefined || resolved?.form === 'hex') return undefined;
      const count = (form: string): number =>
        readings.find((reading) => reading.form === form)?.certificates.length ?? 0;
      return {
        params: { decimal: decimal.serialHex, asHex: count('hex'), asDecimal: count('decimal') },
        fixes: [setField(index, 'serialNumber', decimal.serialHex)],
      };
    },
  },
  {
    id: 'revocation.serial-reversed',
    severity: 'warning',
    field: 'serialNumber',
    citations: [ROW_SERIAL_FORMS],
    check: (one, { inventory }) => {
      if (!isUnknown(one)) return undefined;
      const { readings } = resolveSerial(one.entry.value, inventory);
      const back = readings.find(({ form }) => form === 'reversed');
      const [hit] = back?.certificates ?? [];
      if (back === undefined || hit === undefined) return undefined;
      return {
        params: { serial: back.serialHex, name: hit.name, cluster: hit.cluster },
        fixes: [setField(one.index, 'serialNumber', back.serialHex)],
      };
    },
  },
  /** Entries do not name an issuer, but a cluster has three CAs, each with its own serial numbers. */
  {
    id: 'revocation.serial-several',
    severity: 'warning',
    field: 'serialNumber',
    citations: [ROW_SERIAL_ISSUER],
    check: ({ posting }) => {
      if (posting.positions.length + posting.exempt.length < 2) return undefined;
      const { reachable, exempt } = posting;
      const count = new Set([...reachable, ...exempt].map(({ id }) => id)).size;
      return count > 1 ? { params: { count } } : undefined;
    },
  },
  {
    id: 'revocation.serial-unknown',
    severity: 'notice',
    field: 'serialNumber',
    citations: [ROW_SERIAL_FORMS],
    check: (one, { inventory }) => (inventory.certificates.length > 0 && isUnknown(one) ? {} : undefined),
  },
  /** For a serial number, the only possible effect of a cutoff is to exclude its certificate. */
  {
    id: 'revocation.inert',
    severity: 'warning',
    field: 'notBefore',
    citations: [ROW_SERIAL_CUTOFF],
    check: (one) => {
      const { posting, cutoffMs } = one;
      const [hit] = posting.reachable;
      if (!isSerial(one) || hit === undefined || posting.countBefore(cutoffMs) > 0) return undefined;
      return { params: { name: hit.name, cluster: hit.cluster }, fixes: [removeCutoff(one)] };
    },
  },
  {
    id: 'revocation.serial-narrowed',
    severity: 'notice',
    field: 'notBefore',
    citations: [ROW_SERIAL_CUTOFF],
    check: (one) => (isSerial(one) && isUnknown(one) ? { fixes: [removeCutoff(one)] } : undefined),
  },
  {
    id: 'revocation.same-second',
    severity: 'warning',
    field: 'notBefore',
    citations: [ROW_CUTOFF],
    check: ({ posting, cutoffMs, index }) => {
      const count = posting.countBefore(cutoffMs + SECOND_MS) - posting.countBefore(cutoffMs);
      const value = instantFromMs(cutoffMs + SECOND_MS);
      return count === 0 ? undefined : { params: { count }, fixes: [setField(index, 'notBefore', value)] };
    },
  },
  /** Backdated certificates begin before the cutoff but may have been issued after it. */
  {
    id: 'revocation.backdated',
    severity: 'notice',
    field: 'notBefore',
    citations: [KUBEADM_BACKDATING],
    check: (one) => {
      const { posting, cutoffMs } = one;
      if (isSerial(one)) return undefined;
      const count = posting.countBefore(cutoffMs) - posting.countBefore(cutoffMs - BACKDATING_MS);
      return count === 0 ? undefined : { params: { count } };
    },
  },
  {
    id: 'revocation.unmanaged-kubeconfig',
    severity: 'warning',
    citations: [ROW_KUBECONFIG, OVERVIEW_RENEWAL, AD_SSO],
    check: ({ posting, cutoffMs }) => {
      const hits = posting.kubeconfigs.filter(({ notBeforeMs }) => notBeforeMs < cutoffMs);
      const [first] = hits;
      return first && { params: { count: hits.length, name: first.name, cluster: first.cluster } };
    },
  },
  {
    id: 'revocation.only-exempt',
    severity: 'warning',
    citations: [OVERVIEW_REVOCATION, ROW_AUTHORITY],
    check: (one) => {
      const { positions, exempt } = one.posting;
      return !isSerial(one) && positions.length === 0 && exempt.length > 0
        ? { params: { count: exempt.length } }
        : undefined;
    },
  },
];
