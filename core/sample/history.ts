import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../shared/instant.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { RotationStepId } from '../pki/model/rotation.ts';
import type { Action } from '../simulation/actions/actions.ts';
import { simulateHistory, type PastAction } from '../simulation/files/history.ts';
import type { DeploymentState } from '../simulation/state.ts';
import {
  CLOUD_AGENT_FQDN,
  HOSTS,
  MANAGEMENT,
  SECOND_ADMIN,
  type WorkloadCluster,
  type WorkloadState,
} from './fleet.ts';

/*
 * Events, each with how long ago it happened. The simulation replays them and issues certificates; the times are chosen
 * to produce the intended states.
 */

/** Longer than the one-year validity of a kubeconfig. */
const DEPLOYED_BEFORE_MS = 400 * DAY_MS;
/** Error of a clock whose local time in Japan was entered as UTC. */
const SKEW_MS = 9 * HOUR_MS;

/**
 * Clients have renewed their certificates since the last of these updates, but the token of mocctl, which only an
 * update rotates, is due.
 */
const HOST_UPDATES_DAYS = [345, 290, 235, 180, 125, 75];

/**
 * Every client can renew between two stages. The new CA is valid for 365 days and 300 days old, so 90-day certificates
 * outlive it.
 */
const CA_ROTATION: readonly PastAction[] = [
  { beforeMs: 300 * DAY_MS, action: rotation('both-trusted') },
  { beforeMs: 230 * DAY_MS, action: rotation('reissuing') },
  { beforeMs: 200 * DAY_MS, action: rotation('withdrawn') },
];

const HOST_ACTIONS: readonly PastAction[] = [
  ...HOST_UPDATES_DAYS.map((days): PastAction => ({ beforeMs: days * DAY_MS, action: { kind: 'Update-AksHci' } })),
  ...CA_ROTATION,
  { beforeMs: DAY_MS, action: { kind: 'Update-AksHciCertificates' } },
  { beforeMs: 150 * DAY_MS, action: { kind: 'replace-management-kubeconfig' } },
  { beforeMs: 5 * HOUR_MS, action: { kind: 'set-clock', offsetMs: SKEW_MS } },
  // Token and certificate follow the host's wrong clock, so other computers do not accept them yet.
  { beforeMs: 20 * MINUTE_MS, action: { kind: 'New-MocIdentity', name: SECOND_ADMIN, validityDays: 60 } },
];

/** The revocation was meant to lock out the cluster's nodes for a day but locks them out permanently. */
const REVOCATION: RenewRevocation = {
  name: 'lost-worker-image',
  namespace: 'kube-system',
  description: 'A disk image of a worker node was lost',
  entries: [{ kind: 'Group', value: 'system:nodes', description: 'All nodes' }],
};

type ActionsOf = (name: string) => PastAction[];

const WORKLOAD_ACTIONS: Record<WorkloadState, { madeDays: number; actions: ActionsOf }> = {
  healthy: { madeDays: 110, actions: (name) => [updateAction(name, 30 * HOUR_MS)] },
  // The time is between 3/4 of four days, from which the board shows "due", and 4/5, at which a kubelet renews.
  'renewal-due': { madeDays: 80, actions: (name) => [updateAction(name, 74.5 * HOUR_MS)] },
  // The renewal pods and the approver of kubelet requests stop before the first renewal, with 9 of 96 hours left.
  'renewal-stalled': {
    madeDays: 75,
    actions: (name) => [
      updateAction(name, 87 * HOUR_MS),
      { beforeMs: 80 * HOUR_MS, action: { kind: 'stall-renewer', cluster: name, renewer: 'renewal-controller' } },
      { beforeMs: 80 * HOUR_MS, action: { kind: 'stall-client', identity: `${name}-cert-manager` } },
    ],
  },
  'off-6-days': { madeDays: 45, actions: (name) => [off(name, 6 * DAY_MS)] },
  // The cluster was 58 days old when it was switched off, so its 90-day certificates have expired since.
  'off-35-days': { madeDays: 93, actions: (name) => [off(name, 35 * DAY_MS)] },
  revoked: {
    madeDays: 60,
    actions: (name) => [
      updateAction(name, 6 * DAY_MS),
      { beforeMs: 5 * DAY_MS, action: { kind: 'apply-revocation', cluster: name, revocation: REVOCATION } },
      { beforeMs: DAY_MS, action: { kind: 'Update-AksHciClusterCertificates', name, fix: 'kubelet-credentials' } },
    ],
  },
  'kubeconfig-expired': {
    madeDays: 385,
    actions: (name) => [
      ...[340, 285, 230, 175, 120, 65].map((days) => updateAction(name, days * DAY_MS)),
      updateAction(name, 36 * HOUR_MS),
    ],
  },
};

export function simulateFleet({
  seed,
  clusters,
  ...present
}: {
  now: Instant;
  seed: string;
  clusters: readonly WorkloadCluster[];
  pause: () => Promise<void>;
}): Promise<DeploymentState> {
  const history = {
    seed,
    cloudAgentFqdn: CLOUD_AGENT_FQDN,
    hosts: HOSTS,
    management: MANAGEMENT,
    // Each is made at its own time.
    clusters: [],
    settings: { caRotatesItself: false },
    ageMs: DEPLOYED_BEFORE_MS,
    actions: listActions(clusters),
  };
  return simulateHistory(history, present);
}

function listActions(clusters: readonly WorkloadCluster[]): PastAction[] {
  const actions = [...HOST_ACTIONS];
  for (const { plan, state } of clusters) {
    const { madeDays, actions: more } = WORKLOAD_ACTIONS[state];
    actions.push({ beforeMs: madeDays * DAY_MS, action: { kind: 'New-AksHciCluster', plan } }, ...more(plan.name));
  }
  return actions.sort((left, right) => right.beforeMs - left.beforeMs);
}

function rotation(stage: RotationStepId): Action {
  return { kind: 'Invoke-AksHciRotateCACertificate', stage };
}

function updateAction(name: string, beforeMs: number): PastAction {
  return { beforeMs, action: { kind: 'Update-AksHciCluster', name } };
}

function off(cluster: string, beforeMs: number): PastAction {
  return { beforeMs, action: { kind: 'power', cluster, on: false } };
}
