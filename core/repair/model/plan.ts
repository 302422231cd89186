import { distinctBy, least } from '../../shared/lists.ts';
import { identityStatement } from '../../inventory/model/moc-identity.ts';
import { CHECKS, type Check, type CheckId } from '../../knowledge/model/checks.ts';
import { CONTRADICTIONS } from '../../knowledge/model/contradictions.ts';
import { FAILURES, findFailure } from '../../knowledge/model/failures/failures.ts';
import { OWN_CREDENTIAL } from '../../knowledge/model/failures/steps.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import type { Statement } from '../../shared/citation.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import type { MissingCheck } from './diagnose.ts';
import type { Failure, FailureId, RemedyStep } from '../../knowledge/model/failure.ts';
import { epochMs, instantFromMs, type Instant } from '../../shared/instant.ts';
import { findCommandName, type NamedCluster } from '../../plan/model/command-name.ts';
import { buildCommand, type CommandValues } from '../../plan/model/command.ts';
import type { StepPlace } from '../../knowledge/model/step.ts';
import { TRIAGE_IDS, TRIAGE_LAYERS, type TriageId } from '../../knowledge/model/triage.ts';
import { commandText, type Plan, type PlanStep, type StepCheck, type StepTarget } from '../../plan/model/plan.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';
import { ISSUED_BY_CLOUD_AGENT, type OrderedRepair } from '../../availability/model/repair-order.ts';
import { API_SERVER_DOWN, includesCase, isCase, joinCases, MANAGEMENT_DOWN } from './cases.ts';
import type { Answers } from './evidence.ts';
import { placeFinders } from './finders.ts';
import { lastSeenRunningMs } from './known-answers.ts';
import type { TriedCommand } from './own-words.ts';
import { isOut, isSound, type KnownState } from './health.ts';
import {
  DistinctNames,
  distinctIds,
  isHostRepair,
  KUBECONFIG,
  kubeconfigFolder,
  rebuildPlanSteps,
  repairPlanStep,
  revocationPlanStep,
  stepId,
} from './plan-step.ts';
import { REPAIR_STEP_IDS, type RepairStepId } from '../../knowledge/model/credentials/repair-steps.ts';
import {
  FALLBACK,
  listFallbacks,
  getRank,
  LAST,
  remedyPlaces,
  REVOCATION,
  type RemedyPlace,
  type RepairKind,
} from './remedy.ts';

/** A cluster with its problems, or the hosts of a deployment. The name is absent if nobody stated one. */
export interface RepairTarget extends Partial<NamedCluster> {
  id?: ClusterId;
  /** Absent if unknown. */
  kind?: RepairKind;
  /** Absent if nothing was read. */
  clock?: PowerOffClock;
  /** Most certain first. */
  failures: readonly FailureId[];
  /** Failures that were inferred from dates alone, so they count only if something has expired. */
  dated?: readonly FailureId[];
  /** A check to make before the first failure is accepted. */
  unsure?: MissingCheck;
  /** A question to answer before anything is planned for the failures. */
  question?: Statement;
}

export interface RepairRequest {
  now: Instant;
  /** Hosts first, then clusters in order of repair. */
  targets: readonly RepairTarget[];
  /** A text or a credential shows that the clock is wrong. */
  isClockWrong?: boolean;
  /** Answers about layers. Answers about a workload cluster count only if it is the only one in the plan. */
  found?: Answers['found'];
  /** Statements that are shown before everything else. */
  first?: readonly Statement[];
  /** Commands that had no effect and are not planned again. */
  tried?: readonly TriedCommand[];
}

/**
 * Returns the repair plan of a deployment: revocations, hosts, then for each cluster its Kubernetes credentials, cloud
 * agent credentials, load balancer and kubeconfig. The same request always gives the same plan.
 */
export function repairPlan(request: RepairRequest): Plan {
  const planner = new RepairPlanner(request).collect();
  const shared = planner.findShared();
  return (shared === undefined ? planner : new RepairPlanner(request, shared).collect()).plan();
}

export function findExpiredRoot(hosts: readonly PowerOffClock[]): OrderedRepair | undefined {
  return hosts.flatMap(({ repairOrder }) => repairOrder).find(({ id }) => id === 'cloud-agent-ca');
}

/** Returns whether only a rebuild helps the target, so its failures are not treated. */
export function isRebuilt({ clock }: RepairTarget): boolean {
  return clock?.repairOrder.some(({ id }) => id === 'rebuild') ?? false;
}

/** Lists the layers that the interview may ask about. It cannot ask about one of several workload clusters. */
export function layersToAsk(targets: RepairRequest['targets']): readonly TriageId[] {
  const workloads = targets.filter(({ kind = 'workload' }) => kind === 'workload');
  return workloads.length > 1 ? TRIAGE_IDS.filter((id) => TRIAGE_LAYERS[id].of !== 'workload') : TRIAGE_IDS;
}

/** A step of no particular cluster, so all of its values are open. */
export interface CatalogueStep {
  /** Equal for steps that a plan merges. */
  key: string;
  step: PlanStep;
}

/** Lists every possible step for every failure, kind of cluster and state. */
export function listCatalogueSteps(): CatalogueStep[] {
  const kinds: readonly (RepairKind | undefined)[] = [undefined, 'workload', 'management', 'host'];
  return kinds.flatMap((kind) =>
    new RepairPlanner({ now: CATALOGUE_TIME, targets: [{ failures: [], kind }], isClockWrong: true }).catalogue(kind),
  );
}

/**
 * Names of values that several clusters need, with the name of the cluster appended, because each cluster has its own
 * machines and pods. Known only after all steps are created.
 */
interface SharedNames {
  /** Names of owners, by placeholder. */
  open: ReadonlyMap<string, DistinctNames>;
  /** Returns the kubeconfig folder of a target; absent if only one kubeconfig is fetched. */
  getFolder?: (index: number) => string;
}

/** `isNamed`: whether the reason is a failure, not only credentials. */
interface Reason {
  credentials: readonly CredentialId[];
  isNamed: boolean;
}

interface Draft {
  step: PlanStep;
  /** All reasons, including those of `step`, in sets because a step on the hosts may serve thousands of clusters. */
  because: { failures: Set<string>; credentials: Set<CredentialId> };
  /** 0 for the hosts. */
  group: number;
  rank: number;
}

class RepairPlanner {
  readonly #request: RepairRequest;
  readonly #shared: SharedNames | undefined;
  /** Owners of values that only the admin knows, by placeholder. */
  readonly #owners = new Map<string, Set<string>>();
  readonly #fetched = new Map<number, string>();
  /** By action, target and case, because equal commands may serve different purposes. */
  readonly #drafts = new Map<string, Draft>();
  /** Includes failures whose remedies continue other remedies. */
  readonly #failures = new Set<FailureId>();
  readonly #management: RepairTarget | undefined;
  readonly #hosts: KnownState['hosts'];
  readonly #found: Answers['found'];

  constructor(request: RepairRequest, shared?: SharedNames) {
    this.#request = request;
    this.#shared = shared;
    this.#management = request.targets.find(({ kind }) => kind === 'management');
    this.#hosts = request.targets.flatMap(({ kind, clock }) => (kind === 'workload' ? [] : (clock ?? [])));
    const layers = layersToAsk(request.targets);
    this.#found = Object.fromEntries(layers.map((id) => [id, request.found?.[id]]));
  }

  /** Adds all steps in any order. */
  collect(): this {
    const root = this.#hosts.length === 0 ? undefined : findExpiredRoot(this.#hosts);
    for (const [index, target] of this.#request.targets.entries()) {
      this.#addState(target, index + 1);
      // If a root has expired, only a rebuild helps.
      if (target.question !== undefined || isRebuilt(target)) continue;
      // The repair order of a cluster that was read has these steps already.
      if (root !== undefined && target.kind === 'workload' && target.clock === undefined)
        for (const id of ISSUED_BY_CLOUD_AGENT)
          this.#addPlaces(target, index + 1, [KNOWN_PLACES.get(id)!], { credentials: root.because, isNamed: false });
      for (const failure of target.failures) this.#addFailure(target, index + 1, failure);
    }
    if (this.#request.isClockWrong) this.#addClock();
    return this;
  }

  findShared(): SharedNames | undefined {
    const several = [...this.#owners].filter(([, owners]) => owners.size > 1);
    const open = new Map(several.map(([placeholder, owners]) => [placeholder, new DistinctNames(placeholder, owners)]));
    if (this.#fetched.size < 2) return open.size === 0 ? undefined : { open };
    const fetched = new Map(this.#fetched);
    const folders = new DistinctNames(KUBECONFIG, fetched.values());
    return { open, getFolder: (index) => kubeconfigFolder(fetched.get(index) ?? '', folders, this.#request.now) };
  }

  plan(): Plan {
    const { now, targets } = this.#request;
    const named = targets.flatMap(({ failures }) => failures.filter((id) => this.#failures.has(id)));
    const again = named.flatMap((id) => findFailure(id)?.steps.find((step) => step.id === 'again')?.statement ?? []);
    const known = targets.flatMap(({ clock }) => clock?.confirmedMs ?? []);
    const { tried: commands } = this.#request;
    const [drafts, tried] = commands === undefined ? [[...this.#drafts.values()], []] : this.#splitTried(commands);
    drafts.sort((a, b) => a.group - b.group || a.rank - b.rank);
    // A revocation would also undo the repairs of hosts.
    const first = drafts.filter(({ rank }) => rank <= REVOCATION);
    const steps = [...first, ...drafts.filter(({ rank }) => rank > REVOCATION)];
    return {
      kind: 'repair',
      madeAt: now,
      ...(known.length > 0 && { knownAt: instantFromMs(least(known)) }),
      clusters: targets.flatMap(({ id, name, kind }) =>
        name === undefined ? [] : [{ id, name, isHost: kind === 'host' }],
      ),
      warnings: [...this.#warnings(named), ...tried],
      steps: distinctIds(placeFinders(steps.map(createStep))),
      after: steps.length === 0 ? [] : distinctBy([...again, repairFact('after.read-again')], ({ text }) => text),
    };
  }

  /** Omits commands that had no effect, with their backups. The next steps of the remedy lose that condition. */
  #splitTried(commands: readonly TriedCommand[]): [Draft[], Statement[]] {
    const isOnlyWorkload = this.#request.targets.filter(({ kind }) => kind === 'workload').length < 2;
    const tried = [...this.#drafts].filter(([, { step }]) =>
      commands.some((each) => isSameCommand(each, step, isOnlyWorkload)),
    );
    const omitted = new Set(tried.flatMap(([key]) => [key, `backup ${key}`]));
    const isNext = (draft: Draft): boolean =>
      tried.some(
        ([, { group, rank, because }]) =>
          group === draft.group &&
          rank <= draft.rank &&
          listTreated(because.failures).some((failure) => draft.because.failures.has(failure)),
      );
    const drafts = [...this.#drafts].flatMap(([key, draft]): Draft[] => {
      if (omitted.has(key)) return [];
      const { only, ...step } = draft.step;
      const left = only !== undefined && isNext(draft) ? only.flatMap(skipEffect) : only;
      return [{ ...draft, step: left?.length ? { ...step, only: left } : step }];
    });
    const notes = tried.map(([, { step }]) => ({
      ...repairFact('tried'),
      params: { command: step.command === undefined ? '' : commandText(step.command) },
    }));
    return [drafts, notes];
  }

  catalogue(kind: RepairKind | undefined): CatalogueStep[] {
    const [target] = this.#request.targets;
    if (target === undefined) return [];
    this.#addClock();
    this.#addLook([]);
    const ofState = REPAIR_STEP_IDS.map((id) => ({
      key: repairKey(id, 0),
      step: repairPlanStep(
        { id, command: '', statement: repairFact('done'), because: [] },
        { name: '', isHost: kind !== 'workload' },
      ),
    }));
    const ofFailures = FAILURES.flatMap(({ id }) => [
      ...remedyPlaces(id, kind),
      ...remedyPlaces(id, undefined),
    ]).flatMap((place) =>
      [
        ...(place.repair === 'credential' ? [OWN_FETCH] : []),
        ...(place.step.command === CHECKS['api-server'].command ? [{ command: OWN_NODES }] : []),
        {},
      ].flatMap((change) => this.#catalogueSteps(target, { ...place, step: { ...place.step, ...change } })),
    );
    const rebuild = rebuildPlanSteps({ statement: repairFact('rebuild'), because: [] }, '');
    const removals = [
      ...[true, false].map((isAlone) =>
        revocationPlanStep({ statement: repairFact('done'), because: [] }, '', [{ path: '', isAlone }]),
      ),
      ...remedyPlaces('F34', kind)
        .filter(({ rank }) => rank === REVOCATION)
        .map((place) => this.#createStep(target, 0, place)),
    ];
    return [
      ...[...this.#drafts].map(([key, draft]) => ({ key, step: createStep(draft) })),
      ...ofState,
      ...ofFailures,
      ...rebuild.map((step) => ({ key: step.id, step })),
      ...removals.map((step) => ({ key: 'revocation', step })),
    ];
  }

  #catalogueSteps(target: RepairTarget, place: RemedyPlace): CatalogueStep[] {
    const key = this.#stepKey({ ...place, only: [], isOfHost: true }, 0);
    const step = this.#createStep(target, 0, place);
    const backup = this.#backupStep(target, 0, place, step.because);
    return [{ key, step }, ...(backup === undefined ? [] : [{ key: `backup ${key}`, step: backup }])];
  }

  #addState(target: RepairTarget, index: number): void {
    const { clock, name = '' } = target;
    if (clock === undefined) return;
    const isHost = clock.kind !== 'workload';
    for (const repair of clock.repairOrder) {
      if (repair.id === 'rebuild') {
        for (const step of rebuildPlanSteps(repair, name))
          this.#add(`${step.id} ${index}`, { group: index, rank: LAST, step });
        return;
      }
      const { id, because, statement, only } = repair;
      const known = KNOWN_PLACES.get(id);
      const state = { credentials: because, isNamed: false };
      const group = isHost ? 0 : index;
      if (id === 'revocation')
        this.#add(`revocation ${index}`, {
          group,
          rank: REVOCATION,
          step: revocationPlanStep(repair, name, clock.refusals),
        });
      // No cmdlet renews the kubeconfig of the management cluster.
      else if (id === 'management-kubeconfig' || (isHost && id === 'credential'))
        this.#addPlaces(target, index, remedyPlaces('F10', 'management'), state);
      // Two published fixes contradict each other.
      else if (id === 'kubelet' && only !== undefined) this.#addFailure(target, index, 'F19', state);
      else if (known !== undefined) {
        const isOfHost = isHost || isHostRepair(id);
        const step = { ...known.step, statement };
        this.#addPlaces(target, index, [{ ...known, isOfHost, step, only: only === undefined ? [] : [only] }], state);
      } else
        this.#add(repairKey(id, group), {
          group: isHostRepair(id) ? 0 : group,
          rank: getRank(id),
          step: repairPlanStep({ ...repair, id }, { ...target, name, isHost }),
        });
    }
    const { identities } = clock;
    const again = new Set(
      identities.flatMap(({ state, certificates }) => (state === 'log-in-again' ? certificates : [])),
    );
    const kms = clock.alreadyExpired.flatMap(({ row }) =>
      (row.role === 'kms-plugin' && !again.has(row)) || row.role === 'kms-plugin-token' ? [row.id] : [],
    );
    const lockedOut = identities.flatMap(({ state, certificates, tokens }) =>
      state === 'locked-out' ? [...certificates, ...tokens] : [],
    );
    // While the file exists, kvactl does not log in with its token, which may still be valid.
    const kvactl = clock.alreadyExpired.flatMap(({ row }) =>
      row.role === 'kvactl' && !lockedOut.includes(row) ? [row.id] : [],
    );
    const deletion = remedyPlaces('F05', clock.kind).filter(({ repair }) => repair === undefined);
    if (kvactl.length > 0) this.#addPlaces(target, index, deletion, { credentials: kvactl, isNamed: true });
    if (lockedOut.length > 0 && this.#found?.mocctl === undefined) this.#addLook(lockedOut.map(({ id }) => id));
    if (kms.length > 0)
      // The repair needs an API server, which works only after a restart of the plugin.
      this.#addPlaces(target, index, remedyPlaces('F08', clock.kind, [API_SERVER_DOWN]), {
        credentials: kms,
        isNamed: true,
      });
  }

  /** Adds the clock steps before all steps that depend on dates. */
  #addClock(): void {
    const common = {
      why: repairFact('clock.why'),
      target: { kind: 'host' },
      expected: repairFact('clock.expected'),
      risk: 'none',
      needsApiServer: false,
      because: { failures: [], credentials: [] },
    } satisfies Partial<PlanStep>;
    const steps: readonly PlanStep[] = [
      { ...common, id: 'clock-look', title: repairFact('clock.look'), command: buildCommand(CHECKS.clock.command) },
      {
        ...common,
        id: 'clock-source',
        title: repairFact('clock.source'),
        command: { kind: 'program', program: 'w32tm', args: [{ literal: '/query' }, { literal: '/status' }] },
      },
      { ...common, id: 'clock-correct', title: repairFact('clock.correct'), risk: 'low', needsPerson: true },
    ];
    for (const step of steps) this.#add(step.id, { group: 0, rank: BEFORE_ALL, step });
  }

  /** Adds a check of whether tokens can still be rotated. */
  #addLook(credentials: readonly CredentialId[]): void {
    const { command, place, needsApiServer, statement } = CHECKS['moc-node'];
    this.#add('look moc-node', {
      group: 0,
      rank: getRank('moc-login') - 0.5,
      step: {
        id: 'look-mocctl',
        title: repairFact('identity.look'),
        why: repairFact('identity.look.why'),
        target: getTarget(place, undefined),
        command: buildCommand(command),
        expected: statement,
        risk: 'none',
        needsApiServer,
        because: { failures: [], credentials },
      },
    });
  }

  #addFailure(target: RepairTarget, index: number, id: FailureId, reason: Reason = NAMED): void {
    const failure = findFailure(id);
    if (failure === undefined) return;
    // Expired credentials are repaired in any case. All other repairs wait for the check.
    const isGuess = target.unsure !== undefined && target.failures[0] === id;
    const isRepaired = (target.clock?.repairOrder.length ?? 0) > 0;
    const only = reason.isNamed && isGuess && isRepaired ? [CONFIRMED] : [];
    const all = remedyPlaces(id, target.kind ?? target.clock?.kind, only);
    const places = target.dated?.includes(id)
      ? all.filter((place) => isOut(place, failure, { own: target.clock, hosts: this.#hosts }))
      : all;
    const dispute = failure.dispute && findDispute(failure, places);
    if (reason.isNamed && places.length > 0) this.#failures.add(id);
    this.#addPlaces(target, index, dispute?.first ?? places, reason);
    if (dispute === undefined) return;
    const { at, others, statement } = dispute;
    const key = this.#stepKey(at, index);
    const draft = this.#drafts.get(key);
    if (draft === undefined) return;
    const steps = others.map((place) => this.#createStep(target, index, place, reason));
    this.#drafts.set(key, { ...draft, step: { ...draft.step, instead: { steps, statement } } });
  }

  #addPlaces(target: RepairTarget, index: number, places: readonly RemedyPlace[], reason: Reason = NAMED): void {
    const own = `revocation ${index}`;
    for (const given of places) {
      const only = this.#openCases(given, target);
      if (only === undefined) continue;
      const place = this.#assignKubeconfig({ ...given, only }, target, index);
      // A kubeconfig that is known to be valid is not replaced by hand.
      const isByHand = place.failure.id === 'F10' && !target.failures.includes('F10');
      if (isByHand && !isOut(place, place.failure, { own: target.clock, hosts: this.#hosts })) continue;
      if (reason.isNamed) this.#failures.add(place.failure.id);
      const step = this.#createStep(target, index, place, reason);
      const revocation = this.#drafts.get(own);
      // If the revocation object is known, no search for objects is needed.
      if (revocation !== undefined && place.failure.id === 'F34' && place.rank === REVOCATION) {
        this.#drafts.set(own, mergeDrafts(revocation, step));
        continue;
      }
      const late = listFallbacks(place).length > 0 ? FALLBACK : 0;
      const draft = { group: place.isOfHost ? 0 : index, rank: place.rank + late };
      const key = this.#stepKey(place, index);
      const backup = this.#backupStep(target, index, place, step.because);
      if (backup !== undefined) this.#add(`backup ${key}`, { ...draft, step: backup });
      this.#add(key, { ...draft, step });
    }
  }

  /** Returns the undecided cases; `undefined` if one of the cases does not hold. */
  #openCases({ only: given }: RemedyPlace, { kind = 'workload' }: RepairTarget): string[] | undefined {
    const isWorkload = kind === 'workload';
    const only = given.map((key) => (!isWorkload && key === API_SERVER_DOWN ? MANAGEMENT_DOWN : key));
    // A management cluster that was read and is sound needs no repair.
    if (only.includes(MANAGEMENT_DOWN) && isSound(this.#management?.clock)) return undefined;
    const holds = only.map((key) => isCase(key, this.#found, isWorkload));
    return holds.includes(false) ? undefined : only.filter((_, at) => holds[at] === undefined);
  }

  /** Assigns each of several clusters its own kubeconfig folder, which later steps use. */
  #assignKubeconfig(place: RemedyPlace, { name = '' }: RepairTarget, index: number): RemedyPlace {
    const { step, repair } = place;
    const isFetch = repair === 'credential';
    // In a shared folder, the files would overwrite each other.
    if (isFetch && !this.#fetched.has(index)) this.#fetched.set(index, name);
    if (this.#shared?.getFolder === undefined) return place;
    if (isFetch) return { ...place, step: { ...step, ...OWN_FETCH } };
    const isAfter = place.rank > getRank('credential') && step.command === CHECKS['api-server'].command;
    return isAfter ? { ...place, step: { ...step, command: OWN_NODES } } : place;
  }

  #stepKey(place: RemedyPlace, index: number): string {
    const { step, repair, failure, isOfHost } = place;
    const group = isOfHost ? 0 : index;
    const own =
      repair !== undefined ? repairKey(repair, group) : `${step.action ?? `${failure.id} ${step.id}`} ${group}`;
    return [own, ...listFallbacks(place)].join(' ');
  }

  /** Adds a step once for all of its reasons, at the earliest position. The step is unconditional if any reason is. */
  #add(key: string, draft: Omit<Draft, 'because'>): void {
    const before = this.#drafts.get(key);
    const { failures, credentials } = draft.step.because;
    const added: Draft = { ...draft, because: { failures: new Set(failures), credentials: new Set(credentials) } };
    if (before === undefined) {
      this.#drafts.set(key, added);
      return;
    }
    const isWider = includesCase(draft.step, before.step);
    const [{ step: kept }, { step: other }] = isWider ? [added, before] : [before, added];
    // Neither case includes the other, so the step applies in both.
    const only = isWider || includesCase(before.step, draft.step, true) ? kept.only : joinCases(kept.only, other.only);
    const { step: whole, because } = isWider
      ? mergeDrafts(added, before.step, before.because)
      : mergeDrafts(before, draft.step);
    const { only: _, ...step } = whole;
    const limited = only?.length ? { ...step, only } : step;
    this.#drafts.set(key, { group: before.group, rank: Math.min(before.rank, draft.rank), step: limited, because });
  }

  #commandValues(target: RepairTarget, index: number, place: RemedyPlace): CommandValues {
    const { isOfHost } = place;
    const named = isOfHost ? this.#management : target;
    const cluster = named === undefined ? undefined : findCommandName(named);
    const owner = named?.name ?? (isOfHost ? MANAGEMENT : String(index));
    const folder = isOfHost ? undefined : this.#shared?.getFolder?.(index);
    return {
      values: {
        ...(cluster !== undefined && { cluster }),
        ...(folder !== undefined && { 'kubeconfig-folder': folder }),
      },
      openName: (placeholder) => {
        const owners = this.#owners.get(placeholder);
        this.#owners.set(placeholder, owners?.add(owner) ?? new Set([owner]));
        return this.#shared?.open.get(placeholder)?.createName(owner) ?? placeholder;
      },
    };
  }

  #createStep(
    target: RepairTarget,
    index: number,
    place: RemedyPlace,
    { credentials, isNamed }: Reason = NAMED,
  ): PlanStep {
    const { failure, step, repair, isOfHost, only } = place;
    const { statement, expected, risk, needsApiServer, check, undo, precondition } = step;
    const { citations } = statement;
    const values = this.#commandValues(target, index, place);
    const name = isOfHost ? undefined : target.name;
    return {
      id: repair === undefined ? stepId(failure.id, step.id, name ?? '') : stepId('repair', repair, name ?? ''),
      title: repair === undefined ? statement : { text: `maintenance.step.${repair}`, citations },
      target: getTarget(step.place, isOfHost ? this.#management?.name : target.name),
      ...(step.command !== undefined && { command: buildCommand(step.command, values) }),
      why:
        repair !== undefined
          ? statement
          : failure.steps[0] === step
            ? failure.cause
            : { text: 'repair.plan.why', citations, params: { failure: failure.id } },
      ...(only.length > 0 && { only: only.map((text) => ({ text, citations })) }),
      ...(precondition !== undefined && { precondition: { text: precondition, citations } }),
      expected: { text: expected, citations },
      ...(check !== undefined && { check: createCheck(check, step, values) }),
      ...(undo !== undefined && {
        undo: {
          ...(undo.command !== undefined && { command: buildCommand(undo.command, values) }),
          statement: { text: undo.text, citations },
        },
      }),
      risk,
      needsApiServer,
      ...(name !== undefined && { cluster: name }),
      because: { failures: isNamed ? [failure.id] : [], credentials },
    };
  }

  #backupStep(
    target: RepairTarget,
    index: number,
    place: RemedyPlace,
    because: PlanStep['because'],
  ): PlanStep | undefined {
    const { failure, step, isOfHost, only } = place;
    const { backup } = step;
    if (backup?.command === undefined) return undefined;
    const isOwn = backup === OWN_CREDENTIAL.backup;
    const { citations } = step.statement;
    const name = isOfHost ? undefined : target.name;
    return {
      id: stepId(failure.id, step.id, 'backup', name ?? ''),
      title: { text: backup.text, citations },
      why: isOwn ? repairFact('own-folder.why') : { text: 'repair.plan.before', citations },
      expected: isOwn ? repairFact('own-folder.expected') : { text: 'repair.expected.no-error', citations },
      target: getTarget(step.place, name),
      command: buildCommand(backup.command, this.#commandValues(target, index, place)),
      ...(only.length > 0 && { only: only.map((text) => ({ text, citations })) }),
      risk: 'low',
      needsApiServer: step.needsApiServer,
      ...(name !== undefined && { cluster: name }),
      because,
    };
  }

  #warnings(named: readonly FailureId[]): Statement[] {
    const failures = [...this.#failures].flatMap((id) => findFailure(id) ?? []);
    const ofNamed = failures.filter(({ id }) => named.includes(id));
    const states = this.#request.targets.flatMap(({ clock }) => clock?.identities.map(({ state }) => state) ?? []);
    const all: Statement[] = [
      ...(this.#request.first ?? []),
      ...this.#request.targets.flatMap(({ question }) => question ?? []),
      ...failures.flatMap(({ warning }) => warning ?? []),
      ...states.flatMap((state) => identityStatement(state) ?? []),
      ...this.#request.targets.flatMap(({ clock }) =>
        clock?.offSinceMs === undefined ? [] : (findContradiction(clock, epochMs(this.#request.now)) ?? []),
      ),
      ...this.#request.targets.flatMap(({ unsure, failures: [first] }) =>
        unsure === undefined || first === undefined || !this.#failures.has(first)
          ? []
          : [
              {
                text: UNSURE,
                citations: CHECKS[unsure.check].statement.citations,
                params: { failure: first, command: unsure.command },
              },
            ],
      ),
      ...ofNamed.flatMap(({ look }) => look ?? []),
    ];
    return distinctBy(all, ({ text, params }) => JSON.stringify([text, params]));
  }
}

const CATALOGUE_TIME = instantFromMs(0);
const { nodes: OWN_NODES, ...OWN_FETCH } = OWN_CREDENTIAL;
const BEFORE_ALL = -3;
const NAMED: Reason = { credentials: [], isNamed: true };
/** Stands for the unknown name of the management cluster. */
const MANAGEMENT = 'management';
/** Warning with the check that confirms or rules out an uncertain cause. */
export const UNSURE = 'repair.plan.unsure';
/** Condition of steps for an uncertain cause. */
export const CONFIRMED = 'repair.plan.confirmed';
/** Conditions that a command had no effect, and the condition that remains of each if it had none. */
const IN_VAIN: ReadonlyMap<string, string | undefined> = new Map([
  ['repair.only.no-effect', 'repair.only.old-build'],
  ['repair.only.still-failing', undefined],
  ['repair.only.still-starting', undefined],
]);

/** Lists the failures, and those whose remedies continue the remedies of these. */
function listTreated(failures: Iterable<string>): string[] {
  return ([...failures] as FailureId[]).flatMap((id) => [
    id,
    ...(findFailure(id)?.steps.flatMap(({ continues }) => continues ?? []) ?? []),
  ]);
}

function skipEffect(condition: Statement): Statement[] {
  if (!IN_VAIN.has(condition.text)) return [condition];
  const text = IN_VAIN.get(condition.text);
  return text === undefined ? [] : [{ ...condition, text }];
}

/**
 * Returns whether the tried command already did everything that the command does. The tried command must name the
 * cluster of the step, unless the plan has only one workload cluster or the step is for the hosts.
 */
function isSameCommand(tried: TriedCommand, { command, cluster }: PlanStep, isOnlyWorkload: boolean): boolean {
  if (command?.kind !== 'cmdlet' || command.name.toLowerCase() !== tried.cmdlet) return false;
  const parameters = command.parameters.map(({ name, value }) => ({ name: `-${name.toLowerCase()}`, value }));
  const isPart = tried.parameters.every((each) => parameters.some(({ name }) => name === each));
  const isWhole = parameters.every(({ name, value }) => value !== undefined || tried.parameters.includes(name));
  const isHere =
    cluster === undefined ||
    (tried.cluster === undefined ? isOnlyWorkload : tried.cluster.toLowerCase() === cluster.toLowerCase());
  return isPart && isWhole && isHere;
}

/** Returns a warning if, during the stated downtime, a certificate was issued that only a running cluster receives. */
function findContradiction(
  { clusterId, cluster, offSinceMs = 0, alreadyExpired, valid }: PowerOffClock,
  nowMs: number,
): Statement | undefined {
  const rows = [...alreadyExpired, ...valid].map(({ row }) => row);
  const issuedMs = lastSeenRunningMs(rows, clusterId, nowMs);
  if (issuedMs === undefined || issuedMs <= offSinceMs) return undefined;
  const params = { cluster, off: instantFromMs(offSinceMs), issued: instantFromMs(issuedMs) };
  return { ...repairFact('off-contradicted'), params };
}

function repairKey(id: RepairStepId, group: number): string {
  return `repair ${id} ${isHostRepair(id) ? 0 : group}`;
}

/** Places and other details that these failures add to repairs of expired credentials. */
const KNOWN_PLACES: ReadonlyMap<string, RemedyPlace> = new Map(
  (['F04', 'F17', 'F15', 'F22'] as const).flatMap((id) =>
    remedyPlaces(id, 'workload').flatMap((place) =>
      place.repair === undefined || place.only.length > 0 ? [] : [[place.repair, place] as const],
    ),
  ),
);

function getTarget(place: StepPlace, cluster: string | undefined): StepTarget {
  switch (place) {
    case 'host':
    case 'every-host':
    case 'workstation':
      return { kind: place };
    case 'control-plane':
    case 'every-control-plane':
    case 'every-worker':
      return { kind: place, cluster };
  }
}

/** Merges two steps; the values of `kept` take precedence. */
function mergeDrafts(
  kept: Draft,
  { only: _, ...other }: PlanStep,
  reasons: { failures: Iterable<string>; credentials: Iterable<CredentialId> } = other.because,
): Draft {
  const { failures, credentials } = kept.because;
  for (const failure of reasons.failures) failures.add(failure);
  for (const credential of reasons.credentials) credentials.add(credential);
  return { ...kept, step: { ...other, ...kept.step } };
}

function createStep({ step, because }: Draft): PlanStep {
  return { ...step, because: { failures: [...because.failures], credentials: [...because.credentials] } };
}

/** Finds competing procedures for a failure; `undefined` if there are none, or none is safer for this cluster. */
function findDispute({ id, dispute }: Failure, places: readonly RemedyPlace[]) {
  const contradiction = CONTRADICTIONS.find((each) => each.id === dispute?.contradiction);
  if (dispute === undefined || contradiction === undefined) return undefined;
  const [safer = [], ...sides] = dispute.sides;
  const other = sides.flat();
  const at = places.find(({ failure, step }) => failure.id === id && safer.includes(step.id));
  // Other procedures may apply to other kinds of clusters.
  const all = [...places, ...remedyPlaces(id, undefined)];
  const found = all.filter(({ failure, step }) => failure.id === id && other.includes(step.id));
  if (at === undefined || found.length === 0) return undefined;
  return {
    /** The first step of the safer procedure. */
    at,
    others: distinctBy(found, ({ step }) => step.id),
    statement: { text: contradiction.advice, citations: contradiction.sides.flatMap(({ citations }) => citations) },
    // Fallbacks stay, because it is unknown which source is right.
    first: places.filter((place) => listFallbacks(place).length > 0 || !found.includes(place)),
  };
}

function createCheck(id: CheckId, step: RemedyStep, values: CommandValues): StepCheck {
  const { command, statement, works, fails, isTooEarlyAtOnce }: Check = CHECKS[id];
  const tells = works.length > 0 && !isTooEarlyAtOnce;
  const isOwn = id === 'api-server' && step.command === OWN_CREDENTIAL.command;
  return {
    command: buildCommand(isOwn ? OWN_NODES : command, values),
    expected: statement,
    ...(tells && { satisfiedBy: works, ...(fails && { deniedBy: fails }) }),
  };
}
