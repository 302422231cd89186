import { append, least } from '../../shared/lists.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { CLUSTER_ROOTS, ROLES } from '../../knowledge/model/credentials/roles.ts';
import { AGAIN, ASK_NAME, HOW, UPDATE_INFERRED, UPDATE_UNKNOWN, WHY } from './facts.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { SUPPORT_ENDS } from '../../knowledge/model/support-end.ts';
import type { Statement } from '../../shared/citation.ts';
import type { ClusterFacts, FactsByCluster } from '../../plan/model/cluster-facts.ts';
import { clusterValues, findCommandName, namesInCluster, openClusterName } from '../../plan/model/command-name.ts';
import { buildCommand } from '../../plan/model/command.ts';
import { openValues, type PlanCommand } from '../../plan/model/plan.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import {
  findNamesake,
  listDeployments,
  listMembers,
  listRealPlaces,
  type ClusterPlace,
} from '../../plan/model/deployment.ts';
import { DAY_MS, MINUTE_MS, epochMs } from '../../shared/instant.ts';
import type { Work } from './lanes.ts';
import { USUAL_MINUTES, type MaintenanceKind, type PlanningRules } from './rules.ts';
import { powerOffClocks, type Break, type PowerOffClock } from '../../availability/model/power-off.ts';
import { describeRemoval, type RenewalRefusal } from '../../inventory/model/renewal-refusal.ts';
import { repairOrder } from '../../availability/model/repair-order.ts';
import type { UpdateAge } from '../../availability/model/update-age.ts';
import { REPAIR_STEP_IDS, STEP_REMEDIES, type RepairStepId } from '../../knowledge/model/credentials/repair-steps.ts';

type MaintenanceStep = RepairStepId | 'host-update' | 'cluster-update' | 'rebuild' | 'by-hand';

export interface MaintenanceTask extends Work {
  /** The cluster that the deployment is named after. */
  lane: ClusterId;
  deployment: string;
  kind: MaintenanceKind;
  step: MaintenanceStep;
  target: { clusterId: ClusterId; name: string; kind: 'host' | 'workload'; sample?: true };
  /**
   * Commands for PowerShell on a host, in order; empty if none is documented. The admin replaces words in angle
   * brackets.
   */
  commands: PlanCommand[];
  /** Whether the task needs a person and so cannot be scheduled. */
  needsPerson: boolean;
  /** The question to be answered before a scheduled task can do the work. */
  ask?: Statement;
  why: Statement;
  how: Statement[];
  again?: Statement;
  /** In order of expiry; empty for an update planned by date. */
  because: { id: CredentialId; role: RoleId; name: string }[];
  /** Whether a token that does not state its expiry determines the deadline. */
  assumed: boolean;
}

/** Source: Microsoft Learn, "Certificate types": clusters are updated within 60 days of a release. */
const UPDATE_WITHIN_MS = 60 * DAY_MS;
/** Source: Microsoft Learn, "Certificate types". */
const MOC_VALIDITY_MS = 90 * DAY_MS;
/** Source: Microsoft Learn, "Certificate types". */
const CA_VALIDITY_MS = 365 * DAY_MS;
/** Source: Azure/aksArc issue 145. */
const KUBECONFIG_VALIDITY_MS = 365 * DAY_MS;
/** Source: AKS-Arc/ad-sso. */
const WEBHOOK_VALIDITY_MS = 500 * DAY_MS;

interface Shape {
  kind: MaintenanceKind;
  why: Statement;
  again?: { withinMs: number; statement: Statement };
  /** Present if the command interrupts something, or needs a value that a scheduled task cannot supply. */
  needsPerson?: true;
}

const RESET = { withinMs: MOC_VALIDITY_MS, statement: AGAIN.reset };
const FETCHED = { withinMs: KUBECONFIG_VALIDITY_MS, statement: AGAIN.credential };

const SHAPES: Record<Exclude<RepairStepId, 'ad-auth-uninstall'>, Shape> = {
  'cloud-agent-ca': {
    kind: 'rotate-ca',
    why: WHY['rotate-ca'],
    again: { withinMs: CA_VALIDITY_MS, statement: AGAIN['rotate-ca'] },
    needsPerson: true,
  },
  'moc-login': { kind: 'rotate-certificates', why: WHY.expired },
  'node-agent': { kind: 'rotate-certificates', why: WHY.expired, needsPerson: true },
  host: { kind: 'rotate-certificates', why: WHY.host, again: RESET },
  cloud: { kind: 'rotate-certificates', why: WHY.cloud, again: RESET },
  'load-balancer': { kind: 'rotate-certificates', why: WHY['load-balancer'], again: RESET },
  // Not repeated, because the Kubernetes certificates renew themselves again after this step.
  kubelet: { kind: 'rotate-certificates', why: WHY.kubelet },
  'ad-auth-install': {
    kind: 'reinstall-ad-auth',
    why: WHY['ad-auth'],
    again: { withinMs: WEBHOOK_VALIDITY_MS, statement: AGAIN['ad-auth'] },
    needsPerson: true,
  },
  credential: { kind: 'fetch-credential', why: WHY.credential, again: FETCHED },
  'management-kubeconfig': { kind: 'by-hand', why: WHY['management-kubeconfig'], again: FETCHED, needsPerson: true },
};

const isShaped = (id: string): id is keyof typeof SHAPES => id in SHAPES;

export interface MaintenanceInput {
  clusters: readonly ClusterPlace[];
  rows: readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  nowMs: number;
}

export interface MaintenanceTasks {
  tasks: MaintenanceTask[];
  notes: MaintenanceNote[];
}

export interface MaintenanceNote {
  statement: Statement;
  cluster: string;
  lane: ClusterId;
}

/**
 * Returns the tasks of a fleet, hosts before clusters. Self-renewing credentials need a task only if their renewal is
 * overdue or was seen failing. Credentials that no command restores need a person.
 */
export function maintenanceTasks(input: MaintenanceInput, rules: TaskRules): MaintenanceTasks {
  const clusters = listRealPlaces(input.clusters);
  const ids = new Set(clusters.map(({ id }) => id));
  const rows = input.rows.filter(({ clusterId }) => ids.has(clusterId));
  const clocks = powerOffClocks(clusters, rows, input);
  const order = ({ kind }: PowerOffClock): number => ['host', 'management', 'workload'].indexOf(kind);
  const builder = new TaskBuilder(input, rules, listNamesakes(clusters, input.facts));
  builder.build(clocks.sort((a, b) => order(a) - order(b)));
  return builder.result;
}

/** Maps each cluster to the one that its deployment is named after: its cloud agent, if known. */
function listNamesakes(clusters: readonly ClusterPlace[], facts: FactsByCluster): Map<ClusterId, ClusterPlace> {
  return new Map(
    listDeployments(clusters, facts).flatMap((deployment) => {
      const namesake = findNamesake(deployment);
      return namesake === undefined ? [] : listMembers(deployment).map(({ id }) => [id, namesake] as const);
    }),
  );
}

type TaskRules = Pick<PlanningRules, 'withUpdates' | 'minutes'>;

/** All reasons for the same step become one task. */
interface Need {
  step: keyof typeof SHAPES;
  rows: Break[];
}

class TaskBuilder {
  readonly result: MaintenanceTasks = { tasks: [], notes: [] };
  /** Tasks for a person come last, so that no cmdlet waits for them. */
  readonly #byHand: MaintenanceTask[] = [];
  readonly #input: MaintenanceInput;
  readonly #rules: TaskRules;
  readonly #namesakes: ReadonlyMap<ClusterId, ClusterPlace>;
  #refusals: ReadonlyMap<ClusterId, readonly RenewalRefusal[]> = new Map();
  #loggingIn: ReadonlySet<BoardRow> = new Set();

  constructor(input: MaintenanceInput, rules: TaskRules, namesakes: ReadonlyMap<ClusterId, ClusterPlace>) {
    this.#input = input;
    this.#rules = rules;
    this.#namesakes = namesakes;
  }

  #getLane(id: ClusterId): ClusterId {
    return this.#namesakes.get(id)?.id ?? id;
  }

  #findHost(id: ClusterId): ClusterPlace | undefined {
    const namesake = this.#namesakes.get(id);
    return namesake?.kind === 'moc' ? namesake : undefined;
  }

  /** Builds the tasks. `clocks` must begin with those of hosts. */
  build(clocks: readonly PowerOffClock[]): void {
    const needs = new Map(clocks.map((clock) => [clock.clusterId, this.#listNeeds(clock)]));
    this.#refusals = new Map(clocks.map(({ clusterId, refusals }) => [clusterId, refusals]));
    const again = clocks.flatMap(({ identities }) => identities.filter(({ state }) => state === 'log-in-again'));
    this.#loggingIn = new Set(again.flatMap(({ certificates }) => certificates));
    for (const { clusterId, kind } of clocks) {
      const host = this.#findHost(clusterId);
      const own = needs.get(clusterId)!;
      const ofManagement = own.get('host');
      // One rotation covers the hosts and the management cluster on them.
      if (kind === 'management' && host !== undefined && ofManagement !== undefined) {
        own.delete('host');
        join(needs.get(host.id), ofManagement);
      }
    }
    for (const clock of clocks) {
      const own = needs.get(clock.clusterId)!;
      const update = this.#planUpdate(clock, own);
      if (update !== undefined) this.result.tasks.push(update);
      // In repair order, each step follows the steps that it needs.
      for (const need of REPAIR_STEP_IDS.flatMap((step) => own.get(step) ?? []))
        if (update === undefined || !isDoneByUpdate(need.step)) this.#push(clock, need);
    }
    append(this.result.tasks, this.#byHand);
  }

  #listNeeds(clock: PowerOffClock): Map<string, Need> {
    const overdue = new Set(clock.overdue.map(({ row }) => row.id));
    const needs = new Map<string, Need>();
    // A cluster with an expired root must be recreated; renewing anything else would not help.
    const rebuild = clock.repairOrder.find(({ id }) => id === 'rebuild');
    const roots: Break[] = [];
    for (const one of [...clock.alreadyExpired, ...clock.valid]) {
      if (rebuild !== undefined && !rebuild.because.includes(one.row.id)) continue;
      const isLate = one.atMs <= this.#input.nowMs || overdue.has(one.row.id);
      if (!isLate && (one.renewsAtMs !== undefined || isShortLived(one.row))) continue;
      const steps = this.#listSteps(one, clock);
      if (CLUSTER_ROOTS.includes(one.row.role)) roots.push(one);
      else if (steps.length === 0) this.#addByHand(clock, 'by-hand', [one]);
      for (const step of steps) join(needs, { step, rows: [one] });
    }
    if (roots.length > 0) this.#addByHand(clock, 'rebuild', roots);
    return needs;
  }

  #listSteps({ row, atMs }: Break, clock: PowerOffClock): (keyof typeof SHAPES)[] {
    const isExpired = atMs <= this.#input.nowMs;
    if (!isExpired && ROLES[row.role].rotatesWithHost) return ['host'];
    const kind = clock.kind === 'workload' ? 'workload' : 'host';
    const steps = repairOrder([row], { name: findCommandName(namesInCluster(clock)), kind });
    // Steps that only accompany a repair, or depend on its result, do not justify a window.
    return steps.flatMap(({ id, only, because }) =>
      because.length > 0 && only === undefined && isShaped(id) ? [id] : [],
    );
  }

  #push(clock: PowerOffClock, { step, rows }: Need): void {
    const { kind, why, again, needsPerson } = SHAPES[step];
    const before = step === 'ad-auth-install' ? [STEP_REMEDIES['ad-auth-uninstall']] : [];
    const steps = [...before, STEP_REMEDIES[step]];
    const mending = this.#listRemovals(rows);
    const host = this.#findHost(clock.clusterId);
    const first = kind === 'rotate-certificates' && clock.kind !== 'host' ? host : undefined;
    this.result.tasks.push({
      ...this.#common(clock, step, kind),
      step,
      deadlineMs: getDeadline(rows),
      repeatsWithinMs: again?.withinMs,
      again: again?.statement,
      // The documented order is hosts first. Source: Microsoft Learn, "Update certificates".
      after: first && [`${first.id}/host`, `${first.id}/update`],
      ...markForScheduler(
        clock,
        [...mending.flatMap(({ commands }) => commands), ...steps.map((one) => commandIn(one, clock))],
        // A scheduled task cannot decide whether to correct or delete an object.
        // A client with a valid token usually logs in by itself.
        needsPerson || mending.length > 0 || rows.some(({ row }) => this.#loggingIn.has(row)),
      ),
      why: { ...why, params: { count: rows.length } },
      how: [...mending, ...steps].map(({ statement }) => statement),
      because: listReasons(rows),
      assumed: isAssumed(rows),
    });
  }

  /** Describes the objects to be removed first because they would undo a repair. */
  #listRemovals(rows: readonly Break[]) {
    const repaired = new Set(rows.flatMap(({ row }) => (row.layer === 'kubernetes' ? row.clusterId : [])));
    const refusals = [...repaired].flatMap((id) => this.#refusals.get(id) ?? []);
    return refusals.length === 0 ? [] : [describeRemoval(refusals)];
  }

  #addByHand(clock: PowerOffClock, step: 'by-hand' | 'rebuild', rows: readonly Break[]): void {
    const [{ row }] = rows as readonly [Break];
    const { remedies } = ROLES[row.role];
    this.#byHand.push({
      ...this.#common(clock, step === 'rebuild' ? step : `by-hand/${row.id.slice(0, 16)}`, 'by-hand'),
      step,
      deadlineMs: getDeadline(rows),
      ...markForScheduler(
        clock,
        remedies.map((each) => commandIn(each, clock)),
        true,
      ),
      why: step === 'rebuild' ? repairFact('rebuild') : WHY['by-hand'],
      how: remedies.map(({ statement }) => statement),
      because: listReasons(rows),
      assumed: isAssumed(rows),
    });
  }

  #planUpdate(clock: PowerOffClock, needs: ReadonlyMap<string, Need>): MaintenanceTask | undefined {
    if (!this.#rules.withUpdates || clock.kind === 'management') return undefined;
    const { facts, nowMs } = this.#input;
    const { update } = clock;
    const host = this.#findHost(clock.clusterId);
    const obstacle = update?.stated
      ? supportEnded(facts[host?.id ?? clock.clusterId], nowMs)
      : describeUnstated(update, nowMs);
    if (obstacle !== undefined)
      this.result.notes.push({ statement: obstacle, cluster: clock.cluster, lane: this.#getLane(clock.clusterId) });
    if (update === undefined || obstacle !== undefined) return undefined;
    const isHost = clock.kind === 'host';
    const step = isHost ? 'host-update' : 'cluster-update';
    const rows = [...needs.values()].flatMap((need) => (isDoneByUpdate(need.step) ? need.rows : []));
    const updateMs = update.lastUpdatedMs + UPDATE_WITHIN_MS;
    const deadlineMs = Math.min(updateMs, getDeadline(rows));
    return {
      ...this.#common(clock, 'update', step),
      step,
      deadlineMs,
      repeatsWithinMs: UPDATE_WITHIN_MS,
      again: AGAIN.update,
      after: isHost ? undefined : host && [`${host.id}/update`],
      ...markForScheduler(clock, [
        commandIn({ command: isHost ? 'Update-AksHci' : 'Update-AksHciCluster -name <cluster>' }, clock),
      ]),
      why: { ...WHY[step], params: { count: rows.length } },
      how: [HOW[step]],
      because: listReasons(rows),
      assumed: deadlineMs < updateMs && isAssumed(rows),
    };
  }

  #common(
    { clusterId, cluster, sample, kind: place }: PowerOffClock,
    name: string,
    kind: MaintenanceKind,
  ): Pick<MaintenanceTask, 'id' | 'kind' | 'target' | 'lane' | 'deployment' | 'durationMs'> {
    return {
      id: `${clusterId}/${name}`,
      kind,
      target: { clusterId, name: cluster, kind: place === 'workload' ? 'workload' : 'host', sample },
      lane: this.#getLane(clusterId),
      deployment: this.#namesakes.get(clusterId)?.name ?? cluster,
      durationMs: (this.#rules.minutes[kind] ?? USUAL_MINUTES[kind]) * MINUTE_MS,
    };
  }
}

function commandIn({ command }: { command: string }, clock: PowerOffClock): PlanCommand {
  return buildCommand(command, clusterValues(namesInCluster(clock)));
}

/**
 * Marks a task for a person if a command has open values: a scheduled task must not guess a name, which could be
 * another cluster's.
 */
function markForScheduler(
  clock: PowerOffClock,
  commands: PlanCommand[],
  needsPerson = false,
): Pick<MaintenanceTask, 'commands' | 'needsPerson' | 'ask'> {
  const open = openValues({ steps: commands.map((command) => ({ command })) });
  const ask = open.includes(openClusterName(namesInCluster(clock))) ? ASK_NAME : undefined;
  return { commands, needsPerson: needsPerson || open.length > 0, ask };
}

function join(needs: Map<string, Need> | undefined, need: Need): void {
  const known = needs?.get(need.step);
  if (known === undefined) needs?.set(need.step, need);
  else append(known.rows, need.rows);
}

/** Credentials with a shorter life renew themselves, so their renewal is not scheduled. */
const SHORT_LIFE_MS = 14 * DAY_MS;

function isShortLived({ notBeforeMs, notAfterMs }: BoardRow): boolean {
  return notBeforeMs !== undefined && notAfterMs !== undefined && notAfterMs - notBeforeMs <= SHORT_LIFE_MS;
}

/**
 * Returns whether an update includes the step. Source: Microsoft Learn, "Certificate types": an update rotates the
 * tokens that are not rotated automatically.
 */
function isDoneByUpdate(step: string): boolean {
  return step === 'host' || step === 'cloud' || step === 'load-balancer';
}

function getDeadline(rows: readonly Break[]): number {
  return least(rows.map(({ atMs }) => atMs));
}

function isAssumed(rows: readonly Break[]): boolean {
  const deadlineMs = getDeadline(rows);
  return rows.some(({ row, atMs }) => atMs === deadlineMs && row.assumed);
}

function listReasons(rows: readonly Break[]): MaintenanceTask['because'] {
  return [...rows].sort((a, b) => a.atMs - b.atMs).map(({ row: { id, role, name } }) => ({ id, role, name }));
}

/** Tells the age that other screens infer from tokens; an inferred date is not enough for a plan. */
function describeUnstated(update: UpdateAge | undefined, nowMs: number): Statement {
  if (update === undefined) return UPDATE_UNKNOWN;
  return { ...UPDATE_INFERRED, params: { days: Math.floor((nowMs - update.lastUpdatedMs) / DAY_MS) } };
}

/** Returns a statement if support for the product, and with it its updates, has ended. */
function supportEnded(facts: ClusterFacts | undefined, nowMs: number): Statement | undefined {
  const end = SUPPORT_ENDS.find(
    ({ windowsServer, superseded }) => windowsServer === facts?.windowsServer && !superseded,
  );
  if (end === undefined || epochMs(end.at) > nowMs) return undefined;
  return { text: 'maintenance.note.support-ended', citations: end.citations };
}
