import { DAY_MS, instantFromMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { DraftEntry } from '../../../../core/shared/renew-revocation/draft.ts';
import { HELD, NOW_MS } from './deployment.ts';

/* All kinds of entries that an admin can write about the deployment, and some that are always wrong. */

/** No cutoff; now; the second in which the newest certificates were issued; two earlier times; a time in the future. */
const CUTOFFS = [undefined, 0, -1, -1.5, -3.5, 1].map((days) =>
  days === undefined ? {} : { notBefore: instantFromMs(NOW_MS + days * DAY_MS) },
);
const [, AT_ONCE = {}, , BETWEEN = {}] = CUTOFFS;

const GROUPS = ['system:nodes', 'system:masters', 'kubeadm:cluster-admins', 'System:Nodes', 'ops'];

const NAMES = [
  // Exact names: in certificates, with a final dot, in capitals, and in no certificate.
  ...['kubernetes', 'kubernetes.default.svc', 'kubernetes.default.svc.', 'KUBERNETES.default', 'localhost'],
  ...['moc-l1', 'moc-l2', 'moc-l3', 'moc-m1', 'moc-l1a.gretail.contoso.example', 'kube-apiserver'],
  // Suffixes: part of a name, a name without the leading dot, whole domains, and a lone dot.
  ...['.cluster.local', 'cluster.local', '.retail.contoso.example', '.gretail.contoso.example', '.contoso.example'],
  ...['.default', '.svc', '.local', '.example', '.'],
  // Wildcards are compared literally.
  ...['*.cluster.local', '*.contoso.example'],
];

const ADDRESSES = [
  ...['10.96.0.1', '10.0.0.1', '10.0.1.1', '10.0.1.2', '::ffff:10.0.1.3', '10.0.1.22', '127.0.0.1', '::1'],
  ...['fd00::2:1', 'FD00:0:0:0:0:0:2:2', 'fd00::1:1', '10.0.1.0/24', '192.0.2.1'],
];

const SERIALS = HELD.filter(({ role, exempt }) => exempt !== undefined || role !== 'scheduler');

function spellSerial(serial: string, at: number): string {
  return at % 3 === 0 ? serial : at % 3 === 1 ? `0x${serial.toUpperCase()}` : serial.replaceAll(/(..)(?=.)/gu, '$1:');
}

export const ALPHABET: readonly DraftEntry[] = [
  ...SERIALS.map(({ serialHex }, at): DraftEntry => ({
    kind: 'serialnumber',
    serialNumber: spellSerial(serialHex, at),
  })),
  // With a serial number, a cutoff can only make an entry ineffective.
  ...HELD.filter(({ role }) => role === 'apiserver').map(({ serialHex, notBeforeMs }, at): DraftEntry => ({
    kind: 'serialnumber',
    serialNumber: serialHex,
    notBefore: instantFromMs(notBeforeMs + (at % 2 === 0 ? SECOND_MS : 0)),
  })),
  ...GROUPS.flatMap((group) => CUTOFFS.map((cutoff): DraftEntry => ({ kind: 'Group', group, ...cutoff }))),
  ...NAMES.flatMap((dns, at) =>
    (at < 4 ? CUTOFFS : [{}, AT_ONCE, BETWEEN]).map((cutoff): DraftEntry => ({ kind: 'DNS', dns, ...cutoff })),
  ),
  ...ADDRESSES.flatMap((ip) => [{}, AT_ONCE, BETWEEN].map((cutoff): DraftEntry => ({ kind: 'IP', ip, ...cutoff }))),
];

/** Yields every manifest with this many different entries, each entry as its index. Entries are in ascending order. */
export function* manifests(entries: number, from = 0): Generator<readonly number[]> {
  for (let at = from; at < ALPHABET.length; at += 1)
    if (entries === 1) yield [at];
    else for (const others of manifests(entries - 1, at + 1)) yield [at, ...others];
}
