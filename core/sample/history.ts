import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/instant.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { RotationStepId } from '../pki/model/rotation.ts';
import type { Action } from '../simulation/actions/actions.ts';
import { SECOND_ADMIN, type SampleCluster, type WorkloadState } from './fleet.ts';

/*
 * What people did to the fleet, by how long before its present. Nothing here describes certificates: those follow from
 * the simulation. The times are chosen so that the renewal rules lead to the intended state.
 */

/** Something that somebody did this many milliseconds before the fleet's present. */
export interface PastAction {
  beforeMs: number;
  action: Action;
}

/** Longer than a kubeconfig's year, so that one can have expired. */
export const DEPLOYED_BEFORE_MS = 400 * DAY_MS;
/** Skew of the hosts' clock: their local time was set as if it were UTC, as happens in Japan. */
const SKEW_MS = 9 * HOUR_MS;

/**
 * The host and the management cluster were updated now and then, the last time so long ago that certificates have
 * renewed themselves since and mocctl's token, which no update has rotated, is due. Yesterday the certificates were
 * updated.
 */
const HOST_UPDATES_DAYS = [345, 290, 235, 180, 125, 75];

/**
 * The cloud agent's CA was rotated, in stages far enough apart for every client to renew in between. The new one is 300
 * of its 365 days old: 90-day certificates that it signs now outlive it.
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
  // Token and certificate begin by the host's clock, so they are not yet valid anywhere else.
  { beforeMs: 20 * MINUTE_MS, action: { kind: 'New-MocIdentity', name: SECOND_ADMIN, validityDays: 60 } },
];

/** What an admin applied to a cluster to lock out its nodes for one day, and what locks them out for good. */
const REVOCATION: RenewRevocation = {
  name: 'lost-worker-image',
  namespace: 'kube-system',
  description: 'A disk image of a worker node was lost',
  entries: [{ kind: 'Group', value: 'system:nodes', description: 'All nodes' }],
};

type ActionsOf = (name: string) => PastAction[];

/** What happened to each kind of workload cluster after its creation. */
const WORKLOAD_ACTIONS: Record<WorkloadState, { madeDays: number; actions: ActionsOf }> = {
  healthy: { madeDays: 110, actions: (name) => [updated(name, 30 * HOUR_MS)] },
  // Between three quarters of four days, where the board says "due", and four fifths, where a kubelet renews.
  'renewal-due': { madeDays: 80, actions: (name) => [updated(name, 74.5 * HOUR_MS)] },
  // The renewal pods stop before the first renewal; nine of 96 hours are left. So does the approver of kubelet
  // requests.
  'renewal-stalled': {
    madeDays: 75,
    actions: (name) => [
      updated(name, 87 * HOUR_MS),
      { beforeMs: 80 * HOUR_MS, action: { kind: 'stall-renewer', cluster: name, renewer: 'renewal-controller' } },
      { beforeMs: 80 * HOUR_MS, action: { kind: 'stall-client', identity: `${name}-cert-manager` } },
    ],
  },
  'off-6-days': { madeDays: 45, actions: (name) => [off(name, 6 * DAY_MS)] },
  // 58 days old when it was switched off, so that certificates valid for 90 days have expired in between.
  'off-35-days': { madeDays: 93, actions: (name) => [off(name, 35 * DAY_MS)] },
  revoked: {
    madeDays: 60,
    actions: (name) => [
      updated(name, 6 * DAY_MS),
      { beforeMs: 5 * DAY_MS, action: { kind: 'apply-revocation', cluster: name, revocation: REVOCATION } },
      { beforeMs: DAY_MS, action: { kind: 'Update-AksHciClusterCertificates', name, fix: 'kubelet-credentials' } },
    ],
  },
  'kubeconfig-expired': {
    madeDays: 385,
    actions: (name) => [
      ...[340, 285, 230, 175, 120, 65].map((days) => updated(name, days * DAY_MS)),
      updated(name, 36 * HOUR_MS),
    ],
  },
};

/** Everything that was done to a fleet, oldest first. */
export function listActions(clusters: readonly (SampleCluster & { state: WorkloadState })[]): PastAction[] {
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

function updated(name: string, beforeMs: number): PastAction {
  return { beforeMs, action: { kind: 'Update-AksHciCluster', name } };
}

function off(cluster: string, beforeMs: number): PastAction {
  return { beforeMs, action: { kind: 'power', cluster, on: false } };
}
