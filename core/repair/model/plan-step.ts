import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { buildCommand } from '../../plan/model/command.ts';
import type { Instant } from '../../shared/instant.ts';
import { clusterValues, type NamedCluster } from '../../plan/model/command-name.ts';
import type { PlanCommand, PlanStep } from '../../plan/model/plan.ts';
import type { RenewalRefusal } from '../../inventory/model/renewal-refusal.ts';
import { SAVE_OBJECTS, type OrderedRepair } from '../../availability/model/repair-order.ts';
import { STEP_REMEDIES, type RepairStepId } from '../../knowledge/model/credentials/repair-steps.ts';

/* Steps in plans of repairs and updates that restore expired credentials. */

/** Repairs that are performed once for all clusters. */
const OF_HOST: readonly OrderedRepair['id'][] = [
  ...(['management-kubeconfig', 'moc-login', 'node-agent', 'cloud-agent-ca', 'host'] as const),
];

/**
 * Repairs that need the API server of the cluster. Control planes are repaired over SSH. Source: Azure/aksArc issue
 * 127.
 */
const THROUGH_API_SERVER: readonly OrderedRepair['id'][] = ['cloud', 'load-balancer'];

const DISRUPTIVE: readonly OrderedRepair['id'][] = ['cloud-agent-ca', 'ad-auth-uninstall'];

export function isHostRepair(id: RepairStepId): boolean {
  return OF_HOST.includes(id);
}

export function stepId(...parts: string[]): string {
  const words = parts.join('-').toLowerCase();
  return words.replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '');
}

/** Creates names for owners; equal names are numbered. */
export class DistinctNames {
  readonly #beginning: string;
  readonly #places = new Map<string, { name: string; number: number }>();
  readonly #counts = new Map<string, number>();

  constructor(beginning: string, owners: Iterable<string> = []) {
    this.#beginning = beginning;
    for (const owner of owners) this.add(owner);
  }

  add(owner: string): void {
    const name = this.#places.get(owner)?.name ?? stepId(this.#beginning, owner);
    const number = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, number);
    if (!this.#places.has(owner)) this.#places.set(owner, { name, number });
  }

  createName(owner: string, ...more: string[]): string {
    const { name, number } = this.#places.get(owner) ?? { name: stepId(this.#beginning, owner), number: 1 };
    return [name, ...more, ...(number > 1 ? [number] : [])].join('-');
  }
}

export const KUBECONFIG = 'kubeconfig';

/** Returns the name of a new folder for the kubeconfig of one of several clusters. */
export function kubeconfigFolder(cluster: string, folders: DistinctNames, madeAt: Instant): string {
  return folders.createName(cluster, madeAt.replaceAll(/\D/gu, ''));
}

/** Makes ids unique. Names of clusters may differ only in characters that ids cannot contain. */
export function distinctIds(steps: readonly PlanStep[]): PlanStep[] {
  const taken = new Set<string>();
  const distinct: PlanStep[] = [];
  for (const each of steps) {
    let id = each.id;
    for (let count = 2; taken.has(id); count += 1) id = `${each.id}-${count}`;
    taken.add(id);
    distinct.push(id === each.id ? each : { ...each, id });
  }
  return distinct;
}

/** Returns the step for any repair except `revocation`. */
export function repairPlanStep(
  { id, statement, only, because }: OrderedRepair & { id: RepairStepId },
  cluster: NamedCluster & { isHost: boolean },
): PlanStep {
  const isOfHost = cluster.isHost || isHostRepair(id);
  return {
    id: stepId('repair', id, isOfHost ? '' : cluster.name),
    title: { text: `maintenance.step.${id}`, citations: statement.citations },
    target: { kind: 'host' },
    why: statement,
    ...(only !== undefined && { only: [{ text: only, citations: statement.citations }] }),
    expected: repairFact('done'),
    // This repair needs more than one command.
    ...(id !== 'management-kubeconfig' && { command: buildCommand(STEP_REMEDIES[id].command, clusterValues(cluster)) }),
    risk: DISRUPTIVE.includes(id) ? 'disruptive' : 'low',
    needsApiServer: THROUGH_API_SERVER.includes(id),
    ...(!isOfHost && { cluster: cluster.name }),
    because: { failures: [], credentials: because },
  };
}

/** Returns the steps that recreate a cluster, after saving its data where possible. */
export function rebuildPlanSteps(
  { statement, because }: Pick<OrderedRepair, 'statement' | 'because'>,
  cluster: string,
): PlanStep[] {
  const common = {
    why: statement,
    target: { kind: 'workstation' },
    cluster,
    because: { failures: [], credentials: because },
  } satisfies Partial<PlanStep>;
  return [
    {
      ...common,
      id: stepId('rebuild-save', cluster),
      title: repairFact('rebuild.save'),
      command: buildCommand(SAVE_OBJECTS),
      expected: repairFact('rebuild.save.expected'),
      risk: 'none',
      needsApiServer: true,
    },
    {
      ...common,
      id: stepId('rebuild-data', cluster),
      title: repairFact('rebuild.data'),
      risk: 'none',
      needsApiServer: false,
      needsPerson: true,
    },
    {
      ...common,
      id: stepId('rebuild', cluster),
      title: repairFact('rebuild.title'),
      target: { kind: 'host' },
      expected: repairFact('rebuild.expected'),
      risk: 'dangerous',
      needsApiServer: false,
      needsPerson: true,
    },
  ];
}

const REVOCATION_ID = 'repair-revocation';

export function isRevocationStep({ id }: Pick<PlanStep, 'id'>): boolean {
  return id.startsWith(REVOCATION_ID);
}

/** Returns the step that removes a revocation which would undo the repair. */
export function revocationPlanStep(
  { statement, because }: Pick<OrderedRepair, 'statement' | 'because'>,
  cluster: string,
  refusals: readonly Pick<RenewalRefusal, 'path' | 'isAlone'>[],
): PlanStep {
  const files = [...new Set(refusals.map(({ path }) => path))];
  const kubectl = (verb: string): PlanCommand => ({
    kind: 'program',
    program: 'kubectl',
    args: [{ literal: verb }, ...files.flatMap((value) => [{ literal: '-f' }, { name: 'file', value }])],
  });
  // A file may also contain other objects.
  const isByFile = refusals.length > 0 && refusals.every(({ isAlone }) => isAlone);
  return {
    id: stepId(REVOCATION_ID, cluster),
    title: repairFact('revocation.title'),
    target: { kind: 'host' },
    why: statement,
    expected: repairFact('done'),
    ...(isByFile && {
      command: kubectl('delete'),
      undo: { command: kubectl('apply'), statement: repairFact('revocation.undo') },
    }),
    risk: 'disruptive',
    needsApiServer: true,
    cluster,
    because: { failures: [], credentials: because },
  };
}
