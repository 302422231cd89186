import { DAY_MS, HOUR_MS } from '../../shared/instant.ts';
import type { History } from '../../simulation/files/history.ts';
import type { ClusterPlan } from '../../simulation/provision.ts';
import type { HostNode } from '../../simulation/state.ts';
import { IDENTITY_PROFILE_IDS } from '../../pki/model/profile.ts';
import type { LabOutage } from '../model/lab.ts';

/* All names say that they belong to a lab; `.example` is reserved (RFC 2606), and every address is a loopback address. */

const LAB_FQDN = 'ca-lab.arcwarden.example';
const LAB_HOSTS: readonly HostNode[] = [
  { name: 'lab-host01', ip: '127.0.0.21' },
  { name: 'lab-host02', ip: '127.0.0.22' },
];
const LAB_MANAGEMENT: ClusterPlan = { name: 'lab-management', controlPlane: 1, workers: 0, network: '127.0.1' };
const LAB_WORKLOADS: readonly ClusterPlan[] = [
  { name: 'lab-logistics', controlPlane: 1, workers: 1, network: '127.0.10' },
  { name: 'lab-retail', controlPlane: 1, workers: 1, network: '127.0.11' },
];
/** A Windows user. */
export const LAB_INSTALLER = 'lab.admin';
export const LAB_OPERATOR = 'lab.operator';

const [LOGISTICS = LAB_MANAGEMENT] = LAB_WORKLOADS;

export const LAB_PLAN = {
  seed: 'lab',
  cloudAgentFqdn: LAB_FQDN,
  hosts: LAB_HOSTS,
  management: LAB_MANAGEMENT,
  clusters: LAB_WORKLOADS,
} as const;

type LabHistory = Pick<History, 'ageMs' | 'actions' | 'settings'>;

export const HEALTHY: LabHistory = { ageMs: 10 * DAY_MS, actions: [] };

/** Not rotated by any client, so that an update is due: the plugin of one cluster cannot log in after a restart. */
const WITHOUT_KMS = IDENTITY_PROFILE_IDS.filter(
  (id) => !['extra-admin', 'kms-plugin', 'mocctl', 'kvactl'].includes(id),
);

export const OUTAGES: Record<LabOutage, LabHistory> = {
  'off-5-days': { ageMs: 20 * DAY_MS, actions: [{ beforeMs: 5 * DAY_MS, action: { kind: 'power', on: false } }] },
  'kms-token': {
    ageMs: 95 * DAY_MS,
    settings: { autoRotate: WITHOUT_KMS },
    actions: [
      { beforeMs: 60 * DAY_MS, action: { kind: 'Update-AksHci' } },
      ...LAB_WORKLOADS.filter((plan) => plan !== LOGISTICS).map(({ name }) => ({
        beforeMs: 59 * DAY_MS,
        action: { kind: 'Update-AksHciCluster', name } as const,
      })),
    ],
  },
  'ca-rotated': {
    ageMs: 100 * DAY_MS,
    settings: { caRotatesItself: false },
    actions: [
      { beforeMs: 60 * DAY_MS, action: { kind: 'Update-AksHci' } },
      { beforeMs: 45 * DAY_MS, action: { kind: 'stall-client', identity: 'kvactl-admin' } },
      { beforeMs: 40 * DAY_MS, action: { kind: 'Invoke-AksHciRotateCACertificate', stage: 'both-trusted' } },
      { beforeMs: 30 * DAY_MS, action: { kind: 'Invoke-AksHciRotateCACertificate', stage: 'reissuing' } },
      { beforeMs: 12 * HOUR_MS, action: { kind: 'Invoke-AksHciRotateCACertificate', stage: 'withdrawn' } },
    ],
  },
};
