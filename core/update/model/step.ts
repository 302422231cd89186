import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { updateFact } from '../../knowledge/model/update-facts.ts';
import type { Statement } from '../../shared/citation.ts';
import type { PlanStep } from '../../plan/model/plan.ts';
import { OPEN_VERSION } from '../../plan/model/value.ts';
import { cmdlet, LIST_MODULES, preflightChecks, type PreflightCheck } from './preflight.ts';
import { OWN_CREDENTIAL } from '../../knowledge/model/failures/steps.ts';
import { clusterValues, clusterWord, type NamedCluster } from '../../plan/model/command-name.ts';
import { buildCommand } from '../../plan/model/command.ts';
import { stepId } from '../../repair/model/plan-step.ts';
import { NOTHING_KNOWN, type UpdateTest } from './versions.ts';

function createStep(
  name: 'module' | 'version' | 'host' | 'reread' | 'cluster' | 'system' | 'pools' | 'credential' | 'nodes',
  cluster: NamedCluster | undefined,
  own: Pick<PlanStep, 'id'> & Partial<PlanStep>,
): PlanStep {
  return {
    title: updateFact(`${name}.title`),
    why: updateFact(`${name}.why`),
    target: { kind: 'host' },
    risk: 'none',
    needsApiServer: cluster !== undefined,
    cluster: cluster?.name,
    because: { failures: [], credentials: [] },
    ...own,
  };
}

export function checkStep({ id, state, but, credentials, ...check }: PreflightCheck): PlanStep {
  return {
    ...check,
    id: stepId('check', id, check.cluster ?? ''),
    risk: 'none',
    needsApiServer: NEED_API_SERVER.includes(id),
    because: { failures: [], credentials },
  };
}

const NEED_API_SERVER: readonly PreflightCheck['id'][] = [
  ...(['kvactl-login', 'management-kubeconfig', 'kms', 'update-test'] as const),
];

export function moduleStep(): PlanStep {
  return createStep('module', undefined, {
    id: 'module',
    command: buildCommand('Update-Module -Name AksHci -Force -AcceptLicense'),
    target: { kind: 'every-host' },
    check: { command: LIST_MODULES, expected: updateFact('module.expected') },
    risk: 'low',
  });
}

export function versionStep(build: string | undefined): PlanStep {
  return createStep('version', undefined, {
    id: 'version-before',
    command: cmdlet('Get-AksHciVersion'),
    expected: build === undefined ? updateFact('version.expected') : updateFact('version.expected-build', { build }),
  });
}

/** `to`: the newest offered build. */
export function hostStep(
  { from, to }: { from: string | undefined; to: string | undefined },
  credentials: PlanStep['because']['credentials'],
): PlanStep {
  return createStep('host', undefined, {
    id: 'update-host',
    command: cmdlet('Update-AksHci'),
    expected: updateFact('host.expected'),
    check: {
      command: cmdlet('Get-AksHciVersion'),
      expected:
        to !== undefined
          ? updateFact('host.check-build', { build: to })
          : from !== undefined
            ? updateFact('host.check-from', { from })
            : updateFact('host.check'),
      prints: to === undefined ? undefined : [to],
    },
    undo: { statement: updateFact('host.undo') },
    risk: 'disruptive',
    needsApiServer: true,
    because: { failures: [], credentials },
  });
}

export function rereadStep(cluster: NamedCluster): PlanStep {
  return createStep('reread', cluster, {
    id: stepId('updates', cluster.name),
    expected: updateFact('reread.expected'),
    command: cmdlet('Get-AksHciClusterUpdates', { name: clusterWord(cluster) }),
  });
}

/** If `version` is absent, the admin supplies it. If `minor` is absent, any version is accepted. */
export interface ClusterStepFacts {
  cluster: NamedCluster;
  from?: string;
  minor?: string;
  version?: string;
  why: Statement;
  credentials: PlanStep['because']['credentials'];
}

export function clusterStep(facts: ClusterStepFacts): PlanStep {
  const { cluster, version, minor, why } = facts;
  return createUpdate('cluster', facts, {
    id: stepId('update', cluster.name, version ?? minor ?? 'newest'),
    title:
      version !== undefined
        ? updateFact('cluster.title', { version })
        : minor !== undefined
          ? updateFact('cluster.title-open', { minor })
          : updateFact('cluster.title-unknown'),
    why,
    command: cmdlet('Update-AksHciCluster', {
      name: clusterWord(cluster),
      kubernetesVersion: { name: versionName(facts), value: version },
    }),
  });
}

/** Returns a unique name for each open version, in characters that PowerShell allows. */
function versionName({ cluster, minor, version }: ClusterStepFacts): string {
  return version !== undefined
    ? 'kubernetesVersion'
    : stepId(OPEN_VERSION, cluster.name, minor ?? '').replaceAll('-', '_');
}

export function systemStep(cluster: NamedCluster, credentials: PlanStep['because']['credentials']): PlanStep {
  const command = cmdlet('Update-AksHciCluster', { name: clusterWord(cluster), operatingSystem: true });
  return createUpdate('system', { cluster, credentials }, { id: stepId('update', cluster.name, 'system'), command });
}

function createUpdate(
  name: 'cluster' | 'system',
  { cluster, version, credentials }: Pick<ClusterStepFacts, 'cluster' | 'version' | 'credentials'>,
  own: Pick<PlanStep, 'id' | 'command'> & Partial<PlanStep>,
): PlanStep {
  return createStep(name, cluster, {
    expected: updateFact(`${name}.expected`),
    check: {
      command: cmdlet('Get-AksHciCluster', { name: clusterWord(cluster) }),
      expected: version === undefined ? updateFact('cluster.check-open') : updateFact('cluster.check', { version }),
      prints: version === undefined ? undefined : [version],
    },
    undo: { statement: updateFact('cluster.undo') },
    risk: 'disruptive',
    because: { failures: [], credentials },
    ...own,
  });
}

export function poolsStep(cluster: NamedCluster, after: string, version: string | undefined): PlanStep {
  return createStep('pools', cluster, {
    id: stepId('pools', cluster.name, after),
    command: cmdlet('Get-AksHciNodePool', { clusterName: clusterWord(cluster) }),
    expected: version === undefined ? updateFact('pools.expected') : updateFact('pools.expected-version', { version }),
  });
}

/** `folder`: a separate folder for each cluster, so that no file replaces another. */
export function credentialSteps(
  cluster: NamedCluster,
  folder: string | undefined,
  credentials: PlanStep['because']['credentials'],
): PlanStep[] {
  const fetch = createStep('credential', cluster, {
    id: stepId('credential', cluster.name),
    command: cmdlet('Get-AksHciCredential', { name: clusterWord(cluster) }),
    expected: updateFact('credential.expected'),
    undo: { statement: updateFact('credential.undo') },
    risk: 'low',
    because: { failures: [], credentials },
  });
  if (folder === undefined) return [fetch];
  const named = clusterValues(cluster);
  const values = { ...named, values: { ...named.values, 'kubeconfig-folder': folder } };
  const { undo: _, ...own } = fetch;
  return [
    {
      ...own,
      id: stepId('folder', cluster.name),
      title: repairFact('own-folder.title'),
      why: repairFact('own-folder.why'),
      expected: repairFact('own-folder.expected'),
      command: buildCommand(OWN_CREDENTIAL.backup.command, values),
      needsApiServer: false,
    },
    { ...own, command: buildCommand(OWN_CREDENTIAL.command, values), expected: repairFact('own-folder.fetched') },
  ];
}

/** Uses the kubeconfig that was just fetched, in `folder` or else in kubectl's default location. */
export function nodesStep(cluster: NamedCluster, folder: string | undefined, version: string | undefined): PlanStep {
  return createStep('nodes', cluster, {
    id: stepId('nodes', cluster.name),
    why: updateFact(folder === undefined ? 'nodes.why' : 'nodes.why-own'),
    command:
      folder === undefined
        ? buildCommand('kubectl get nodes -o wide')
        : buildCommand(`${OWN_CREDENTIAL.nodes} -o wide`, { values: { 'kubeconfig-folder': folder } }),
    expected: version === undefined ? updateFact('nodes.expected') : updateFact('nodes.expected-version', { version }),
  });
}

/** Lists all kinds of steps without a cluster, with and without a known version or folder. */
export function listUpdateSteps(version: string): PlanStep[] {
  const cluster: NamedCluster = { name: '' };
  const kubernetes = { cluster, why: updateFact('host.why'), credentials: [] };
  const checks = preflightChecks({ nowMs: 0, runMs: 0, host: [], clusters: [{ name: '' }], versions: NOTHING_KNOWN });
  return [
    ...checks.map(checkStep),
    moduleStep(),
    versionStep(undefined),
    ...[version, undefined].map((to) => hostStep({ from: undefined, to }, [])),
    rereadStep(cluster),
    ...[
      ...[{ version }, {}, { minor: '' }].map((facts) => clusterStep({ ...kubernetes, ...facts })),
      systemStep(cluster, []),
    ].map((each) => ({ ...each, id: stepId('update', cluster.name) })),
    poolsStep(cluster, '', undefined),
    ...[undefined, ''].flatMap((folder) => [
      ...credentialSteps(cluster, folder, []),
      nodesStep(cluster, folder, undefined),
    ]),
  ];
}

export function findDeprecatedClusters(tests: readonly UpdateTest[] | undefined): Set<string> {
  return new Set((tests ?? []).flatMap(({ deprecated }) => deprecated?.cluster ?? []));
}
