import { commandText, type Plan, type PlanStep } from '../../../../core/plan/model/plan.ts';
import type { Statement } from '../../../../core/shared/citation.ts';
import { planRepair } from '../../../../core/repair/service.ts';
import { MANAGEMENT, makeSource, WORKLOAD } from './inventory.ts';
import { ACTIONS, isApiServerUp, isNeeded, isValid, type Action, type ActionName, type Platform } from './platform.ts';

/* Follows a plan literally, as an admin would, on a platform of `platform.ts`. */

export interface Walk {
  /** The platform at the start and after each action. */
  platforms: readonly Platform[];
  actions: readonly ActionName[];
  /** Number of actions that have no effect, or that the documentation always adds to another repair. */
  followUps: number;
  /** Unknown conditions and actions, unmet requirements, and actions that replace only valid credentials. */
  problems: readonly string[];
}

/** Makes the plan for all faults that the inventory of a platform shows. */
export function planFor(platform: Platform): Plan {
  return planRepair(makeSource(platform), { clusters: [], failures: [], texts: [], answers: {} }).plan;
}

interface Situation {
  platform: Platform;
  cluster: 'management' | 'workload';
  step: PlanStep;
}

/** Returns whether a condition of a step applies; `undefined` if this proof does not know the condition. */
function isCase(text: string, { platform, cluster, step }: Situation): boolean | undefined {
  const cases: Record<string, boolean> = {
    'repair.only.api-server-down': !isApiServerUp(platform, cluster),
    'repair.only.management-down': !isApiServerUp(platform, 'management'),
    'repair.only.kms-down': platform.isKmsDown[cluster],
    'repair.only.mocctl-expired': !isValid(platform, 'mocctl'),
    'repair.only.management': cluster === 'management',
    'repair.only.workload': cluster === 'workload',
    'repair.only.each-cluster': cluster === 'workload',
    'repair.only.still-failing': !isValid(platform, 'kubelet-server'),
    'repair.only.from-mocctl': !isValid(platform, 'mocctl'),
    'repair.only.from-kvactl': platform.credentials.kvactl === 'expired',
    'repair.only.certificates-valid': isValid(platform, 'apiserver'),
    // The check before the login shows whether mocctl works.
    'repair.plan.confirmed': step.id !== 'repair-moc-login' || !isValid(platform, 'mocctl'),
    // Clients are assumed not to log in while an admin reads the plan.
    'repair.plan.not-logged-in': true,
    'repair.only.no-effect': platform.isWithoutEffect,
    // All machines are assumed to have the memory that their build needs.
    'repair.only.old-build': false,
    'repair.only.preview': false,
    'repair.only.memory': false,
    'repair.only.not-production': false,
    'repair.only.still-starting': false,
    'repair.only.still-out-of-policy': false,
    'repair.only.approver': !isValid(platform, 'csi'),
  };
  return cases[text];
}

/** Returns whether a condition applies. If the condition joins several cases, one of them suffices. */
function isCondition({ text, params = {} }: Statement, situation: Situation): boolean | undefined {
  if (!text.startsWith('repair.plan.either')) return isCase(text, situation);
  const all = Object.values(params).map((each) => isCase(String(each), situation));
  return all.includes(undefined) ? undefined : all.includes(true);
}

/**
 * Returns the action of a step. `read`: the step changes nothing. `part`: only a later step of its procedure has an
 * effect.
 */
function findAction(step: PlanStep, workload: string): ActionName | 'read' | 'part' | undefined {
  // The cluster is rebuilt, so there is nothing left in it to repair.
  if (step.command === undefined) return step.id.startsWith('rebuild') ? 'part' : undefined;
  const text = commandText(step.command);
  const parameters = new Set(text.match(/ -[A-Za-z]+/gu)?.map((each) => each.trim()));
  if (text.startsWith('Update-AksHciClusterCertificates')) {
    if (!new RegExp(` -name (?:${workload}|<cluster[^>]*>)( |$)`, 'u').test(text)) return undefined;
    if (parameters.has('-patchLoadBalancer')) return 'patch-load-balancer';
    return parameters.has('-fixCloudCredentials')
      ? 'fix-cloud'
      : parameters.has('-fixKubeletCredentials')
        ? 'fix-kubelet'
        : undefined;
  }
  const known = (Object.keys(ACTIONS) as ActionName[]).find((name) => text === name || text.startsWith(`${name} `));
  if (known !== undefined) return known;
  return PROCEDURES.find(([pattern]) => pattern.test(text))?.[1];
}

const PROCEDURES: readonly (readonly [RegExp, ActionName | 'read' | 'part'])[] = [
  [/^Remove-Item .*kvactl\\cloudconfig/u, 'delete-kvactl-file'],
  [/^scp .*admin\.conf .*\(Get-KvaConfig\)\.kubeconfig/u, 'copy-admin-conf'],
  [/admin\.conf/u, 'part'],
  [/cert-tattoo-provision CreateCertsWithAltNames/u, 'provision-by-hand'],
  [/ls \/etc\/kubernetes\/pki\/cert-tattoo-\*/u, 'read'],
  [/^mocctl\.exe security identity rotate/u, 'part'],
  [/cloudlogin\.yaml/u, 'part'],
  [/crictl stop/u, 'part'],
  [/^(Copy-Item|Get-|kubectl get|whoami|mkdir)/u, 'read'],
  [/^\[Security\.Cryptography\.X509Certificates/u, 'read'],
  [/crictl ps|docker container ls/u, 'read'],
  // The node agent is stopped so that it can join again.
  [/^(kill|Stop-Service|Start-ClusterGroup)/u, 'part'],
  [/^Get-ClusterNode/u, 'read'],
];

/** `command`: the name used in commands, if it differs from the name in the inventory. */
interface ClusterNames {
  workload: string;
  command?: string;
  management: string;
}

const NAMES: ClusterNames = { workload: WORKLOAD, management: MANAGEMENT };

/** Follows the plan from start to end. */
export function walk(start: Platform, plan: Plan, names = NAMES): Walk {
  const platforms = [start];
  const actions: ActionName[] = [];
  const problems: string[] = [];
  let followUps = 0;
  let rotated: string | undefined;
  for (const step of plan.steps) {
    const platform = platforms.at(-1) ?? start;
    const cluster = step.cluster === names.workload ? 'workload' : 'management';
    const cases = (step.only ?? []).map((each) => ({
      text: each.text,
      is: isCondition(each, { platform, cluster, step }),
    }));
    for (const { text, is } of cases) if (is === undefined) problems.push(`${step.id}: unknown case ${text}`);
    if (cases.some(({ is }) => is === false)) continue;
    let action = findAction(step, names.command ?? names.workload);
    const text = step.command === undefined ? step.title.text : commandText(step.command);
    if (action === undefined) problems.push(`${step.id}: does something that the model does not know: ${text}`);
    if (/security identity rotate/u.test(text)) {
      rotated = /KMSPlugin-(.+)-moc-kms-plugin/u.exec(text)?.[1];
      if (!isValid(platform, 'mocctl')) problems.push(`${step.id}: needs mocctl`);
    }
    if (/crictl stop/u.test(text) && rotated !== undefined) {
      action = rotated === names.management ? 'kms-by-hand management' : 'kms-by-hand workload';
      rotated = undefined;
    }
    if (action === undefined || action === 'read' || action === 'part') continue;
    const { needs, does }: Action = ACTIONS[action];
    for (const need of needs(platform)) problems.push(`${step.id} (${action}): needs ${need}`);
    if (needs(platform).length > 0) continue;
    // The remedies of two faults may overlap, so an earlier action may already have removed the fault.
    if (isTrial(action, platform) || (!isNeeded(action, start) && isFollowUp(action, start))) followUps += 1;
    else if (!isNeeded(action, platform) && !isNeeded(action, start))
      problems.push(`${step.id} (${action}): nothing of it is wrong`);
    actions.push(action);
    platforms.push(does(platform));
  }
  return { platforms, actions, followUps, problems };
}

/** Returns whether an action has no effect, which is unknown before it runs. */
function isTrial(action: ActionName, { isWithoutEffect }: Platform): boolean {
  return action === 'fix-kubelet' && isWithoutEffect;
}

/**
 * Returns whether an action follows another repair: a kubeconfig after new certificates, or the login of the load
 * balancer after the other logins.
 */
function isFollowUp(action: ActionName, start: Platform): boolean {
  if (action === 'Get-AksHciCredential') return !isValid(start, 'apiserver') || !isValid(start, 'kubelet-server');
  if (action === 'patch-load-balancer')
    return (['kms', 'kms-token', 'csi'] as const).some((each) => !isValid(start, each));
  return false;
}
