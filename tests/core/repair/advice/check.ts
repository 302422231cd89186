import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { importPaths } from '../../../../core/inventory/import.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { listDeployments } from '../../../../core/plan/model/deployment.ts';
import { commandText } from '../../../../core/plan/model/plan.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { planRepair } from '../../../../core/repair/service.ts';
import type { RepairSource } from '../../../../core/repair/model/request.ts';
import { fleetNeeds } from '../../../../core/repair/model/needs.ts';
import { DAY_MS, epochMs, instantFromMs } from '../../../../core/shared/instant.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';
import { isValid, listFaults } from '../proof/platform.ts';
import { walk } from '../proof/walk.ts';
import { drawnFleet, MANAGEMENT_CREDENTIALS } from './drawn-fleet.ts';
import { collectFiles, type CollectedFleet, type TrueCluster, type TrueDeployment } from './collected-files.ts';

/* Imports a collected fleet into the product, and compares its clusters, deployments and plans with the truth. */

interface Checked {
  problems: string[];
  clusters: number;
  plans: number;
  steps: number;
}

async function checkFleet({ contents, files: truths, deployments, imports }: CollectedFleet): Promise<Checked> {
  const files = new MemoryFiles();
  for (const [path, content] of contents) files.put(path, content);
  const ports = testPorts(files);
  const store = memoryStore();
  for (const folders of imports) await importPaths(ports, store, folders);
  const clusters = store.clusters();
  const checked: Checked = { problems: [], clusters: 0, plans: 0, steps: 0 };
  const found = new Map<Cluster, TrueDeployment | TrueCluster>();
  for (const cluster of clusters) {
    const owner = findOwner(cluster, truths);
    if (typeof owner === 'string') checked.problems.push(owner);
    else found.set(cluster, owner);
  }
  checkDeployments(clusters, { found, deployments, problems: checked.problems });
  const source = { now: TEST_NOW, clusters, rows: clusters.flatMap(listRows), facts: {}, classes: LIFETIME_CLASSES };
  for (const deployment of deployments) checkPlans(source, { deployment, found, checked });
  return checked;
}

const describe = (cluster: Cluster): string => `${cluster.kind} “${cluster.name}”`;

/** Returns the true owner of all credentials in the cluster, or a sentence about a fault. */
function findOwner(cluster: Cluster, truths: CollectedFleet['files']): TrueDeployment | TrueCluster | string {
  const owners = new Map<TrueDeployment | TrueCluster | 'foreign', string>();
  for (const { sources, role } of cluster.credentials) {
    const known = sources.map(({ path }) => ({ path, truth: truths.get(path) }));
    if (known.every(({ truth }) => truth?.kind === 'former'))
      return `${describe(cluster)} counts, but was rebuilt: ${known[0]?.path ?? ''}`;
    for (const { path, truth } of known) {
      const owner = cluster.kind === 'moc' ? truth?.deployment : truth?.cluster;
      owners.set(owner ?? 'foreign', truth?.kind === 'former' ? `${path} (former)` : path);
    }
    if (known.length > 0 && known.every(({ truth }) => truth?.kind === 'copy' && truth.deployment?.isTied !== false))
      return `${describe(cluster)}: the copy ${known[0]?.path ?? ''} (${role}) counts as an original`;
  }
  const [owner, ...others] = owners.keys();
  if (owner === undefined) return `${describe(cluster)} has no credentials`;
  if (owner === 'foreign') return `${describe(cluster)} belongs to nobody: ${[...owners.values()].join(', ')}`;
  if (others.length > 0) return `${describe(cluster)} mixes ${[...owners.values()].join(' with ')}`;
  return owner;
}

function checkDeployments(
  clusters: readonly Cluster[],
  {
    found,
    deployments,
    problems,
  }: {
    found: ReadonlyMap<Cluster, TrueDeployment | TrueCluster>;
    deployments: readonly TrueDeployment[];
    problems: string[];
  },
): void {
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  for (const { cloudAgent, clusters: members, inferred } of listDeployments(clusters, {})) {
    const all = [...(cloudAgent === undefined ? [] : [cloudAgent]), ...members];
    const owners = new Set(
      all.flatMap(({ id }) => {
        const owner = found.get(byId.get(id)!);
        if (owner === undefined) return [];
        return deployments.filter((each) => each === owner || each.clusters.includes(owner as TrueCluster));
      }),
    );
    if (owners.size > 1) problems.push(`one deployment has ${all.map(({ name }) => name).join(', ')}`);
    if (inferred && deployments.length > 1) continue;
    const [owner] = owners;
    if (cloudAgent === undefined && owner?.isConfigured === true)
      for (const member of members) {
        if (found.get(byId.get(member.id)!) === owner.clusters[0])
          problems.push(`${member.name} belongs to no cloud agent, but the configuration names it`);
      }
    if (cloudAgent === undefined && owner?.isAgentRead === true)
      for (const member of members) {
        if (byId.get(member.id)?.credentials.some(({ role }) => role === 'kms-plugin-token'))
          problems.push(`${member.name} names its cloud agent, but belongs to none`);
      }
  }
}

function isManagementSound({ platform }: TrueCluster): boolean {
  return MANAGEMENT_CREDENTIALS.every((name) => isValid(platform, name));
}

function checkPlans(
  source: RepairSource,
  {
    deployment,
    found,
    checked,
  }: { deployment: TrueDeployment; found: ReadonlyMap<Cluster, TrueDeployment | TrueCluster>; checked: Checked },
): void {
  const ids = (owner: TrueDeployment | TrueCluster): Cluster[] =>
    [...found].flatMap(([cluster, each]) => (each === owner ? [cluster] : []));
  // Nothing shows that two CAs belong to one cloud agent unless a file contains both.
  if (!deployment.isTied) return;
  const agents = ids(deployment);
  if (agents.length > 1) checked.problems.push(`${deployment.agent} is ${agents.length} cloud agents`);
  for (const cluster of deployment.clusters) {
    const own = ids(cluster);
    if (own.length > 1)
      checked.problems.push(`${cluster.name} is ${own.length} clusters: ${own.map(({ name }) => name).join(', ')}`);
    const [only] = own;
    const [agent] = agents;
    if (only === undefined || cluster.name === deployment.managementName) continue;
    checked.clusters += 1;
    const members = listDeployments(source.clusters, {}).find(({ cloudAgent }) => agent && cloudAgent?.id === agent.id);
    const isPlaced = (one: Cluster | undefined): boolean =>
      one !== undefined && members?.clusters.some(({ id }) => id === one.id) === true;
    // If no file ties a cluster to its cloud agent, the console asks the admin, and the plan depends on the answer.
    const [management] = ids(deployment.clusters[0]!);
    if (!isPlaced(only) || !(isPlaced(management) || isManagementSound(cluster))) continue;
    const { plan } = planRepair(source, { clusters: [only.id], failures: [], texts: [], answers: {} });
    checked.plans += 1;
    const where = `plan for ${only.name}`;
    const isRotated = plan.steps.some(
      ({ command }) => command !== undefined && commandText(command).startsWith('Invoke-AksHciRotateCACertificate'),
    );
    if (isRotated !== deployment.needsRoot)
      checked.problems.push(
        `${where}: ${isRotated ? 'rotates a valid CA' : 'leaves the expired CA of the cloud agent'}`,
      );
    checked.problems.push(...compareWithPowerOff(source, only).map((each) => `${where}: ${each}`));
    if (deployment.needsRoot) continue;
    const names = { workload: only.name, command: cluster.name, management: deployment.managementName };
    const { platforms, problems, actions } = walk(cluster.platform, plan, names);
    checked.steps += actions.length;
    const end = platforms.at(-1) ?? cluster.platform;
    checked.problems.push(
      ...problems.map((each) => `${where}: ${each}`),
      ...listFaults(end).map((each) => `${where}: ${each} is left`),
    );
  }
}

const DAYS_OFF = 35;

/** Compares the steps after a downtime in the power-off view with those of the repair plan for the same downtime. */
function compareWithPowerOff(source: RepairSource, { id, name }: Cluster): string[] {
  const nowMs = epochMs(source.now);
  const facts = { [id]: { offSince: instantFromMs(nowMs - DAYS_OFF * DAY_MS) } };
  const need = fleetNeeds({ ...source, facts }).find(({ clusterId }) => clusterId === id);
  const answers = { offHours: DAYS_OFF * 24 };
  const { plan } = planRepair(source, { clusters: [id], failures: [], texts: [], answers });
  const [shown, planned] = [need?.steps ?? [], plan.steps].map((steps) =>
    // The hosts have a clock of their own.
    steps.filter(({ cluster }) => cluster === name).map(({ id: step, command, only }) => [step, command, only]),
  );
  return isDeepStrictEqual(shown, planned)
    ? []
    : [`power-off shows ${JSON.stringify(shown)} and the plan has ${JSON.stringify(planned)}`];
}

/** Checks fleets that depend on the seed alone. Each counterexample begins with the position of its fleet. */
export async function checkFleets({ fleets, seed }: { fleets: number; seed: number }) {
  const counts = { fleets, clusters: 0, plans: 0, steps: 0 };
  const counterexamples: string[] = [];
  for (const [at, drawn] of fc.sample(drawnFleet, { numRuns: fleets, seed }).entries()) {
    const { problems, clusters, plans, steps } = await checkFleet(collectFiles(drawn));
    counterexamples.push(...problems.map((problem) => `fleet ${at}: ${problem}`));
    counts.clusters += clusters;
    counts.plans += plans;
    counts.steps += steps;
  }
  return { ...counts, counterexamples };
}
