import type { ClusterFacts } from '../../core/plan/model/cluster-facts.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { causesToTreat, SURE_CONFIDENCE } from '../../core/repair/model/diagnose.ts';
import type { FailureId } from '../../core/knowledge/model/failure.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/shared/instant.ts';
import {
  LONGEST_EVIDENCE,
  type EvidenceText,
  type RepairAnswers,
  type RepairDiagnosis,
  type RepairPlanning,
} from '../../core/repair/model/planning.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import { translateKey } from '../../core/repair/text/diagnosis-text.ts';
import { CommandCheckerState } from '../knowledge/command-checker.svelte.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { filterByName } from '../parts/lists/by-name.ts';
import { SameQuestion } from '../parts/same-question.ts';
import { FEW_ROWS, SlicedAnswer } from '../parts/slices.svelte.ts';
import { MOST_UNASKED, PlanWizardState } from '../plan/plan-wizard.svelte.ts';
import { citeStatement, someNames } from '../plan/plan-view.ts';
import { RepairInterview } from './interview.svelte.ts';
import { RepairFiles } from './files.svelte.ts';
import { describeKnown } from './known.ts';
import { causeWork, findKnownAnswers, repairPlaces, type CausesByCluster, type RepairPlace } from './places.ts';
import { causeView, checkView, elsewhereView } from './texts.ts';
import type { WindowServices } from '../parts/window/services.ts';

interface Services extends WindowServices {
  inventory: InventoryState;
  powerOff: PowerOffState;
  /** `read` is the build in the output pasted into the update wizard; `id` is its deployment. */
  update: { readonly host: { id?: ClusterId; read?: string } };
}

const REPAIR_STEPS = ['symptom', 'evidence', 'cause', 'plan', 'run'] as const;
export type RepairWizardStep = (typeof REPAIR_STEPS)[number];
export type LaterStep = Exclude<RepairWizardStep, 'symptom'>;

export const LONGEST_TEXT = LONGEST_EVIDENCE;

/** Minimum time between two searches of a large fleet for causes. */
const CAUSES_KEPT_MS = 10 * MINUTE_MS;

export interface RepairPlaceView extends RepairPlace {
  cause?: string;
}

/** The state of the repair wizard, from symptoms to the plan. Nothing is stored. */
export class RepairState extends PlanWizardState<RepairWizardStep, RepairAnswers, RepairPlanning> {
  #services: Services;
  #asked = 0;
  readonly order = REPAIR_STEPS;
  pasted = $state('');
  typedName = $state('');
  #chosen: ReadonlySet<ClusterId> = $state.raw(new Set());
  /** Causes that the admin chose; if absent, the likely causes are treated. */
  #causes = $state.raw<ReadonlySet<FailureId>>();
  readonly interview = new RepairInterview(() => this.#knownFacts);
  readonly checker: CommandCheckerState;

  diagnosis = $state.raw<RepairDiagnosis>();
  readonly opened: RepairFiles;

  readonly #facts = $derived.by(() => JSON.stringify(this.#services.settings.values.clusterFacts));

  readonly #inventory = $derived.by(() => {
    const { inventory, settings, powerOff } = this.#services;
    return {
      clusters: inventory.clusters,
      rows: inventory.rows,
      classes: settings.classes,
      facts: JSON.parse(this.#facts) as Record<string, ClusterFacts>,
      clocks: powerOff.clocks,
      needs: powerOff.needs,
      nowMs: powerOff.nowMs,
    };
  });

  readonly #causesFound = new SlicedAnswer<CausesByCluster>();
  readonly #causesByCluster = $derived.by(() => {
    const input = this.#inventory;
    const { clusters, rows, classes, clocks, nowMs } = input;
    const moment = rows.length > FEW_ROWS ? Math.floor(nowMs / CAUSES_KEPT_MS) : nowMs;
    if (!this.#services.powerOff.isJudged) return undefined;
    const question = [clusters, rows, classes, this.#facts, clocks.length, moment];
    return this.#causesFound.latestAnswer(question, rows.length, () => causeWork(input));
  });
  readonly isJudged = $derived(this.#causesByCluster !== undefined);

  /** Places with the worst needs come first, samples last. */
  readonly places = $derived.by(() => {
    const { translate } = this.wording;
    const causes = this.#causesByCluster;
    const names = new Map<FailureId, string>();
    const failureName = (failure: FailureId): string => {
      const name = names.get(failure) ?? translateKey(`failure.${failure}`, translate);
      names.set(failure, name);
      return name;
    };
    return repairPlaces(this.#inventory)
      .map((place): RepairPlaceView => {
        const [first] = causes?.get(place.id) ?? [];
        return { ...place, cause: first && failureName(first) };
      })
      .sort((one, other) => Number(one.sample) - Number(other.sample));
  });
  query = $state('');
  readonly found = $derived(filterByName(this.places, this.query, ({ name }) => name));
  /**
   * Empty until all places are judged; otherwise, places would move between the lists, and an open list would close.
   */
  readonly #judged = $derived(this.isJudged ? this.places : []);
  readonly troubled = $derived(this.#judged.filter(isInTrouble));
  readonly stoppedPlaces = $derived(this.places.filter(({ stopped }) => stopped > 0));
  readonly others = $derived(this.#judged.filter((place) => !isInTrouble(place)));
  readonly chosen = $derived(this.places.filter(({ id }) => this.#chosen.has(id)));
  /** Absent with several clusters: each has its own answers, and the interview does not ask for them. */
  readonly #known = $derived.by(() => {
    const [first, ...others] = this.chosen;
    return first === undefined || others.length > 0 ? undefined : findKnownAnswers(first.id, this.#inventory);
  });
  readonly #build = $derived.by(() => {
    const { id, read } = this.#services.update.host;
    return id !== undefined && id === this.#known?.agent ? read : undefined;
  });
  readonly #knownFacts = $derived.by(() => {
    const { offHours, daysSinceUpdate } = this.#known?.answers ?? {};
    return { offHours: offHours?.amount, daysSinceUpdate: daysSinceUpdate?.amount, build: this.#build };
  });
  /** Clusters that the texts name, if none was chosen. */
  readonly namedInTexts = $derived(this.diagnosis?.about ?? []);
  readonly #only = $derived.by(() => {
    const inTexts = this.places.filter(({ id }) => this.namedInTexts.includes(id));
    const [first, ...others] = this.#named.length > 0 ? this.#named : inTexts;
    return others.length === 0 ? first : undefined;
  });
  readonly cluster = $derived(this.#only?.name);
  readonly #named = $derived.by(() => {
    const typed = this.typedName.trim();
    if (this.places.length === 0) return typed === '' ? [] : [{ name: typed }];
    return this.chosen;
  });
  readonly #names = $derived(this.#named.map(({ name }) => name));

  readonly hasEvidence = $derived.by(
    () =>
      this.chosen.length > 0 || this.#texts.length > 0 || this.interview.answered > 0 || this.typedName.trim() !== '',
  );

  readonly isForAll = $derived(this.chosen.length === 0 && this.namedInTexts.length === 0 && this.places.length > 1);
  #coversAll = $state(false);
  readonly canCoverAll = $derived(this.places.length <= this.mostPlanned);
  /** Whether clusters must be chosen first: a plan for many clusters is made only on request. */
  readonly asksWhich = $derived(
    this.isForAll && this.places.length > (this.#coversAll ? this.mostPlanned : MOST_UNASKED),
  );

  /** The reason in `repair.blocked.<reason>`. */
  readonly blocked: 'nothing' | 'which' | 'too-many' | 'deployments' | 'faulty' | 'too-long' | undefined = $derived.by(
    () => {
      if (this.chosen.length > this.mostPlanned) return 'too-many';
      if (new Set(this.chosen.map(({ deployment }) => deployment)).size > 1) return 'deployments';
      if (this.interview.isFaulty) return 'faulty';
      if (this.#texts.some((text) => text.length > LONGEST_TEXT)) return 'too-long';
      if (!this.hasEvidence) return 'nothing';
      return this.asksWhich && this.#texts.length === 0 ? 'which' : undefined;
    },
  );

  readonly #texts = $derived.by(() =>
    [this.pasted, ...this.opened.texts, ...this.interview.outputs].filter((text) => text.trim() !== ''),
  );

  readonly #evidence = $derived(
    this.blocked !== undefined
      ? undefined
      : {
          texts: this.#texts,
          answers: this.interview.answers,
          failures: [],
          clusters: this.places.length === 0 ? this.#names : this.chosen.map(({ id }) => id),
        },
  );

  readonly #question = new SameQuestion<{ evidence: RepairAnswers | undefined }>();
  readonly question = $derived.by(() => {
    const { settings, inventory, now } = this.#services;
    const { clusterFacts, thresholds } = settings.values;
    const evidence = this.#evidence;
    return this.#question.reuse({ evidence }, [
      JSON.stringify({ evidence, clusterFacts, thresholds }),
      inventory.complete ? inventory.rows : undefined,
      Math.floor(now.current / HOUR_MS),
    ]);
  });

  readonly #found = $derived(this.diagnosis?.causes ?? []);
  /** Whether causes can be chosen. With several clusters and no text, each cluster keeps the causes found in it. */
  readonly choosesCauses = $derived(this.#names.length <= 1 || this.#texts.length > 0);
  readonly #wanted = $derived(
    this.#found.filter(({ failure }) => this.choosesCauses && this.#causes?.has(failure) === true),
  );
  readonly #chosenCauses = $derived(
    (this.#wanted.length > 0 ? this.#wanted : causesToTreat(this.#found)).map(({ failure }) => failure),
  );

  readonly causes = $derived(
    this.#found.map((cause) =>
      causeView(cause, {
        wording: this.wording,
        cluster: this.#only,
        isChosen: this.#chosenCauses.includes(cause.failure),
      }),
    ),
  );
  readonly warnings = $derived.by(() => {
    const first = (this.diagnosis?.first ?? []).map((statement) => citeStatement(statement, this.wording));
    const all = [...first, ...this.causes.flatMap(({ warning }) => warning ?? [])];
    return all.filter(({ text }, at) => all.findIndex((each) => each.text === text) === at);
  });
  readonly elsewhere = $derived((this.diagnosis?.elsewhere ?? []).map((sign) => elsewhereView(sign, this.wording)));
  readonly stopped = $derived(this.chosen.reduce((sum, { stopped }) => sum + stopped, 0));

  readonly hasNoCause = $derived(this.diagnosis !== undefined && this.causes.length === 0 && this.stopped === 0);

  readonly questionView = $derived.by(() => {
    const { question } = this.interview;
    const known = describeKnown(question, {
      place: this.#known,
      build: this.#build,
      wording: this.wording,
      nowMs: this.#services.powerOff.nowMs,
    });
    return {
      asks: citeStatement(question.statement, this.wording),
      means: question.kind === 'layer' ? citeStatement(question.means, this.wording) : undefined,
      known,
      checks: question.checks.map((check) => checkView(check, this.wording, this.#only)),
    };
  });
  readonly lines = $derived(this.#texts.reduce((sum, text) => sum + text.trim().split('\n').length, 0));

  /** The steps that the buttons open, the main button first. If the evidence is strong, the questions are skipped. */
  readonly #ways = $derived.by((): [LaterStep | 'question' | undefined, ...LaterStep[]] => {
    switch (this.step) {
      case 'symptom':
        return this.#isClear ? ['cause', 'evidence'] : ['evidence', 'cause'];
      case 'evidence':
        return this.interview.isLast ? ['cause'] : ['question', 'cause'];
      case 'cause':
        return this.hasNoCause ? ['evidence'] : ['plan', 'evidence'];
      case 'plan':
        return ['run'];
      case 'run':
        return [undefined];
    }
  });
  readonly nextStep = $derived(this.#ways[0]);
  readonly otherSteps = $derived.by(() => {
    const [, ...others] = this.#ways;
    return others;
  });
  readonly #isClear = $derived((this.#found[0]?.confidence ?? 0) >= SURE_CONFIDENCE);

  protected readonly answers: RepairAnswers | undefined = $derived.by(() => {
    const evidence = this.#evidence;
    if (evidence === undefined || this.asksWhich) return undefined;
    return this.#wanted.length > 0 ? { ...evidence, failures: this.#chosenCauses } : evidence;
  });
  readonly #planQuestion = new SameQuestion<{ answers: RepairAnswers | undefined }>();
  readonly planQuestion = $derived.by(() => {
    const { answers } = this;
    return this.#planQuestion.reuse({ answers }, [JSON.stringify(answers), this.question]);
  });

  readonly planCauses = $derived.by(() => {
    const byFailure = new Map<FailureId, string[]>();
    for (const { failure, cluster } of this.planning?.causes ?? []) {
      const names = byFailure.get(failure) ?? [];
      byFailure.set(failure, names);
      if (cluster !== undefined) names.push(cluster);
    }
    const { wording } = this;
    const { translate } = wording;
    return [...byFailure].map(([failure, clusters]) => ({
      failure,
      title: translateKey(`failure.${failure}`, translate),
      clusters: someNames(clusters.length, wording, (most) => clusters.slice(0, most).join(', ')),
    }));
  });
  readonly asked = $derived.by(() => {
    const question = this.planning?.question;
    return question && { ...question, said: citeStatement(question.statement, this.wording) };
  });

  constructor(services: Services) {
    super(services, {
      first: 'symptom',
      name: 'aks-repair',
      methods: services.api.repair,
      toSource: (answers) => ({ kind: 'repair', answers }),
    });
    this.#services = services;
    this.opened = new RepairFiles(services.api);
    this.checker = new CommandCheckerState(services.text, services.inventory);
  }

  protected override enter(step: RepairWizardStep): void {
    super.enter(step);
    this.opened.problem = undefined;
  }

  isBlocked(step: RepairWizardStep): boolean {
    switch (step) {
      case 'symptom':
        return false;
      case 'evidence':
        return this.blocked !== undefined && this.blocked !== 'nothing' && this.blocked !== 'which';
      case 'cause':
        return this.blocked !== undefined;
      case 'plan':
        return this.blocked !== undefined || this.hasNoCause;
      case 'run':
        return this.runId === undefined && (this.planning?.plan.steps ?? []).length === 0;
    }
  }

  toggle(id: ClusterId): void {
    const chosen = new Set(this.#chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.#chosen = chosen;
    this.#causes = undefined;
  }

  isChosen(id: ClusterId): boolean {
    return this.#chosen.has(id);
  }

  choose(places: readonly RepairPlaceView[]): void {
    this.#chosen = new Set([...this.#chosen, ...places.map(({ id }) => id)]);
    this.#causes = undefined;
  }

  chooseNone(): void {
    this.#chosen = new Set();
    this.#causes = undefined;
  }

  coverAll(): void {
    this.#coversAll = true;
  }

  toggleCause(failure: FailureId): void {
    const causes = new Set(this.#chosenCauses);
    if (!causes.delete(failure)) causes.add(failure);
    this.#causes = causes.size === 0 ? undefined : causes;
  }

  /** Shows the plan for one cluster, whose state is known, and keeps the answers already given for it. */
  begin(clusterId: ClusterId): void {
    const isSame = this.#chosen.size === 1 && this.#chosen.has(clusterId);
    if (!isSame || this.runId !== undefined) this.reset();
    this.#chosen = new Set([clusterId]);
    this.go('cause');
    this.go('plan');
  }

  /** Uses a text as the output that the open question asks for. Returns `false` if no question does. */
  takeOutput(text: string): boolean {
    const take = this.#takesOutput();
    take?.({ text });
    return take !== undefined;
  }

  /** Looks for the causes of an error that was pasted outside a field. Earlier evidence stays, but not that of a run. */
  addError(text: string): void {
    // The list of runs keeps the run.
    if (this.runId !== undefined) this.reset();
    this.pasted = addText(this.pasted, text);
    this.go('cause');
  }

  get takesFiles(): boolean {
    return this.step === 'symptom' || this.step === 'evidence' || this.step === 'cause';
  }

  openFile(): Promise<void> {
    return this.opened.choose(this.#takesOutput());
  }

  readFiles(tickets: readonly FileTicket[]): Promise<void> {
    return this.opened.read(tickets, this.#takesOutput());
  }

  /** Returns a function that uses a file as the output of the command for a layer, if the wizard asks about one. */
  #takesOutput(): ((file: Pick<EvidenceText, 'text'>) => void) | undefined {
    const { interview } = this;
    const { question } = interview;
    if (this.step !== 'evidence' || question.kind !== 'layer') return undefined;
    return ({ text }) => interview.paste(question.id, addText(interview.getOutput(question.id), text));
  }

  reset(): void {
    this.#chosen = new Set();
    this.#coversAll = false;
    this.query = '';
    this.#causes = undefined;
    this.pasted = '';
    this.typedName = '';
    this.interview.reset();
    this.opened.reset();
    this.diagnosis = undefined;
    this.forgetPlan();
    this.runId = undefined;
    this.restart();
  }

  /** Saves facts stated about clusters, then diagnoses. Drops the result for earlier evidence. */
  async diagnose({ evidence }: RepairState['question']): Promise<void> {
    const number = (this.#asked += 1);
    if (evidence === undefined) {
      this.diagnosis = undefined;
      return;
    }
    await this.#services.settings.save();
    const result = await this.#services.api.repair.diagnose(evidence);
    if (number !== this.#asked) return;
    this.problem = result.ok ? undefined : result.problem;
    this.diagnosis = result.ok ? result.value : undefined;
  }

  override async load(question: RepairState['planQuestion']): Promise<void> {
    if (question.answers === undefined) this.forgetPlan();
    await super.load(question);
  }
}

function isInTrouble({ stopped, cause }: RepairPlaceView): boolean {
  return stopped > 0 || cause !== undefined;
}

function addText(before: string, text: string): string {
  return before.trim() === '' ? text : `${before.trimEnd()}\n${text}`;
}
