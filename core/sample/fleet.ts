import type { SampleState } from './model/sample.ts';
import type { ClusterPlan } from '../simulation/provision.ts';
import type { HostNode } from '../simulation/state.ts';

/* All names are invented: `.example` is reserved (RFC 2606 section 3), and addresses are private (RFC 1918). */

export interface SampleCluster {
  plan: ClusterPlan;
  state: SampleState;
}

export const CLOUD_AGENT_FQDN = 'ca-5b1f0c2e-8d64-4c0a-9f3e-7a2d1c90b6e4.contoso.example';
export const HOSTS: readonly HostNode[] = [
  { name: 'host01', ip: '172.16.0.21' },
  { name: 'host02', ip: '172.16.0.22' },
];
export const MANAGEMENT: ClusterPlan = { name: 'management', controlPlane: 1, workers: 0, network: '172.16.1' };

/** Windows users: the installer, a user of the clusters, and a second admin of the host. */
export const INSTALLER = 'hci.admin';
export const OPERATOR = 'tanaka.mika';
export const SECOND_ADMIN = 'sato.kenji';

/** Every second name is a site in Japan. Kubernetes requires DNS labels. */
const NAMES = [
  'osaka-plant',
  'retail-east',
  'sapporo-depot',
  'logistics',
  'nagoya-lab',
  'finance',
  'fukuoka-store',
  'quality',
  'sendai-branch',
  'archive',
] as const;

/** States of the workload clusters, repeated in this order. The host has the sample's other states. */
const WORKLOAD_STATES = [
  'renewal-due',
  'renewal-stalled',
  'off-6-days',
  'off-35-days',
  'revoked',
  'kubeconfig-expired',
  'healthy',
] as const satisfies readonly SampleState[];
export type WorkloadState = (typeof WORKLOAD_STATES)[number];
export interface WorkloadCluster extends SampleCluster {
  state: WorkloadState;
}

/** Third octet of the first workload cluster's addresses. */
const FIRST_NETWORK = 10;

export function workloadClusters(count: number): WorkloadCluster[] {
  return Array.from({ length: count }, (_, index) => {
    const state = WORKLOAD_STATES[index % WORKLOAD_STATES.length] ?? 'healthy';
    const round = Math.floor(index / NAMES.length);
    const name = NAMES[index % NAMES.length] ?? '';
    return {
      state,
      plan: {
        name: round === 0 ? name : `${name}-${round + 1}`,
        // The first cluster tolerates the loss of a control-plane node.
        controlPlane: index === 0 ? 3 : 1,
        workers: 2,
        network: `172.16.${FIRST_NETWORK + index}`,
      },
    };
  });
}
