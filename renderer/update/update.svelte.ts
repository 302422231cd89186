import { aksHciVersion, compareKubernetes, kubernetesVersion } from '../../core/knowledge/model/aks-hci-version.ts';
import { updateFact } from '../../core/knowledge/model/update-facts.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { findNamesake, listDeployments, listMembers } from '../../core/plan/model/deployment.ts';
import { DAY_MS, HOUR_MS } from '../../core/shared/instant.ts';
import { UPDATE_THRESHOLDS } from '../../core/availability/model/update-age.ts';
import type { UpdateAnswers } from '../../core/update/contract.ts';
import type { UpdatePlanning, UpdateQuestion } from '../../core/update/model/planning.ts';
import { findLane, isDueForRepair, type ClusterNeed } from '../../core/repair/model/needs.ts';
import { checkTitle } from '../../core/update/text/check-text.ts';
import { isManagementName } from '../../core/plan/model/cluster-name.ts';
import { isBlocked } from '../../core/update/model/preflight.ts';
import { newestBuild, NOTHING_KNOWN, type VersionsRead } from '../../core/update/model/versions.ts';
import { LANE_MARKS, type FleetState } from '../fleet/fleet.svelte.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { filterByName } from '../parts/lists/by-name.ts';
import { SameQuestion } from '../parts/same-question.ts';
import { MOST_UNASKED, PlanWizardState } from '../plan/plan-wizard.svelte.ts';
import { citeStatement, someNames } from '../plan/plan-view.ts';
import type { WindowServices } from '../parts/window/services.ts';
import { Worded } from '../plan/worded.ts';
import { CHECK_MARKS, checkWork, getKey, sessionCommands, prependCommand, type UpdateWords } from './texts.ts';
import { UpdateScheduleState } from './schedule.svelte.ts';

interface Services extends WindowServices {
  inventory: InventoryState;
  powerOff: PowerOffState;
  fleet: FleetState;
}

const UPDATE_STEPS = ['choose', 'preflight', 'plan', 'export', 'run'] as const;
export type UpdateStep = (typeof UPDATE_STEPS)[number];

export type PreflightCheckView = UpdateWizard['checks'][number];
export type PastedQuestion = UpdateWizard['questions'][number];
export type TargetView = UpdateWizard['targets'][number];

/** More names make the first sentence longer than a line. */
const MOST_NAMES = 3;

/** More than the sessions of a day; also the limit in the contract. */
export const LONGEST_PASTE = 1_000_000;

/** The state of the update wizard, from choices to the plan. Nothing is stored. */
export class UpdateWizard extends PlanWizardState<UpdateStep, UpdateAnswers, UpdatePlanning> {
  #services: Services;
  #readRequest = 0;
  readonly order = UPDATE_STEPS;
  #deploymentId = $state<ClusterId>();
  hasHosts = $state(true);
  onlySystem = $state(false);
  pasted = $state('');
  typedHost = $state('');
  /** Whether the user wants a cluster, if different from the default choice at that time. */
  #wishes: ReadonlyMap<string, boolean> = $state.raw(new Map());
  query = $state('');
  #typed: Readonly<Record<string, string>> = $state.raw({});
  #wanted: Readonly<Record<string, string>> = $state.raw({});
  #answers: Readonly<Record<string, string>> = $state.raw({});
  #lookedAt: ReadonlySet<string> = $state.raw(new Set());
  #named: readonly string[] = $state.raw([]);
  newName = $state('');
  #commands = new Map<string, UpdateQuestion['command']>();

  known: VersionsRead = $state.raw({ known: NOTHING_KNOWN, findings: [] });

  readonly schedule: UpdateScheduleState;

  readonly thresholds = UPDATE_THRESHOLDS.toReversed();
  readonly otherwise = updateFact('after.not-impacted');

  readonly deployments = $derived.by(() => {
    const { inventory, settings } = this.#services;
    const real = inventory.clusters.filter(({ sample }) => sample !== true);
    return listDeployments(real.length > 0 ? real : inventory.clusters, settings.values.clusterFacts);
  });
  readonly deployment = $derived(
    this.deployments.find((each) => findNamesake(each)?.id === this.#deploymentId) ?? this.deployments[0],
  );
  readonly deploymentId = $derived(this.deployment && findNamesake(this.deployment)?.id);
  /** `agent` is absent if nothing identifies the cloud agent. */
  readonly deploymentChoices = $derived(
    this.deployments.flatMap((deployment) => {
      const namesake = findNamesake(deployment);
      if (namesake === undefined) return [];
      const members = deployment.clusters.map(({ name }) => name).join(', ');
      return [{ id: namesake.id, agent: deployment.cloudAgent?.name, members }];
    }),
  );

  readonly host = $derived.by(() => {
    const agent = this.deployment?.cloudAgent;
    const { known } = this.known;
    return {
      id: agent?.id,
      name: agent?.name,
      read: known.host,
      typed: this.typedHost,
      isTypedFaulty: this.typedHost.trim() !== '' && aksHciVersion(this.typedHost.trim()) === undefined,
      newest: newestBuild(known),
      isNewest: known.hostUpdates?.length === 0,
      age: this.#updateAge(agent?.id),
    };
  });

  readonly #members = $derived.by(() => {
    const { powerOff } = this.#services;
    const management = new Set(
      powerOff.clocks.filter(({ kind }) => kind === 'management').map(({ clusterId }) => clusterId),
    );
    return (this.deployment?.clusters ?? []).filter(({ id, name }) => !management.has(id) && !isManagementName(name));
  });
  readonly asksWhich = $derived(this.#members.length > MOST_UNASKED);

  /** If a name occurs twice, its first cluster is used. */
  readonly #versionsByName = $derived(
    new Map(this.known.known.clusters.toReversed().map((cluster) => [cluster.name, cluster])),
  );
  readonly targets = $derived.by(() => {
    const { inventory } = this.#services;
    const members = this.#members;
    const names = new Set(inventory.clusters.map(({ name }) => name));
    const others = this.known.known.clusters
      .filter(({ name }) => !names.has(name) && !isManagementName(name))
      .map(({ name }): { id?: ClusterId; name: string } => ({ name }));
    for (const { name } of others) names.add(name);
    const named = this.#named.filter((name) => !names.has(name));
    return [
      ...[...members, ...others].map((place) => this.#targetView(place, false)),
      ...named.map((name) => this.#targetView({ name }, true)),
    ];
  });
  readonly found = $derived(filterByName(this.targets, this.query, ({ name }) => name));
  readonly late = $derived(
    this.targets.filter(({ age }) => age !== undefined && age.state !== 'current' && age.state !== 'note'),
  );

  /** If a name occurs twice, its first target is used. */
  readonly #placeIds = $derived(new Map(this.targets.toReversed().map(({ name, id }) => [name, id])));

  /** The reason in `update.choose.name.<fault>`. */
  readonly nameFault = $derived.by(() => {
    const name = this.newName.trim();
    if (isManagementName(name)) return 'hosts';
    return this.targets.some((target) => target.name === name) ? 'known' : undefined;
  });

  readonly chosen = $derived(this.targets.filter(({ isChosen }) => isChosen));

  readonly parts = $derived.by(() => {
    // Without known clusters, the plan is for those that the cmdlets list later.
    const hasClusters = this.chosen.length > 0 || this.targets.length === 0;
    if (this.hasHosts) return hasClusters ? 'all' : 'hosts';
    return hasClusters ? 'clusters' : undefined;
  });

  /** The reason in `update.blocked.<reason>`. */
  readonly blocked: 'nothing' | 'which' | 'too-many' | 'version' | 'too-long' | undefined = $derived.by(() => {
    if (this.parts === undefined) return 'nothing';
    if (this.chosen.length > this.mostPlanned) return 'too-many';
    // A plan for the hosts alone needs only known hosts.
    if (this.asksWhich && this.chosen.length === 0 && this.deployment?.cloudAgent === undefined) return 'which';
    const isFaulty =
      this.host.isTypedFaulty ||
      this.targets.some(({ isTypedFaulty, isWantedFaulty }) => isTypedFaulty || isWantedFaulty);
    if (isFaulty) return 'version';
    return this.texts.some((text) => text.length > LONGEST_PASTE) ? 'too-long' : undefined;
  });

  readonly session = $derived(
    sessionCommands(
      this.chosen.map(({ name }) => name),
      this.parts ?? 'all',
    ),
  );

  readonly texts = $derived(
    [
      this.pasted,
      ...Object.entries(this.#answers).flatMap(([key, text]) => {
        const command = this.#commands.get(key);
        return command === undefined || text.trim() === '' ? [] : prependCommand(command, text);
      }),
    ].filter((text) => text.trim() !== ''),
  );

  protected readonly answers: UpdateAnswers | undefined = $derived.by(() => {
    const { parts, deployment } = this;
    if (parts === undefined || this.blocked !== undefined) return undefined;
    const agent = deployment?.cloudAgent?.id;
    const isWhole = this.chosen.length === this.targets.length && agent !== undefined;
    const host = this.typedHost.trim();
    return {
      texts: this.texts,
      parts,
      clusters: isWhole ? [] : this.chosen.map(({ id, name }) => id ?? name),
      deployment: this.deploymentId,
      typed: {
        ...(host !== '' && { host }),
        clusters: this.chosen.flatMap(({ name, typed, isNamed }) =>
          typed.trim() !== '' ? [{ cluster: name, version: typed.trim() }] : isNamed ? [{ cluster: name }] : [],
        ),
      },
      versions: this.chosen.flatMap(({ id, name, wanted }) =>
        wanted.trim() === '' ? [] : [{ cluster: id ?? name, version: wanted.trim() }],
      ),
      onlySystem: this.onlySystem,
    };
  });

  readonly #question = new SameQuestion<{ answers: UpdateAnswers | undefined }>();
  readonly question = $derived.by(() => {
    const { settings, inventory, now } = this.#services;
    const { clusterFacts, thresholds, planning } = settings.values;
    const { answers } = this;
    return this.#question.reuse({ answers }, [
      JSON.stringify({ answers, clusterFacts, thresholds, planning }),
      inventory.complete ? inventory.rows : undefined,
      Math.floor(now.current / HOUR_MS),
    ]);
  });

  readonly #checkWords = new Worded<UpdatePlanning, UpdateWords>();
  readonly #worded = $derived.by(() => {
    const { planning, wording } = this;
    if (planning === undefined) return undefined;
    return this.#checkWords.getWords(planning, wording, checkWork(planning, wording));
  });
  readonly isWorded = $derived(this.#worded !== undefined);

  readonly checks = $derived(
    (this.#worded?.checks ?? []).map(({ cluster, ...words }) => ({
      ...words,
      cluster,
      isLookedAt: words.state === 'unknown' && this.#lookedAt.has(words.key),
      pasted: this.#answers[words.key] ?? '',
      placeId: cluster === undefined ? this.host.id : this.#placeIds.get(cluster),
    })),
  );
  readonly openChecks = $derived(
    this.checks
      .filter(({ state, isLookedAt }) => state === 'problem' || (state === 'unknown' && !isLookedAt))
      .sort((a, b) => Number(b.state === 'problem') - Number(a.state === 'problem')),
  );
  readonly #openChecks = $derived(new Set(this.openChecks));
  readonly fineChecks = $derived(this.checks.filter((check) => !this.#openChecks.has(check)));
  readonly problems = $derived((this.planning?.checks ?? []).filter(({ state }) => state === 'problem').length);

  readonly questions = $derived(
    (this.#worded?.questions ?? []).map((words) => ({ ...words, pasted: this.#answers[words.key] ?? '' })),
  );

  readonly counts = $derived.by(() => {
    const steps = this.planning?.plan.steps ?? [];
    return { steps: steps.length, updates: steps.filter(({ id }) => id.startsWith('update-')).length };
  });
  readonly length = $derived(
    this.planning === undefined || this.planning.minutes === 0
      ? undefined
      : citeStatement(this.planning.length, this.wording),
  );

  readonly #problems = $derived(
    new Map(this.planning?.checks.flatMap((check) => (check.state === 'problem' ? [[check.cluster, check]] : []))),
  );
  readonly #openPlaces = $derived(new Set(this.openChecks.map(({ cluster }) => cluster)));
  readonly #clocks = $derived.by(
    () => new Map(this.#services.powerOff.clocks.map((clock) => [clock.clusterId, clock])),
  );

  /** The needs without whose repair a check of the update fails, in the order of repair. */
  readonly #repairs = $derived.by(() => {
    const { needs, nowMs } = this.#services.powerOff;
    const isFirst = (need: ClusterNeed): boolean => {
      const clock = this.#clocks.get(need.clusterId);
      return isDueForRepair(need) && clock !== undefined && isBlocked([clock], nowMs);
    };
    return new Set(needs.filter(isFirst));
  });

  /** The clusters of the hosts’ row. */
  readonly #hostIds = $derived.by(() => {
    const members = new Set(this.#members.map(({ id }) => id));
    return (this.deployment === undefined ? [] : listMembers(this.deployment))
      .map(({ id }) => id)
      .filter((id) => !members.has(id));
  });
  readonly headline = $derived.by(() => {
    const { text } = this.#services;
    const ready = this.targets.filter((target) => this.#judge([target.id], target.name).kind === 'ok').length;
    const total = this.targets.length;
    const places = new Map<ClusterId | undefined, string>(this.targets.map(({ id, name }) => [id, name]));
    for (const id of this.#hostIds) places.set(id, text.t('update.choose.hosts'));
    const names = [...new Set([...this.#repairs].flatMap(({ clusterId }) => places.get(clusterId) ?? []))];
    const join = (most: number): string => names.slice(0, most).join(text.t('list.and'));
    const repair = someNames(names.length, text.wording, join, MOST_NAMES);
    const isAnyBroken = names.length > 0;
    return {
      mark: isAnyBroken ? 'expired' : ready === total && total > 0 ? 'fine' : 'unknown',
      text: text.t('update.choose.answer', { ready, total, isAny: isAnyBroken ? 'yes' : 'no', repair }),
    } as const;
  });

  constructor(services: Services) {
    super(services, {
      first: 'choose',
      name: 'aks-update',
      methods: services.api.update,
      toSource: (answers) => ({ kind: 'update', answers }),
    });
    this.#services = services;
    this.schedule = new UpdateScheduleState(services, () => {
      const { planning, plannedFrom: answers } = this;
      if (planning === undefined || answers === undefined || planning.minutes === 0) return undefined;
      return { planning, answers };
    });
  }

  isBlocked(step: UpdateStep): boolean {
    // A started run stays in view, even after other choices.
    if (step === 'choose' || (step === 'run' && this.runId !== undefined)) return false;
    return this.blocked !== undefined;
  }

  /** Leaves the run, which stays in the list, and makes a new plan. */
  leaveRun(): void {
    this.runId = undefined;
    this.restart();
  }

  chooseDeployment(id: ClusterId | undefined): void {
    this.#deploymentId = id;
    this.#wishes = new Map();
    this.query = '';
  }

  toggle(name: string): void {
    const isChosen = this.chosen.some((target) => target.name === name);
    this.#wishes = new Map([...this.#wishes, [name, !isChosen]]);
  }

  choose(targets: readonly TargetView[]): void {
    this.#chooseNames([...this.chosen, ...targets]);
  }

  chooseNone(): void {
    this.#chooseNames([]);
  }

  #chooseNames(chosen: readonly TargetView[]): void {
    const names = new Set(chosen.map(({ name }) => name));
    this.#wishes = new Map(this.targets.map(({ name }) => [name, names.has(name)]));
  }

  /** Returns whether a cluster is chosen by default: the user named it, or no repair must come first. */
  #isUsual(id: ClusterId | undefined, isNamed: boolean): boolean {
    return isNamed || (!this.asksWhich && this.#findRepair([id]) === undefined);
  }

  /** Returns the verdict on a cluster, or on the hosts, in words. Plans the repair, so only for rows in view. */
  describe(target: TargetView | undefined) {
    const { fleet, text } = this.#services;
    const { kind, need, problem } = this.#judge(target === undefined ? this.#hostIds : [target.id], target?.name);
    const clock = need && this.#clocks.get(need.clusterId);
    const mark = need === undefined ? CHECK_MARKS[kind] : LANE_MARKS[findLane(need) ?? 'attention'];
    const why = clock && fleet.listImpacts({ clock, need })[0]?.text;
    if (need !== undefined && this.#repairs.has(need))
      return { mark, need, why, text: text.t('update.verdict.repair', { count: need.steps.length }) };
    const found = problem && checkTitle({ ...problem, cluster: undefined }, text.wording);
    return { mark, need, text: why ?? found ?? text.t(`update.verdict.${kind === 'ok' ? 'ready' : 'unknown'}`) };
  }

  /** Takes over the verdicts of the fleet and of the checks. `name` is absent for the hosts. */
  #judge(ids: readonly (ClusterId | undefined)[], name: string | undefined) {
    const repair = this.#findRepair(ids);
    if (repair !== undefined) return { kind: 'problem', need: repair } as const;
    const problem = this.#problems.get(name);
    if (problem !== undefined) return { kind: 'problem', problem } as const;
    const need = this.#listNeeds(ids).find(({ impacts }) => impacts.length > 0);
    if (need !== undefined && findLane(need) !== 'stale') return { kind: 'unknown', need } as const;
    const isRead = ids.some((id) => id !== undefined && (this.#clocks.get(id)?.valid.length ?? 0) > 0);
    return { kind: !isRead || this.#openPlaces.has(name) || need !== undefined ? 'unknown' : 'ok' } as const;
  }

  #findRepair(ids: readonly (ClusterId | undefined)[]): ClusterNeed | undefined {
    return this.#listNeeds(ids).find((need) => this.#repairs.has(need));
  }

  #listNeeds(ids: readonly (ClusterId | undefined)[]): ClusterNeed[] {
    return ids.flatMap((id) => (id && this.#services.powerOff.needByCluster(id)) ?? []);
  }

  begin(clusterId: ClusterId): void {
    this.leaveRun();
    const found = this.deployments.find(
      ({ cloudAgent, clusters }) => cloudAgent?.id === clusterId || clusters.some(({ id }) => id === clusterId),
    );
    this.chooseDeployment(found && findNamesake(found)?.id);
    this.hasHosts = true;
    const isOne = found?.cloudAgent?.id !== clusterId && this.targets.some(({ id }) => id === clusterId);
    if (isOne) this.#chooseNames(this.targets.filter(({ id }) => id === clusterId));
  }

  addName(): void {
    const name = this.newName.trim();
    if (name === '' || this.nameFault !== undefined) return;
    this.#named = [...this.#named, name];
    this.newName = '';
  }

  removeName(name: string): void {
    this.#named = this.#named.filter((each) => each !== name);
  }

  typeVersion(name: string, version: string): void {
    this.#typed = { ...this.#typed, [name]: version };
  }

  want(name: string, version: string): void {
    this.#wanted = { ...this.#wanted, [name]: version };
  }

  answer(key: string, output: string): void {
    const { checks = [], questions = [] } = this.planning ?? {};
    const asked = [...checks, ...questions].find((each) => getKey(each) === key);
    if (asked !== undefined) this.#commands.set(key, asked.command);
    this.#answers = { ...this.#answers, [key]: output };
  }

  toggleLookedAt(key: string): void {
    const lookedAt = new Set(this.#lookedAt);
    if (!lookedAt.delete(key)) lookedAt.add(key);
    this.#lookedAt = lookedAt;
  }

  /** Reads pasted texts; drops the result for earlier ones. */
  async read(texts: string[]): Promise<void> {
    const number = (this.#readRequest += 1);
    if (texts.some((text) => text.length > LONGEST_PASTE)) return;
    const result = await this.#services.api.update.read({ texts });
    if (number !== this.#readRequest) return;
    this.known = this.#services.notices.take(result) ?? this.known;
  }

  #targetView({ id, name }: { id?: ClusterId; name: string }, isNamed: boolean) {
    const known = this.#versionsByName.get(name);
    const typed = this.#typed[name] ?? '';
    const wanted = this.#wanted[name] ?? '';
    const isFaulty = (text: string): boolean => text.trim() !== '' && kubernetesVersion(text.trim()) === undefined;
    const newest = (known?.updates ?? [])
      .flatMap(({ kubernetesVersion: version }) => kubernetesVersion(version) ?? [])
      .sort(compareKubernetes)
      .at(-1)?.text;
    return {
      id,
      name,
      /** Typed by the user; neither in the inventory nor in the output. */
      isNamed,
      isChosen: this.#wishes.get(name) ?? this.#isUsual(id, isNamed),
      typed,
      wanted,
      read: known?.kubernetesVersion,
      newest,
      isTypedFaulty: isFaulty(typed),
      isWantedFaulty: isFaulty(wanted),
      age: this.#updateAge(id),
    };
  }

  #updateAge(id: ClusterId | undefined) {
    const { powerOff } = this.#services;
    const update = id && this.#clocks.get(id)?.update;
    if (update === undefined) return undefined;
    const days = Math.floor((powerOff.nowMs - update.lastUpdatedMs) / DAY_MS);
    return { ...update, days: Math.max(0, days) };
  }
}
