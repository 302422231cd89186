import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import type { FactsByCluster } from '../../../core/plan/model/cluster-facts.ts';
import type { ClusterPlace } from '../../../core/plan/model/deployment.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { DAY_MS, HOUR_MS, instantFromMs } from '../../../core/shared/instant.ts';
import { AGENT, credential, DEPOT, healthy, MANAGEMENT, NOW, NOW_MS, mergeRows, YARD } from './fleet-by-hand.ts';

export interface DescribedFleet {
  rows: readonly BoardRow[];
  facts?: FactsByCluster;
  /** Clusters with at least one fault. `things` is the total number of faults. */
  broken: readonly ClusterPlace[];
  things: number;
  /** Matches the first repair command; absent if there is nothing to repair. */
  begins?: RegExp;
}

const both = healthy(DEPOT, YARD);
const off75 = both.map((row) => ({ ...row, notAfterMs: (row.notAfterMs ?? 0) - 75 * DAY_MS }));
const outFor75 = mergeRows(
  off75,
  ...off75
    .filter(({ lifetimeClass }) => lifetimeClass === 'kubeconfig-client')
    .map((row) => ({ ...row, notAfterMs: NOW_MS + 100 * DAY_MS })),
  credential(AGENT, 'cloud-agent-ca', 225),
  ...(['mocctl', 'kvactl', 'kvactl-token', 'node-agent', 'node-agent-token'] as const).map((role) =>
    credential(AGENT, role, -5),
  ),
  ...[MANAGEMENT, DEPOT, YARD].flatMap((place) =>
    both
      .filter(({ clusterId, layer }) => clusterId === place.id && layer === 'moc')
      .map(({ role }) => credential(place, role, -5)),
  ),
);

export const FLEETS: Readonly<Record<string, DescribedFleet>> = {
  'with nothing wrong': { rows: both, broken: [], things: 0 },
  // The API server and etcd serve the same purpose, so two expired certificates count as one thing.
  'with expired leaves in one cluster': {
    rows: mergeRows(both, credential(DEPOT, 'apiserver', -1), credential(DEPOT, 'etcd-server', -0.5)),
    broken: [DEPOT],
    things: 1,
    begins: /Get-VMNetworkAdapter/u,
  },
  'whose hosts were off for 75 days': {
    rows: outFor75,
    facts: Object.fromEntries(
      [AGENT, MANAGEMENT, DEPOT, YARD].map(({ id }) => [id, { offSince: instantFromMs(NOW_MS - 75 * DAY_MS) }]),
    ),
    broken: [AGENT, MANAGEMENT, DEPOT, YARD],
    // Two things for the hosts (cmdlets, node agents), three for the management cluster (API server, KMS plugin,
    // services), and six for each of two workload clusters (API server, nodes, aggregated APIs, KMS plugin, services,
    // load balancer).
    things: 2 + 3 + 6 + 6,
    begins: /Get-MocNode/u,
  },
  // MOC was not read, so only the documentation states the effect of 40 days off.
  'off for 40 days, of which nothing but a kubeconfig was read': {
    rows: [credential(DEPOT, 'admin-kubeconfig', 200)],
    facts: { [DEPOT.id]: { offSince: instantFromMs(NOW_MS - 40 * DAY_MS) } },
    broken: [DEPOT],
    things: 2,
    begins: /Repair-MocLogin/u,
  },
  'with a client whose token and certificate have both expired': {
    rows: mergeRows(both, credential(DEPOT, 'csi', -1), credential(DEPOT, 'csi-token', -2)),
    broken: [DEPOT],
    things: 1,
    begins: /Get-MocNode/u,
  },
  'with an expired cluster CA': {
    rows: mergeRows(both, credential(YARD, 'cluster-ca', -1)),
    broken: [YARD],
    things: 1,
    begins: /kubectl get "all,configmaps/u,
  },
  'with a wrong clock': {
    rows: mergeRows(both, credential(DEPOT, 'apiserver', 4, { notBeforeMs: NOW_MS + HOUR_MS })),
    broken: [DEPOT],
    things: 1,
    begins: /Get-Date/u,
  },
};

/** Converts rows to clusters of an inventory. Certificates become tokens, since only dates, roles and names matter. */
export function makeClusters(rows: readonly BoardRow[], places: readonly ClusterPlace[]): Cluster[] {
  return places.map(({ id, name, kind }) => ({
    id,
    name,
    kind,
    addresses: [],
    history: [],
    credentials: rows
      .filter(({ clusterId }) => clusterId === id)
      .map(({ id: own, layer, role, name: ofRow, notBeforeMs, notAfterMs, assumed }) => ({
        kind: 'token' as const,
        id: own,
        layer,
        role,
        name: ofRow,
        assumed,
        ...(notBeforeMs !== undefined && { notBefore: instantFromMs(notBeforeMs) }),
        ...(notAfterMs !== undefined && { notAfter: instantFromMs(notAfterMs) }),
        firstReadAt: NOW,
        sources: [{ path: `/${own}`, entry: '', fileModified: NOW, readAt: NOW }],
      })),
  }));
}

export const PLACES = [AGENT, MANAGEMENT, DEPOT, YARD];
