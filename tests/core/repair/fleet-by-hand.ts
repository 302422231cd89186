import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import type { FailureId } from '../../../core/knowledge/model/failure.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../core/knowledge/model/credentials/roles.ts';
import type { FactsByCluster } from '../../../core/plan/model/cluster-facts.ts';
import type { ClusterPlace } from '../../../core/plan/model/deployment.ts';
import { commandText, type Plan, type PlanStep } from '../../../core/plan/model/plan.ts';
import type { Answers } from '../../../core/repair/model/evidence.ts';
import { repairPlan } from '../../../core/repair/model/plan.ts';
import { repairRequest } from '../../../core/repair/model/request.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { DAY_MS, instant, epochMs } from '../../../core/shared/instant.ts';
import { boardRow } from '../../support/board-rows.ts';

/* A small deployment written by hand, so that plans depend only on facts in the test. */

export const NOW = instant('2025-04-02T08:00:00Z');
export const NOW_MS = epochMs(NOW);

export function place(name: string, kind: ClusterPlace['kind'] = 'kubernetes'): ClusterPlace {
  return { id: `id of ${name}` as ClusterId, name, kind };
}

export const AGENT = place('moc-agent.plant.example', 'moc');
export const MANAGEMENT = place('clustergroup-management');
export const DEPOT = place('depot');
export const YARD = place('yard');

/** Makes a credential that ends in `leftDays` days; a negative number means that it has expired. */
export function credential(of: ClusterPlace, role: RoleId, leftDays: number, change: Partial<BoardRow> = {}): BoardRow {
  const { layer, lifetimeClass } = ROLES[role];
  const { usualMs } = LIFETIME_CLASSES[lifetimeClass];
  const notAfterMs = NOW_MS + leftDays * DAY_MS;
  return boardRow({
    id: `${of.name} ${role}` as CredentialId,
    name: `${role} of ${of.name}`,
    cluster: of.name,
    clusterId: of.id,
    role,
    kind: role.endsWith('token') ? 'token' : 'certificate',
    layer: layer ?? 'moc',
    lifetimeClass,
    notBeforeMs: notAfterMs - usualMs,
    notAfterMs,
    ...change,
  });
}

/** Makes the credentials of a healthy deployment with these clusters. The earliest expiry is in three days. */
export function healthy(...clusters: readonly ClusterPlace[]): BoardRow[] {
  return [
    ...(['mocctl', 'kvactl', 'kvactl-token', 'node-agent', 'node-agent-token'] as const).map((role) =>
      credential(AGENT, role, 80),
    ),
    credential(AGENT, 'cloud-agent-ca', 300),
    credential(MANAGEMENT, 'management-kubeconfig', 250),
    credential(MANAGEMENT, 'apiserver', 3),
    ...(['kms-plugin', 'kms-plugin-token', 'caph', 'caphlogintoken'] as const).map((role) =>
      credential(MANAGEMENT, role, 80),
    ),
    ...clusters.flatMap((cluster) => healthyCluster(cluster)),
  ];
}

function healthyCluster(cluster: ClusterPlace): BoardRow[] {
  return [
    ...(['apiserver', 'etcd-server', 'kubelet-client', 'front-proxy-client'] as const).map((role) =>
      credential(cluster, role, 3),
    ),
    ...(['kms-plugin', 'kms-plugin-token', 'csi', 'csi-token', 'load-balancer', 'load-balancer-token'] as const).map(
      (role) => credential(cluster, role, 80),
    ),
    credential(cluster, 'admin-kubeconfig', 200),
  ];
}

/** Replaces the rows that have the id of a change, and appends the other changes. */
export function mergeRows(rows: readonly BoardRow[], ...changes: readonly BoardRow[]): BoardRow[] {
  const changed = new Map(changes.map((row) => [row.id, row]));
  return [
    ...rows.map((row) => changed.get(row.id) ?? row),
    ...changes.filter(({ id }) => !rows.some((row) => row.id === id)),
  ];
}

export interface Situation {
  places?: readonly ClusterPlace[];
  rows?: readonly BoardRow[];
  named?: readonly string[];
  failures?: readonly FailureId[];
  texts?: readonly string[];
  answers?: Answers;
  facts?: FactsByCluster;
  deployment?: string;
}

export function makeRequest(situation: Situation): ReturnType<typeof repairRequest> {
  const { deployment, places = [AGENT, MANAGEMENT, DEPOT], rows = [], named = [], ...more } = situation;
  const { failures = [], texts = [], answers = {}, facts = {} } = more;
  return repairRequest(
    { now: NOW, clusters: places, rows, facts, classes: LIFETIME_CLASSES },
    { clusters: named, failures, texts, answers, deployment },
  );
}

export function makePlan(situation: Situation): Plan {
  return repairPlan(makeRequest(situation));
}

export const stepCommand = ({ command }: Pick<PlanStep, 'command'>): string =>
  command === undefined ? '-' : commandText(command);
export const stepCases = ({ only = [] }: PlanStep): string[] => only.map(({ text }) => text);
export const listChanges = ({ steps }: Plan): string[] => steps.filter(({ risk }) => risk !== 'none').map(stepCommand);
