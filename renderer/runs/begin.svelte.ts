import { openValues, type Plan } from '../../core/plan/model/plan.ts';
import {
  parseOpenValue,
  openValueUses,
  valueFault,
  type OpenValue,
  type OpenValueUse,
} from '../../core/plan/model/value.ts';
import type { PlaceholderKind } from '../../core/knowledge/model/command-placeholders.ts';
import { listPrinters, type PrintedValue } from '../../core/runs/model/printed.ts';
import { isTargetHost } from '../../core/runs/model/target-name.ts';
import type { RunRequest, RunTarget } from '../../core/runs/contract.ts';
import type { ClusterSummary } from '../../core/inventory/contract.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import type { RunBeginning } from '../plan/plan-wizard.svelte.ts';

export { LONGEST_VALUE } from '../../core/plan/model/value.ts';

export interface RunValueField extends OpenValue {
  value: string;
  /** Absent if no cmdlet has a parameter for the value. */
  use?: OpenValueUse;
  fault?: PlaceholderKind;
  /** Number of an earlier step of the plan that prints the value. */
  printer?: number;
  printed?: PrintedValue;
}

type AskedValue = Omit<RunValueField, 'value' | 'fault' | 'printed'>;

export function listAskedValues(names: readonly string[], steps: Plan['steps']): AskedValue[] {
  const [uses, printers] = [openValueUses(steps), listPrinters(steps)];
  return names.map((name) => ({ ...parseOpenValue(name), use: uses.get(name), printer: printers.get(name) }));
}

export function valueFields(
  asked: readonly AskedValue[],
  typed: Readonly<Record<string, string>>,
  known: readonly PrintedValue[] = [],
): RunValueField[] {
  return asked.map((each) => {
    const printed = known.find(({ name }) => name === each.name);
    const value = typed[each.name] ?? printed?.value ?? '';
    return { ...each, value, fault: valueFault(each, value), printed };
  });
}

function listClusterIds({ clusters }: Plan): ClusterId[] {
  return clusters.flatMap(({ id }) => id ?? []);
}

interface PracticeFleet {
  clusters: () => readonly ClusterSummary[];
  /** Returns the folder of the lab to which these clusters belong; `null` if they belong to none. */
  findLab: (clusterIds: ClusterId[]) => Promise<string | null | undefined>;
}

/**
 * The questions before a run: its target, and values that only the admin knows. The answers are kept until the run
 * starts.
 */
export class RunBegin {
  readonly #fleet: PracticeFleet;
  #values: Readonly<Record<string, string>> = $state.raw({});
  /** Cached for the latest plan: listing the values of a long plan on every key press would take too long. */
  #asked: { of: Plan; values: AskedValue[] } | undefined;
  place: 'local' | 'host' = $state('local');
  host = $state('');

  /** Kept while the plan is refreshed: only other clusters can have another lab. */
  lab: { clusterIds: readonly ClusterId[]; folder: string | null } | undefined = $state.raw();

  constructor(fleet: PracticeFleet) {
    this.#fleet = fleet;
  }

  /** Looks for the lab to which the clusters of a plan for practice belong. */
  async findLab(plan: Plan): Promise<void> {
    if (this.#findKnownLab(plan) !== undefined || this.#targetKind(plan) !== 'practice') return;
    const clusterIds = listClusterIds(plan);
    const folder = await this.#fleet.findLab(clusterIds);
    if (folder !== undefined) this.lab = { clusterIds, folder };
  }

  view(plan: Plan) {
    const kind = this.#targetKind(plan);
    const lab = this.#findKnownLab(plan);
    const values = valueFields(this.#planValues(plan), this.#values);
    const host = this.host.trim();
    const isHost = isTargetHost(host);
    const isPlaceKnown = kind === 'practice' ? typeof lab === 'string' : this.place === 'local' || isHost;
    return {
      kind,
      lab,
      values,
      isHostFaulty: host !== '' && !isHost,
      isReady:
        kind !== 'mixed' && isPlaceKnown && plan.steps.length > 0 && values.every(({ fault }) => fault === undefined),
    };
  }

  type(name: string, value: string): void {
    this.#values = { ...this.#values, [name]: value };
  }

  request({ source, plan }: RunBeginning): RunRequest {
    const { values } = this.view(plan);
    return {
      source,
      stepIds: plan.steps.map(({ id }) => id),
      target: this.#target(plan),
      values: values.flatMap(({ name, value }) => (value.trim() === '' ? [] : [{ name, value: value.trim() }])),
    };
  }

  #findKnownLab(plan: Plan): string | null | undefined {
    const clusterIds = listClusterIds(plan);
    const isSame = this.lab?.clusterIds.length === clusterIds.length;
    return isSame && this.lab?.clusterIds.every((id, index) => id === clusterIds[index]) ? this.lab.folder : undefined;
  }

  #planValues(plan: Plan): AskedValue[] {
    if (this.#asked?.of !== plan) this.#asked = { of: plan, values: listAskedValues(openValues(plan), plan.steps) };
    return this.#asked.values;
  }

  #target(plan: Plan): RunTarget {
    if (this.#targetKind(plan) === 'practice') return { kind: 'lab' };
    return this.place === 'local' ? { kind: 'local' } : { kind: 'host', name: this.host.trim() };
  }

  /**
   * Returns where to run the plan: clusters for practice on their lab, real clusters on hosts; `mixed`, which cannot run,
   * if it has both.
   */
  #targetKind({ clusters }: Plan): 'practice' | 'hosts' | 'mixed' {
    const known = this.#fleet.clusters().filter(({ sample }) => sample);
    const [ids, names] = [new Set(known.map(({ id }) => id)), new Set(known.map(({ name }) => name))];
    const samples = clusters.filter(({ id, name }) => (id === undefined ? names.has(name) : ids.has(id)));
    if (samples.length === 0) return 'hosts';
    return samples.length === clusters.length ? 'practice' : 'mixed';
  }
}
