import { updateFact } from '../domain/catalogue/update-facts.ts';
import type { Statement } from '../domain/citation.ts';
import type { CommandWord, PlanCommand, PlanStep, StepTarget } from '../domain/plan.ts';
import type { PreflightCheck } from '../domain/preflight.ts';
import type { RenewalRefusal } from '../domain/renewal-refusal.ts';
import type { RepairStep } from '../domain/repair-order.ts';
import type { UpdateTest } from '../domain/update-versions.ts';

/*
 * The steps of an update, one function each. Names of clusters are values in all of them.
 */

const HOST: StepTarget = { kind: 'host' };
const NOTHING: PlanStep['because'] = { failures: [], credentials: [] };

/** A cmdlet; a parameter that is `true` is a switch. */
export function cmdlet(
  name: string,
  parameters: Readonly<Record<string, CommandWord | true>> = {},
): PlanCommand {
  return {
    ...{ kind: 'cmdlet', name },
    parameters: Object.entries(parameters).map(([parameter, value]) => ({
      name: parameter,
      ...(value !== true && { value }),
    })),
  };
}

function clusterWord(name: string): CommandWord {
  return { name: 'cluster', value: name };
}

/** Lower-case words with hyphens, whatever a name has in it. */
function stepId(...parts: string[]): string {
  const words = parts.map((part) => part.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-'));
  return words.join('-').replaceAll(/-{2,}/gu, '-').replaceAll(/^-|-$/gu, '');
}

/** A check that has no answer yet, or was answered with a problem. */
export function checkStep(check: PreflightCheck): PlanStep {
  const { id, cluster, title, why, command, target, expected, credentials } = check;
  return {
    id: stepId('check', id, cluster ?? ''),
    ...{ title, why, command, target, expected, risk: 'none' },
    needsApiServer: NEED_API_SERVER.includes(id),
    ...(cluster !== undefined && { cluster }),
    because: { failures: [], credentials },
  };
}

const NEED_API_SERVER: readonly PreflightCheck['id'][] = [
  ...(['kvactl-login', 'management-kubeconfig', 'kms', 'update-test'] as const),
];

/** Commands of a repair with the name of the cluster apart; what only a person can do has none. */
const REPAIR_COMMANDS: Partial<Record<string, (cluster: CommandWord) => PlanCommand>> = {
  'moc-login': () => cmdlet('Repair-MocLogin'),
  'node-agent': () => cmdlet('Repair-Moc'),
  'cloud-agent-ca': () => cmdlet('Invoke-AksHciRotateCACertificate'),
  host: () => cmdlet('Update-AksHciCertificates'),
  kubelet: (name) =>
    cmdlet('Update-AksHciClusterCertificates', { name, fixKubeletCredentials: true }),
  cloud: (name) => cmdlet('Update-AksHciClusterCertificates', { name, fixCloudCredentials: true }),
  'load-balancer': (name) =>
    cmdlet('Update-AksHciClusterCertificates', {
      ...{ name, patchLoadBalancer: true, fixCloudCredentials: true },
    }),
  'ad-auth-uninstall': (name) => cmdlet('Uninstall-AksHciAdAuth', { name }),
  credential: (name) => cmdlet('Get-AksHciCredential', { name }),
};

/** Of a repair: what takes something away for a while. */
const DISRUPTIVE = ['cloud-agent-ca', 'ad-auth-uninstall'];

export function repairStep(
  { id, statement, because }: RepairStep,
  cluster: { name: string; isHost: boolean },
): PlanStep {
  const command = REPAIR_COMMANDS[id]?.(clusterWord(cluster.name));
  const isOfHost = cluster.isHost || HOST_REPAIRS.includes(id);
  return {
    id: stepId('repair', id, isOfHost ? '' : cluster.name),
    title: { text: `maintenance.step.${id}`, citations: statement.citations },
    ...{ target: HOST, why: statement, expected: updateFact('repair.expected') },
    ...(command !== undefined && { command }),
    risk: DISRUPTIVE.includes(id) ? 'disruptive' : 'low',
    // The repair of a cluster goes through its API server: Azure/aksArc issue 127.
    needsApiServer: id === 'kubelet' || id === 'cloud' || id === 'load-balancer',
    ...(!isOfHost && { cluster: cluster.name }),
    because: { failures: [], credentials: because },
  };
}

/** Takes away what would undo the repair of a cluster. */
export function revocationStep(
  { statement, because }: RepairStep,
  cluster: string,
  refusals: readonly RenewalRefusal[],
): PlanStep {
  const files = [...new Set(refusals.map(({ path }) => path))];
  const kubectl = (verb: string): PlanCommand => ({
    ...{ kind: 'program', program: 'kubectl' },
    args: [
      { literal: verb },
      ...files.flatMap((value) => [{ literal: '-f' }, { name: 'file', value }]),
    ],
  });
  // A file with other objects in it would take those away as well.
  const isByFile = refusals.length > 0 && refusals.every(({ isAlone }) => isAlone);
  return {
    ...{ id: stepId('repair-revocation', cluster), title: updateFact('revocation.title') },
    ...{ target: HOST, why: statement, expected: updateFact('repair.expected') },
    ...(isByFile && {
      command: kubectl('delete'),
      undo: { command: kubectl('apply'), statement: updateFact('revocation.undo') },
    }),
    ...{ risk: 'disruptive', needsApiServer: true, cluster },
    because: { failures: [], credentials: because },
  };
}

/** Repaired once, whichever cluster needs it. */
const HOST_REPAIRS = ['management-kubeconfig', 'moc-login', 'node-agent', 'cloud-agent-ca', 'host'];

export function moduleStep(): PlanStep {
  return {
    ...{ id: 'module', title: updateFact('module.title'), why: updateFact('module.why') },
    command: cmdlet('Update-Module', {
      ...{ Name: { literal: 'AksHci' }, Force: true, AcceptLicense: true },
    }),
    target: { kind: 'every-host' },
    check: {
      command: cmdlet('Get-Module', { ListAvailable: true, Name: { literal: 'AksHci' } }),
      expected: updateFact('module.expected'),
    },
    ...{ risk: 'low', needsApiServer: false, because: NOTHING },
  };
}

export function versionStep(build: string | undefined): PlanStep {
  return {
    ...{ id: 'version-before', title: updateFact('version.title') },
    ...{ why: updateFact('version.why'), target: HOST, command: cmdlet('Get-AksHciVersion') },
    expected:
      build === undefined
        ? updateFact('version.expected')
        : updateFact('version.expected-build', { build }),
    ...{ risk: 'none', needsApiServer: false, because: NOTHING },
  };
}

/** `to` is the newest build that is offered, where that is known. */
export function hostStep(
  { from, to }: { from: string | undefined; to: string | undefined },
  credentials: PlanStep['because']['credentials'],
): PlanStep {
  return {
    ...{ id: 'update-host', title: updateFact('host.title'), why: updateFact('host.why') },
    ...{ target: HOST, command: cmdlet('Update-AksHci'), expected: updateFact('host.expected') },
    check: {
      command: cmdlet('Get-AksHciVersion'),
      expected:
        to !== undefined
          ? updateFact('host.check-build', { build: to })
          : from !== undefined
            ? updateFact('host.check-from', { from })
            : updateFact('host.check'),
    },
    undo: { statement: updateFact('host.undo') },
    ...{ risk: 'disruptive', needsApiServer: true, because: { failures: [], credentials } },
  };
}

export function rereadStep(cluster: string): PlanStep {
  return {
    ...{ id: stepId('updates', cluster), title: updateFact('reread.title') },
    ...{ why: updateFact('reread.why'), target: HOST, expected: updateFact('reread.expected') },
    command: cmdlet('Get-AksHciClusterUpdates', { name: clusterWord(cluster) }),
    ...{ risk: 'none', needsApiServer: true, cluster, because: NOTHING },
  };
}

/** One update of Kubernetes in a cluster. Without `version` whoever runs it fills it in; without `minor` any. */
export interface ClusterStepFacts {
  cluster: string;
  from?: string;
  minor?: string;
  version?: string;
  why: Statement;
  credentials: PlanStep['because']['credentials'];
}

export function clusterStep(facts: ClusterStepFacts): PlanStep {
  const { cluster, version, minor, why, credentials } = facts;
  return {
    id: stepId('update', cluster, version ?? minor ?? 'newest'),
    title:
      version !== undefined
        ? updateFact('cluster.title', { version })
        : minor !== undefined
          ? updateFact('cluster.title-open', { minor })
          : updateFact('cluster.title-unknown'),
    ...{ why, target: HOST, expected: updateFact('cluster.expected') },
    command: cmdlet('Update-AksHciCluster', {
      name: clusterWord(cluster),
      kubernetesVersion: {
        name: versionName(facts),
        ...(version !== undefined && { value: version }),
      },
    }),
    check: {
      command: cmdlet('Get-AksHciCluster', { name: clusterWord(cluster) }),
      expected:
        version === undefined
          ? updateFact('cluster.check-open')
          : updateFact('cluster.check', { version }),
    },
    undo: { statement: updateFact('cluster.undo') },
    ...{ risk: 'disruptive', needsApiServer: true, cluster },
    because: { failures: [], credentials },
  };
}

/** Each open version is a value of its own, under a name that PowerShell takes as a word. */
function versionName({ cluster, minor, version }: ClusterStepFacts): string {
  return version !== undefined
    ? 'kubernetesVersion'
    : stepId('kubernetes-version', cluster, minor ?? '').replaceAll('-', '_');
}

export function systemStep(
  cluster: string,
  credentials: PlanStep['because']['credentials'],
): PlanStep {
  return {
    ...{ id: stepId('update', cluster, 'system'), title: updateFact('system.title') },
    ...{ why: updateFact('system.why'), target: HOST, expected: updateFact('system.expected') },
    command: cmdlet('Update-AksHciCluster', {
      ...{ name: clusterWord(cluster), operatingSystem: true },
    }),
    check: {
      command: cmdlet('Get-AksHciCluster', { name: clusterWord(cluster) }),
      expected: updateFact('cluster.check-open'),
    },
    undo: { statement: updateFact('cluster.undo') },
    ...{ risk: 'disruptive', needsApiServer: true, cluster },
    because: { failures: [], credentials },
  };
}

/** After each update of a cluster. */
export function poolsStep(cluster: string, after: string, version: string | undefined): PlanStep {
  return {
    ...{ id: stepId('pools', cluster, after), title: updateFact('pools.title') },
    ...{ why: updateFact('pools.why'), target: HOST },
    command: cmdlet('Get-AksHciNodePool', { clusterName: clusterWord(cluster) }),
    expected:
      version === undefined
        ? updateFact('pools.expected')
        : updateFact('pools.expected-version', { version }),
    ...{ risk: 'none', needsApiServer: true, cluster, because: NOTHING },
  };
}

export function credentialStep(
  cluster: string,
  credentials: PlanStep['because']['credentials'],
): PlanStep {
  return {
    ...{ id: stepId('credential', cluster), title: updateFact('credential.title') },
    ...{ why: updateFact('credential.why'), target: HOST },
    command: cmdlet('Get-AksHciCredential', { name: clusterWord(cluster) }),
    expected: updateFact('credential.expected'),
    undo: { statement: updateFact('credential.undo') },
    ...{ risk: 'low', needsApiServer: true, cluster, because: { failures: [], credentials } },
  };
}

/** Last of a cluster, with the kubeconfig that was just fetched, which is then kubectl’s own. */
export function nodesStep(cluster: string, version: string | undefined): PlanStep {
  return {
    ...{ id: stepId('nodes', cluster), title: updateFact('nodes.title') },
    ...{ why: updateFact('nodes.why'), target: HOST },
    command: {
      ...{ kind: 'program', program: 'kubectl' },
      args: ['get', 'nodes', '-o', 'wide'].map((literal) => ({ literal })),
    },
    expected:
      version === undefined
        ? updateFact('nodes.expected')
        : updateFact('nodes.expected-version', { version }),
    ...{ risk: 'none', needsApiServer: true, cluster, because: NOTHING },
  };
}

/** Clusters that a failed test names, which stand in the way of the hosts’ update. */
export function deprecatedClusters(tests: readonly UpdateTest[] | undefined): Set<string> {
  return new Set((tests ?? []).flatMap(({ deprecated }) => deprecated?.cluster ?? []));
}
