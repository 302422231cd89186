import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId, Layer } from '../../../../core/shared/ids.ts';
import { DAY_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';

/*
 * A small deployment with all relevant cases: a management cluster on one machine, workload clusters with similar names
 * on three machines and on two, IPv4 and IPv6 addresses, and a cluster of which only a kubeconfig and a worker are
 * known. Names and files are those of kubeadm.
 */

export const NOW = instant('2026-11-25T12:00:00Z');
export const NOW_MS = epochMs(NOW);

export const MANAGEMENT = 'clustergroup-management';

export interface Held extends KnownCertificate {
  /** Name of the machine; absent for a kubeconfig on a workstation. */
  machine?: string;
}

interface Machine {
  name: string;
  ip: readonly string[];
  /** Days since its certificates were issued. */
  age: number;
}

interface Shape {
  name: string;
  domain: string;
  controlPlanes: readonly Machine[];
  workers: readonly Machine[];
}

const SHAPES: readonly Shape[] = [
  {
    name: MANAGEMENT,
    domain: 'mgmt.contoso.example',
    controlPlanes: [{ name: 'moc-m1', ip: ['10.0.0.1'], age: 1 }],
    workers: [],
  },
  {
    name: 'retail',
    domain: 'retail.contoso.example',
    controlPlanes: [
      { name: 'moc-l1', ip: ['10.0.1.1', 'fd00::1:1'], age: 1 },
      { name: 'moc-l2', ip: ['10.0.1.2', 'fd00::1:2'], age: 2 },
      { name: 'moc-l3', ip: ['10.0.1.3', 'fd00::1:3'], age: 3 },
    ],
    workers: [{ name: 'moc-l11', ip: ['10.0.1.11'], age: 1 }],
  },
  {
    name: 'retail-2',
    domain: 'gretail.contoso.example',
    controlPlanes: [
      { name: 'moc-l1a', ip: ['10.0.1.21', 'fd00::2:1'], age: 2 },
      { name: 'moc-l2a', ip: ['10.0.1.22', 'fd00::2:2'], age: 3 },
    ],
    workers: [],
  },
  { name: 'edge', domain: '', controlPlanes: [], workers: [{ name: 'moc-e11', ip: ['10.0.3.11'], age: 2 }] },
];

const SERVICE = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];

let made = 0;

type Given = Pick<Held, 'role'> & Partial<Held> & { age: number; days?: number };

function makeHeld(cluster: string, { age, days = 4, ...given }: Given): Held {
  made += 1;
  const layer: Layer = given.machine === undefined ? 'workstation' : 'kubernetes';
  const notBeforeMs = NOW_MS - age * DAY_MS;
  return {
    id: made.toString(16).padStart(64, '0') as CredentialId,
    clusterId: `id of ${cluster}` as ClusterId,
    cluster,
    layer,
    name: given.cn ?? given.role,
    serialHex: `a${made.toString(16).padStart(31, '0')}`,
    groups: [],
    dns: [],
    ip: [],
    notBeforeMs,
    notAfterMs: notBeforeMs + days * DAY_MS,
    paths: [],
    ...given,
  };
}

function controlPlane({ name: cluster, domain }: Shape, { name: machine, ip, age }: Machine): Held[] {
  const own = (role: RoleId, file: string, more: Partial<Held>): Held =>
    makeHeld(cluster, { role, age, machine, paths: [`/copies/${cluster}/${machine}/pki/${file}`], ...more });
  const host = { dns: [machine, `${machine}.${domain}`], ip };
  const etcd = { cn: machine, dns: ['localhost', machine], ip: ['127.0.0.1', '::1', ...ip] };
  return [
    own('apiserver', 'apiserver.crt', {
      cn: 'kube-apiserver',
      dns: [...SERVICE, ...host.dns],
      ip: ['10.96.0.1', ...ip],
    }),
    own('apiserver-etcd-client', 'apiserver-etcd-client.crt', {
      cn: 'kube-apiserver-etcd-client',
      groups: ['system:masters'],
    }),
    own('apiserver-kubelet-client', 'apiserver-kubelet-client.crt', {
      cn: 'kube-apiserver-kubelet-client',
      groups: ['kubeadm:cluster-admins'],
    }),
    own('etcd-server', 'etcd/server.crt', etcd),
    own('etcd-peer', 'etcd/peer.crt', etcd),
    own('scheduler', 'scheduler.crt', { cn: 'system:kube-scheduler' }),
    ...kubelet(cluster, { name: machine, ip, age }),
  ];
}

function kubelet(cluster: string, { name: machine, ip, age }: Machine): Held[] {
  const node = { cn: `system:node:${machine}`, groups: ['system:nodes'], machine, age };
  return [
    makeHeld(cluster, { role: 'kubelet-client', ...node }),
    makeHeld(cluster, { role: 'kubelet-server', ...node, dns: [machine], ip, exempt: 'kubelet-server', days: 365 }),
  ];
}

export const HELD: readonly Held[] = SHAPES.flatMap((shape) => [
  ...shape.controlPlanes.flatMap((machine) => controlPlane(shape, machine)),
  ...shape.workers.flatMap((machine) => kubelet(shape.name, machine)),
  makeHeld(shape.name, {
    role: shape.name === MANAGEMENT ? 'management-kubeconfig' : 'admin-kubeconfig',
    cn: 'kubernetes-admin',
    groups: ['system:masters'],
    age: 100,
    days: 365,
  }),
  // Replaced and expired certificates, whose revocation brings nothing down.
  ...(shape.name === 'retail'
    ? [
        makeHeld(shape.name, { role: 'apiserver', cn: 'kube-apiserver', machine: 'moc-l1', age: 3.5, replaced: true }),
        makeHeld(shape.name, { role: 'apiserver', cn: 'kube-apiserver', machine: 'moc-l0', age: 9 }),
      ]
    : []),
]);

export const CLUSTERS: readonly string[] = SHAPES.map(({ name }) => name);

/** The certificates without their machines, which an inventory does not contain. */
export const KNOWN: readonly KnownCertificate[] = HELD.map(({ machine: _, ...certificate }) => certificate);
