import { addTo, append, least } from '../../shared/lists.ts';
import {
  aksHciVersion,
  kubernetesVersion,
  updatePath,
  type KubernetesVersion,
  type PathStep,
} from '../../knowledge/model/aks-hci-version.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { updateFact } from '../../knowledge/model/update-facts.ts';
import type { Statement } from '../../shared/citation.ts';
import type { WindowsServer } from '../../knowledge/model/support-end.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { DAY_MS, instantFromMs, MINUTE_MS, epochMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import { USUAL_MINUTES, type PlanningRules } from '../../maintenance/model/rules.ts';
import { clusterWord, namesOfCluster, type NamedCluster } from '../../plan/model/command-name.ts';
import { commandText, type Plan, type PlanCommand, type PlanStep } from '../../plan/model/plan.ts';
import type { Break, PowerOffClock } from '../../availability/model/power-off.ts';
import { cmdlet, preflightChecks, type PreflightCheck } from './preflight.ts';
import { DistinctNames, distinctIds, KUBECONFIG, kubeconfigFolder } from '../../repair/model/plan-step.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';
import { newestBuild, type ClusterVersions, type KnownVersions } from './versions.ts';
import type { UpdateParts, UpdatePlanning, UpdateQuestion } from './planning.ts';
import * as step from './step.ts';

export interface UpdateTarget extends NamedCluster {
  id?: ClusterId;
  /** By default, the newest offered version. */
  version?: KubernetesVersion;
  /** Whether only the operating system of the nodes is updated, not Kubernetes. */
  onlySystem?: true;
}

export interface UpdateRequest {
  now: Instant;
  versions: KnownVersions;
  host?: { id: ClusterId; name: string };
  clocks: readonly PowerOffClock[];
  /** Repairs at the beginning of the plan. */
  repair: Plan;
  targets: readonly UpdateTarget[];
  windowsServer?: WindowsServer;
  /** `hosts`: without clusters; `clusters`: without hosts. */
  parts: UpdateParts;
  minutes: PlanningRules['minutes'];
}

/**
 * Plans the update of a deployment: checks, repairs, the module, the hosts, then each cluster one minor version at a
 * time, and final checks. The same request always gives the same plan.
 */
export function updatePlan(request: UpdateRequest): UpdatePlanning {
  return new UpdatePlanner(request).plan();
}

interface Way {
  target: UpdateTarget;
  clock: PowerOffClock | undefined;
  from: KubernetesVersion | undefined;
  /** `unknown`: no target version is known. `impossible`: the wanted version cannot be reached. */
  path: readonly PathStep[] | 'unknown' | 'impossible';
  /**
   * Whether the cluster is updated before the hosts, because their new version no longer supports the cluster's
   * version.
   */
  isBeforeHost: boolean;
}

class UpdatePlanner {
  readonly #request: UpdateRequest;
  readonly #versionsByTarget: ReadonlyMap<string, ClusterVersions>;
  readonly #hosts: PowerOffClock[];
  readonly #ways: Way[] = [];
  readonly #folders = new DistinctNames(KUBECONFIG);
  #updated = 0;
  readonly #repairs = new Map<string, string[]>();
  readonly #minutes: number;
  readonly #checks: PreflightCheck[];
  readonly #steps: PlanStep[] = [];

  constructor(request: UpdateRequest) {
    this.#request = request;
    const { clocks, targets, versions, repair, now, windowsServer } = request;
    this.#versionsByTarget = versionsByName(versions);
    this.#hosts = clocks.filter(({ kind }) => kind !== 'workload');
    const deprecated = step.findDeprecatedClusters(versions.tests);
    const findClock = clockFinder(clocks.filter(({ kind }) => kind === 'workload'));
    for (const target of targets) {
      const way = this.#createWay(target, findClock(target), deprecated);
      this.#ways.push(way);
      if (isUpdating(way)) {
        this.#folders.add(target.name);
        this.#updated += 1;
      }
    }
    for (const { cluster, command } of repair.steps)
      if (cluster !== undefined && command !== undefined) addTo(this.#repairs, cluster, commandText(command));
    this.#minutes = this.#estimate();
    this.#checks = preflightChecks({
      nowMs: epochMs(now),
      runMs: this.#minutes * MINUTE_MS,
      host: this.#hosts,
      clusters: this.#ways.map(({ target: { name }, clock }) => ({ name, clock })),
      versions,
      windowsServer,
    });
  }

  plan(): UpdatePlanning {
    const { now, host, repair } = this.#request;
    const isUpdated = this.#isHostUpdated() || this.#ways.some(isUpdating);
    if (isUpdated || repair.steps.length > 0) this.#addSteps(isUpdated);
    const known = this.#oldestReading();
    const plan: Plan = {
      kind: 'update',
      madeAt: now,
      knownAt: known,
      clusters: [
        ...(host === undefined ? [] : [{ ...host, isHost: true }]),
        ...this.#ways.map(({ target: { id, name } }) => ({ id, name, isHost: false })),
      ],
      warnings: this.#warnings(isUpdated),
      steps: distinctIds(this.#steps),
      after: isUpdated ? this.#followUps() : repair.after,
    };
    return {
      plan,
      checks: this.#checks,
      questions: this.#questions(),
      minutes: this.#minutes,
      length: updateFact('run-length', { takesMs: this.#minutes * MINUTE_MS }),
    };
  }

  #createWay(target: UpdateTarget, clock: PowerOffClock | undefined, deprecated: ReadonlySet<string>): Way {
    const known = this.#versionsByTarget.get(target.name);
    const from = kubernetesVersion(known?.kubernetesVersion ?? '');
    return {
      target,
      clock,
      from,
      path: this.#choosePath(target, known, from),
      isBeforeHost: deprecated.has(target.name) && this.#isHostUpdated(),
    };
  }

  #choosePath(
    { version: wanted, onlySystem }: UpdateTarget,
    known: ClusterVersions | undefined,
    from: KubernetesVersion | undefined,
  ): Way['path'] {
    if (onlySystem) return [];
    const { kubernetesVersions } = this.#request.versions;
    const offered = [
      ...(known?.updates ?? []).map(({ kubernetesVersion: text }) => text),
      // The list of the hosts includes versions beyond the next minor version.
      ...(wanted === undefined ? [] : (kubernetesVersions ?? [])),
    ].flatMap((text) => kubernetesVersion(text) ?? []);
    if (from === undefined) {
      // Without a known current version, the path is a single step to the wanted version, or to the only offered one.
      const [only, ...others] = wanted === undefined ? offered : [wanted];
      return only === undefined || others.length > 0
        ? 'unknown'
        : [{ minor: `v${only.major}.${only.minor}`, version: only }];
    }
    if (wanted === undefined && known?.updates === undefined) return 'unknown';
    return updatePath(from, offered, wanted) ?? 'impossible';
  }

  /** Returns whether an update of the hosts is wanted and a newer build may be offered. */
  #isHostUpdated(): boolean {
    const { parts, versions } = this.#request;
    return parts !== 'clusters' && versions.hostUpdates?.length !== 0;
  }

  get #waysBeforeHost(): Way[] {
    return this.#ways.filter((way) => way.isBeforeHost && isUpdating(way));
  }

  #estimate(): number {
    const updates = this.#ways.reduce((sum, way) => sum + updateCount(way), 0);
    const hostMs = this.#isHostUpdated() ? this.#estimateMs('host-update') : 0;
    return (hostMs + updates * this.#estimateMs('cluster-update')) / MINUTE_MS;
  }

  #estimateMs(kind: 'host-update' | 'cluster-update'): number {
    return (this.#request.minutes[kind] ?? USUAL_MINUTES[kind]) * MINUTE_MS;
  }

  #addSteps(isUpdated: boolean): void {
    const open = this.#checks.filter(({ id, state }) => state !== 'ok' && RUN_FIRST.includes(id));
    const isLogin = ({ id }: PreflightCheck): boolean => LOGINS.includes(id);
    // Before the repairs, logins would fail.
    append(this.#steps, this.#request.repair.steps);
    for (const check of open) if (isLogin(check)) this.#steps.push(step.checkStep(check));
    if (isUpdated) this.#steps.push(step.moduleStep(), step.versionStep(this.#request.versions.host));
    for (const check of open) if (!isLogin(check)) this.#steps.push(step.checkStep(check));
    if (!isUpdated) return;
    const host = this.#isHostUpdated() ? this.#hostStep() : undefined;
    for (const way of this.#waysBeforeHost) this.#addWay(way, host);
    if (host !== undefined) this.#steps.push(host);
    for (const way of this.#ways) if (!way.isBeforeHost && isUpdating(way)) this.#addWay(way, undefined);
  }

  #hostStep(): PlanStep {
    const { versions } = this.#request;
    const to = newestBuild(versions);
    const update = step.hostStep({ from: versions.host, to }, collectRenewed(this.#hosts, 'host-update'));
    return { ...update, estimateMs: this.#estimateMs('host-update') };
  }

  /** Adds the update of one cluster. `hostAfter`: the update of the hosts, if it must follow this cluster. */
  #addWay({ target, clock, from, path }: Way, hostAfter: PlanStep | undefined): void {
    const { name, onlySystem } = target;
    const cluster = namesOfCluster(target);
    const renewed = collectRenewed(clock === undefined ? [] : [clock], 'cluster-update');
    const folder = this.#findFolder(name);
    const estimateMs = this.#estimateMs('cluster-update');
    if (hostAfter === undefined && this.#isHostUpdated()) this.#steps.push(step.rereadStep(cluster));
    const steps = listSteps(path);
    let before = from?.text;
    for (const [index, each] of steps.entries()) {
      const version = each.version?.text;
      const why = explain(each, { before, isBeforeHost: hostAfter !== undefined });
      const facts = { cluster, from: before, minor: each.minor, version, why, credentials: renewed };
      const update = { ...step.clusterStep(facts), estimateMs };
      this.#steps.push(
        // In two pages of the documentation, the hosts always come first.
        index === 0 && hostAfter !== undefined
          ? { ...update, instead: { steps: [hostAfter], statement: updateFact('cluster.host-first') } }
          : update,
        step.poolsStep(cluster, version ?? each.minor ?? 'newest', version),
      );
      before = version ?? before;
    }
    if (onlySystem) {
      const update = { ...step.systemStep(cluster, renewed), estimateMs };
      this.#steps.push(update, step.poolsStep(cluster, 'system', undefined));
    }
    this.#steps.push(
      ...step.credentialSteps(cluster, folder, listKubeconfigs(clock)),
      step.nodesStep(cluster, folder, steps.at(-1)?.version?.text),
    );
  }

  /** Returns a separate kubeconfig folder for the cluster if several clusters are updated. */
  #findFolder(name: string): string | undefined {
    if (this.#updated < 2) return undefined;
    const folder = kubeconfigFolder(name, this.#folders, this.#request.now);
    // The repair has already written to that folder.
    const isFilled = (this.#repairs.get(name) ?? []).some((command) => command.includes(`$HOME ${folder})`));
    return isFilled ? `${folder}-updated` : folder;
  }

  #warnings(isUpdated: boolean): Statement[] {
    const { versions, repair } = this.#request;
    const ages = this.#checks.filter(({ id }) => id === 'update-age');
    const isExpired = ages.some(({ state }) => state === 'problem');
    const isLate = isExpired || ages.some(({ why }) => why.text.endsWith('.late'));
    const first = this.#waysBeforeHost;
    const stuck = this.#stuckClusters();
    const unreachable = this.#ways.filter(({ path }) => path === 'impossible');
    return [
      ...(isLate ? [updateFact('warning.do-not-reboot')] : []),
      ...(isExpired ? [updateFact('warning.call-support')] : []),
      ...this.#failureWarnings(),
      ...(repair.steps.length > 0 && isUpdated
        ? [updateFact('warning.repair-first', { count: repair.steps.length })]
        : []),
      ...repair.warnings,
      ...this.#checks.flatMap(({ id, state, why, but }) =>
        id === 'support-end' && state === 'problem' ? [why, ...(but === undefined ? [] : [but])] : [],
      ),
      ...(this.#isHostLeftBehind() ? [updateFact('warning.hosts-left')] : []),
      ...(first.length > 0
        ? [updateFact('warning.deprecated-first', { clusters: first.map(({ target }) => target.name).join(', ') })]
        : []),
      ...(stuck.length > 0 ? [updateFact('warning.deprecated-stuck', { clusters: stuck.join(', ') })] : []),
      ...unreachable.map(({ target, from }) =>
        updateFact('warning.unreachable-target', {
          cluster: target.name,
          version: target.version?.text ?? '',
          from: from?.text ?? '',
        }),
      ),
      ...(isIssue371(versions) ? [updateFact('warning.issue-371')] : []),
      ...(this.#ways.some(isUpdating) ? [updateFact('warning.taints')] : []),
      ...(isUpdated ? [] : [updateFact('warning.nothing')]),
    ];
  }

  #isHostLeftBehind(): boolean {
    const { parts, versions } = this.#request;
    return parts === 'clusters' && versions.hostUpdates?.length !== 0 && this.#ways.some(isUpdating);
  }

  /** Returns warnings for failed commands. Their errors show the cause, and the plan does not repair unknown causes. */
  #failureWarnings(): Statement[] {
    const failed = this.#checks.filter(({ why }) => FAILED_ANSWERS.includes(why.text));
    const commands = failed.map(({ command }) => commandText(command)).join(', ');
    return failed.length === 0 ? [] : [updateFact('warning.command-failed', { commands })];
  }

  /** Lists clusters that prevent the update of the hosts and are not updated themselves. */
  #stuckClusters(): string[] {
    if (!this.#isHostUpdated()) return [];
    const moved = new Set(this.#waysBeforeHost.map(({ target }) => target.name));
    return [...step.findDeprecatedClusters(this.#request.versions.tests)].filter((name) => !moved.has(name));
  }

  #followUps(): Statement[] {
    const nowMs = epochMs(this.#request.now);
    const addDays = (days: number): Instant => instantFromMs(nowMs + days * DAY_MS);
    const next = this.#nextEnd();
    return [
      updateFact('after.reset', { at: addDays(90) }),
      updateFact('after.window-60', { at: addDays(60) }),
      updateFact('after.window-30', { at: addDays(30) }),
      updateFact('after.window-90', { at: addDays(90) }),
      updateFact('after.not-impacted'),
      updateFact('after.kubernetes'),
      updateFact('after.kubeconfig'),
      ...(next === undefined ? [] : [next]),
      repairFact('after.read-again'),
    ];
  }

  /** Finds the first credential that expires within 90 days without renewal by the update or by its owner. */
  #nextEnd(): Statement | undefined {
    const nowMs = epochMs(this.#request.now);
    const latestMs = nowMs + 90 * DAY_MS;
    let first: Break | undefined;
    for (const clock of [...this.#hosts, ...this.#ways.map((way) => way.clock)])
      for (const one of clock?.valid ?? [])
        if (one.atMs <= latestMs && one.atMs < (first?.atMs ?? Infinity) && !isRenewed(one.row.role)) first = one;
    if (first === undefined) return undefined;
    return updateFact('after.next-end', {
      name: first.row.name,
      cluster: first.row.cluster,
      at: instantFromMs(first.atMs - SECOND_MS),
    });
  }

  #questions(): UpdateQuestion[] {
    const { versions, parts } = this.#request;
    const questions: UpdateQuestion[] = [];
    const ask = (id: UpdateQuestion['id'], command: PlanCommand, cluster?: string): number =>
      questions.push({
        id,
        command,
        statement: updateFact(`ask.${id}`, cluster === undefined ? undefined : { cluster }),
        cluster,
      });
    if (versions.host === undefined) ask('host-version', cmdlet('Get-AksHciVersion'));
    if (versions.hostUpdates === undefined && parts !== 'clusters') ask('host-updates', cmdlet('Get-AksHciUpdates'));
    if (this.#ways.length === 0 && parts !== 'hosts') ask('clusters', cmdlet('Get-AksHciCluster'));
    for (const { target, from } of this.#ways) {
      const name = { name: clusterWord(target) };
      if (from === undefined && target.onlySystem !== true)
        ask('cluster-version', cmdlet('Get-AksHciCluster', name), target.name);
      const isOffered = this.#versionsByTarget.get(target.name)?.updates !== undefined;
      if (!isOffered && target.onlySystem !== true)
        ask('cluster-updates', cmdlet('Get-AksHciClusterUpdates', name), target.name);
    }
    return questions;
  }

  #oldestReading(): Instant | undefined {
    const read = this.#request.clocks.flatMap(({ confirmedMs }) => confirmedMs ?? []);
    return read.length === 0 ? undefined : instantFromMs(least(read));
  }
}

/** Checks that run as commands right before the update. All others need files, or a person who knows the deployment. */
const RUN_FIRST: readonly PreflightCheck['id'][] = [
  ...(['moc-login', 'kvactl-login', 'management-kubeconfig', 'kms'] as const),
  ...(['moc-version', 'update-test', 'room'] as const),
];

const FAILED_ANSWERS = ['preflight.moc-login.failed', 'preflight.kvactl-login.failed'];

const LOGINS: readonly PreflightCheck['id'][] = ['moc-login', 'kvactl-login', 'management-kubeconfig'];

function versionsByName({ clusters }: KnownVersions): ReadonlyMap<string, ClusterVersions> {
  const workloads = clusters.filter(({ name }) => !isManagementName(name));
  return new Map(workloads.reverse().map((cluster) => [cluster.name, cluster]));
}

function clockFinder(clocks: readonly PowerOffClock[]): (target: UpdateTarget) => PowerOffClock | undefined {
  const all = [...clocks].reverse();
  const byId = new Map<string, PowerOffClock>(all.map((clock) => [clock.clusterId, clock]));
  // In reverse order, so that the first of several clocks with the same name counts.
  const byName = new Map(all.map((clock) => [clock.cluster, clock]));
  return ({ id, name }) => (id === undefined ? byName.get(name) : byId.get(id));
}

function isUpdating(way: Way): boolean {
  return updateCount(way) > 0;
}

function updateCount({ target, path }: Way): number {
  return target.onlySystem ? 1 : listSteps(path).length;
}

/** For `unknown`, returns one update to the newest version. */
function listSteps(path: Way['path']): readonly Partial<PathStep>[] {
  return path === 'unknown' ? [{}] : path === 'impossible' ? [] : path;
}

function explain(
  { minor, version }: Partial<PathStep>,
  { before, isBeforeHost }: { before: string | undefined; isBeforeHost: boolean },
): Statement {
  if (isBeforeHost) return updateFact('cluster.why-before-host');
  if (version === undefined)
    return minor === undefined ? updateFact('cluster.why') : updateFact('cluster.why-open', { minor });
  const from = kubernetesVersion(before ?? '');
  return from !== undefined && from.minor !== version.minor
    ? updateFact('cluster.why-minor', { from: from.text, to: version.text })
    : updateFact('cluster.why');
}

function collectRenewed(clocks: readonly PowerOffClock[], by: 'host-update' | 'cluster-update'): CredentialId[] {
  return clocks.flatMap(({ valid }) => valid.flatMap(({ row }) => (ROLES[row.role].renewedBy === by ? row.id : [])));
}

function listKubeconfigs(clock: PowerOffClock | undefined): CredentialId[] {
  const all = [...(clock?.alreadyExpired ?? []), ...(clock?.valid ?? [])];
  return all.flatMap(({ row: { id, role } }) =>
    role === 'admin-kubeconfig' || role === 'kubeconfig-client' ? [id] : [],
  );
}

/** Returns whether the update renews the credential, or the credential renews itself. */
function isRenewed(role: keyof typeof ROLES): boolean {
  const { renewedBy } = ROLES[role];
  return renewedBy !== 'nobody' && renewedBy !== 'admin' && renewedBy !== 'unknown';
}

/** Azure/aksArc issue 371 names these two releases. */
function isIssue371(versions: KnownVersions): boolean {
  const from = aksHciVersion(versions.host ?? '');
  const to = aksHciVersion(newestBuild(versions) ?? '');
  return from?.patch === 21 && to?.patch === 22;
}
