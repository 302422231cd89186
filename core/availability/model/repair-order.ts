import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { CLUSTER_ROOTS, listRoles, ROLES } from '../../knowledge/model/credentials/roles.ts';
import { NEW_CREDENTIAL_AFTER_REPAIR } from '../../knowledge/model/credentials/roles-remedies.ts';
import { REPAIR_STEP_IDS, STEP_REMEDIES, type RepairStepId } from '../../knowledge/model/credentials/repair-steps.ts';
import { addTo } from '../../shared/lists.ts';
import type { Statement } from '../../shared/citation.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { remedyCommand } from '../../plan/model/command-name.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { describeRemoval, type RenewalRefusal } from '../../inventory/model/renewal-refusal.ts';

export interface OrderedRepair {
  /** `revocation` comes first: a RenewRevocation left behind would undo the rest. No command performs a `rebuild`. */
  id: RepairStepId | 'revocation' | 'rebuild';
  /** PowerShell for a host. The admin fills in the words in angle brackets. */
  command: string;
  statement: Statement;
  /** Catalogue key of the condition for the step; absent if the step is always needed. */
  only?: string;
  /** Credentials that require the step; empty if only another step requires it. */
  because: CredentialId[];
}

export function findRepairStepId(command: string | undefined): RepairStepId | undefined {
  return REPAIR_STEP_IDS.find((id) => STEP_REMEDIES[id].command === command);
}

interface RepairedCluster {
  name?: string;
  /** Expired credentials of the hosts below a workload cluster; the hosts are repaired first. */
  host?: readonly BoardRow[];
  /** Expired certificates of identities that can log in again with valid tokens. */
  loggingIn?: ReadonlySet<CredentialId>;
  /** Roles with a valid credential. If the load balancer has one, other repairs do not imply its own. */
  valid?: ReadonlySet<RoleId>;
  /** Active RenewRevocations that match new certificates, with the affected credentials. */
  refusals?: readonly { id: CredentialId; refusal: RenewalRefusal }[];
  /** `host` is a cloud agent or a management cluster, which are repaired with other cmdlets. */
  kind: 'host' | 'workload';
}

/**
 * Orders repairs as in Microsoft Learn, "Update certificates". Inferred: the load balancer follows the cloud
 * credentials, since its credentials expire with them, and the kubeconfig comes last. A RenewRevocation that matches
 * new certificates is removed first.
 */
export function repairOrder(
  expired: readonly BoardRow[],
  { name, kind, host = [], valid, loggingIn = new Set(), refusals = [] }: RepairedCluster,
): OrderedRepair[] {
  // Inferred: no documented cmdlet replaces a root.
  const roots = expired.filter(({ role }) => CLUSTER_ROOTS.includes(role)).map(({ id }) => id);
  if (roots.length > 0)
    return [{ id: 'rebuild', command: SAVE_OBJECTS, statement: repairFact('rebuild'), because: roots }];
  const because = new Map<RepairStepId, CredentialId[]>();
  for (const row of expired) for (const step of repairsFor(row, kind)) addTo(because, step, row.id);
  if (kind === 'workload') {
    // Every client in the cluster has a certificate of the cloud agent's CA, read or not.
    for (const row of host)
      if (row.role === 'cloud-agent-ca') for (const step of ISSUED_BY_CLOUD_AGENT) addTo(because, step, row.id);
    if (because.size > 0)
      for (const row of host)
        for (const step of repairsFor(row, 'host')) if (HOST_STEPS.includes(step)) addTo(because, step, row.id);
    const isCloudOut = expired.some(
      ({ id, layer, role }) => layer === 'moc' && ROLES[role].repair.length > 0 && !loggingIn.has(id),
    );
    const isBalancerValid = LOAD_BALANCER_ROLES.some((role) => valid?.has(role));
    if (isCloudOut && !isBalancerValid && !because.has('load-balancer')) because.set('load-balancer', []);
    if (because.has('kubelet') && !because.has('credential')) because.set('credential', []);
  }
  // Two published fixes contradict each other: the cloud credentials come first. Source: Azure/aksArc issue 237.
  const kubelet = because.get('kubelet') ?? [];
  const isServingOnly = expired.every(({ role, id }) => role === 'kubelet-server' || !kubelet.includes(id));
  const steps = REPAIR_STEP_IDS.filter((id) => because.has(id)).map((id): OrderedRepair => {
    const chosen = id === 'credential' && because.has('kubelet') ? NEW_CREDENTIAL_AFTER_REPAIR : STEP_REMEDIES[id];
    const ids = [...new Set(because.get(id))];
    const isLogin = BY_LOGIN.includes(id) && ids.length > 0 && ids.every((each) => loggingIn.has(each));
    return {
      id,
      command: remedyCommand(chosen, { commandName: name }),
      statement: isLogin ? repairFact('identity.log-in-again') : chosen.statement,
      only: isLogin
        ? 'repair.plan.not-logged-in'
        : id === 'kubelet' && isServingOnly
          ? 'repair.only.still-failing'
          : undefined,
      because: ids,
    };
  });
  const isKubernetesRepaired = expired.some((row) => row.layer === 'kubernetes' && repairsFor(row, kind).length > 0);
  return isKubernetesRepaired ? [...removalSteps(refusals), ...steps] : steps;
}

function removalSteps(refusals: RepairedCluster['refusals'] = []): OrderedRepair[] {
  if (refusals.length === 0) return [];
  const { command, statement } = describeRemoval(refusals.map(({ refusal }) => refusal));
  return [{ id: 'revocation', command, statement, because: [...new Set(refusals.map(({ id }) => id))] }];
}

/** `all` alone omits most kinds of objects. Secrets are left out because the output of a run is stored. */
export const SAVE_OBJECTS = 'kubectl get "all,configmaps,ingresses,persistentvolumeclaims" --all-namespaces -o yaml';

/** Steps that replace tokens, which is not needed for clients that can log in again by themselves. */
const BY_LOGIN: readonly RepairStepId[] = ['host', 'cloud', 'load-balancer'];

const LOAD_BALANCER_ROLES = listRoles(({ repair }) => repair.includes('load-balancer'));

/** Repairs that renew what the CA of the cloud agent has issued to a workload cluster. */
export const ISSUED_BY_CLOUD_AGENT = ['cloud', 'load-balancer'] as const satisfies readonly RepairStepId[];

const HOST_STEPS: readonly RepairStepId[] = ['moc-login', 'node-agent', 'cloud-agent-ca', 'host'];

export function repairsFor({ role }: BoardRow, kind: RepairedCluster['kind']): readonly RepairStepId[] {
  const steps = ROLES[role].repair;
  if (kind === 'workload') return steps;
  // Omits the step `credential`: the management cluster's kubeconfig is judged separately, and no cmdlet creates one.
  if (role === 'kubelet-server') return ['host'];
  // The host's cmdlet repairs both layers of the management cluster.
  return steps.map((step) => (step === 'cloud' || step === 'kubelet' ? 'host' : step));
}
