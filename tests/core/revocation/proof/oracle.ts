import { DAY_MS } from '../../../../core/shared/instant.ts';
import type { DraftEntry } from '../../../../core/shared/renew-revocation/draft.ts';
import { CLUSTERS, HELD, MANAGEMENT, NOW_MS, type Held } from './deployment.ts';

/*
 * Finds which certificates a manifest revokes and which clusters it brings down, one certificate at a time. Based only
 * on the published facts about RenewRevocation and about the certificates of a cluster, not on the product.
 */

function isBefore(ms: number, { notBefore }: DraftEntry): boolean {
  return notBefore === undefined || ms < Date.parse(notBefore);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/u, '');
}

/** Returns whether a pattern matches a name by whole labels. A leading dot stands for one or more labels. */
function isNamed(pattern: string, name: string): boolean {
  const [wanted, own] = [bare(pattern).split('.'), bare(name).split('.')];
  if (wanted[0] !== '') return wanted.join('.') === own.join('.');
  const suffix = wanted.slice(1);
  return own.length > suffix.length && own.slice(-suffix.length).join('.') === suffix.join('.');
}

/** Returns the eight groups of an address in IPv6 form. */
function ipv6Groups(address: string): string {
  const v4 = /(?:^|^::ffff:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/iu.exec(address);
  if (v4 !== null) {
    const [a = 0, b = 0, c = 0, d = 0] = v4.slice(1).map(Number);
    return `0:0:0:0:0:ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const [left = '', right] = address.toLowerCase().split('::');
  const head = left.split(':').filter((each) => each !== '');
  const tail = (right ?? '').split(':').filter((each) => each !== '');
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((each) => parseInt(each, 16).toString(16)).join(':');
}

export function hits(entry: DraftEntry, one: Held): boolean {
  // Serving certificates of kubelets cannot be revoked. Source: the article.
  if (one.exempt !== undefined || !isBefore(one.notBeforeMs, entry)) return false;
  const { serialNumber, group, dns, ip } = entry;
  if (serialNumber !== undefined) {
    const digits = serialNumber.replace(/^0x/iu, '').replaceAll(/[^0-9a-f]/giu, '');
    return BigInt(`0x${digits}`) === BigInt(`0x${one.serialHex}`);
  }
  if (group !== undefined) return one.groups.includes(group);
  if (dns !== undefined) return one.dns.some((name) => isNamed(dns, name));
  return ip !== undefined && one.ip.some((address) => ipv6Groups(address) === ipv6Groups(ip));
}

/**
 * Returns a number with one bit for each certificate that the entry revokes. The bit's position is the index in `HELD`.
 */
export function hitsAsBits(entry: DraftEntry): bigint {
  return HELD.reduce((bits, one, at) => (hits(entry, one) ? bits | (1n << BigInt(at)) : bits), 0n);
}

/** Names of the clusters that go down, by cause. */
export interface Fallen {
  /** Clusters in which each API server has lost its own certificate or its client certificate for etcd. */
  servers: ReadonlySet<string>;
  /** Clusters in which no majority of the etcd members is left. */
  etcd: ReadonlySet<string>;
  /** Clusters that have lost all kubelets. */
  kubelets: ReadonlySet<string>;
}

const VALID = HELD.map((one, at) => ({ ...one, bit: 1n << BigInt(at) })).filter(
  ({ replaced, notAfterMs }) => replaced !== true && notAfterMs >= NOW_MS,
);

interface OfCluster {
  name: string;
  /** Bits of the certificates that each API server needs; `members`: that each etcd member needs. */
  servers: readonly bigint[];
  members: readonly bigint[];
  kubelets: bigint;
}

function combineBits(all: readonly { bit: bigint }[]): bigint {
  return all.reduce((bits, { bit }) => bits | bit, 0n);
}

const BY_CLUSTER = CLUSTERS.map((name): OfCluster => {
  const own = VALID.filter(({ cluster }) => cluster === name);
  const listByRoles = (...roles: Held['role'][]) => own.filter(({ role }) => roles.includes(role));
  const machines = [...new Set(listByRoles('apiserver').map(({ machine }) => machine))];
  const on = (machine: string | undefined, ...roles: Held['role'][]) =>
    combineBits(listByRoles(...roles).filter((one) => one.machine === machine));
  return {
    name,
    servers: machines.map((machine) => on(machine, 'apiserver', 'apiserver-etcd-client')),
    members: machines.map((machine) => on(machine, 'etcd-server', 'etcd-peer')),
    kubelets: combineBits(listByRoles('kubelet-client')),
  };
});

/**
 * Names that kubeadm puts into the certificate of every API server. They are assumed for certificates that were not
 * read.
 */
const BY_HABIT = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];

/** Returns whether an entry affects an API server whose certificate was not read; it may be up to four days old. */
export function hitsByHabit(entry: DraftEntry): boolean {
  const { dns, notBefore } = entry;
  if (dns === undefined || !BY_HABIT.some((name) => isNamed(dns, name))) return false;
  return notBefore === undefined || Date.parse(notBefore) > NOW_MS - 4 * DAY_MS;
}

/** Returns which clusters go down if these certificates are revoked. `byHabit`: unknown API servers go down too. */
export function fallen(bits: bigint, byHabit: boolean): Fallen {
  const [servers, etcd, kubelets] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { name, servers: own, members, kubelets: nodes } of BY_CLUSTER) {
    const isUnknown = own.length === 0;
    if (isUnknown ? byHabit : own.every((needs) => (needs & bits) !== 0n)) servers.add(name);
    const left = members.filter((needs) => (needs & bits) === 0n).length;
    if (members.length > 0 && left * 2 <= members.length) etcd.add(name);
    if ((nodes & bits) === nodes && nodes !== 0n) kubelets.add(name);
  }
  return { servers, etcd, kubelets };
}

/** Returns the worst loss: API servers or etcd of the management cluster, then of other clusters, then kubelets. */
export function worst({ servers, etcd, kubelets }: Fallen): { what: keyof Fallen; cluster: string } | undefined {
  const order = [MANAGEMENT, ...CLUSTERS.filter((name) => name !== MANAGEMENT)];
  const first = (what: keyof Fallen, all: ReadonlySet<string>, wanted: readonly string[]) => {
    const cluster = wanted.find((name) => all.has(name));
    return cluster === undefined ? undefined : { what, cluster };
  };
  return (
    first('servers', servers, [MANAGEMENT]) ??
    first('etcd', etcd, [MANAGEMENT]) ??
    first('servers', servers, order) ??
    first('etcd', etcd, order) ??
    first('kubelets', kubelets, order)
  );
}
