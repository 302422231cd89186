import { ACCOUNT } from '../../core/maintenance/model/facts.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instantFromMs, type Instant } from '../../core/shared/instant.ts';
import {
  deploymentsIn,
  PLAN_FILES,
  type MissedDeadline,
  type PlanFormat,
  type PlannedStep,
} from '../../core/maintenance/model/maintenance.ts';
import {
  resolveTimeZone,
  RULE_LIMITS,
  ruleFaults,
  WEEKDAYS,
  type PlanningRules,
  type Weekday,
} from '../../core/maintenance/model/rules.ts';
import { unpackPlan, type ShownPlan } from '../../core/maintenance/model/shown-plan.ts';
import { parseDay } from '../../core/shared/time-zone.ts';
import {
  blackoutText,
  isPassed,
  listMissed,
  listReadyCommands,
  missText,
  type MissedList,
  planAnswer,
  relaxationText,
  weekdayText,
  findTask,
  taskTitle,
  taskQuestion,
} from '../../core/maintenance/text/maintenance-text.ts';
import { formatInZone, formatTimeInZone, localTimeZone } from '../../core/shared/text/zoned-time.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { filterByName } from '../parts/lists/by-name.ts';
import { SameQuestion } from '../parts/same-question.ts';
import { saveFile } from '../parts/window/save-file.ts';
import type { WindowServices } from '../parts/window/services.ts';

interface Services extends WindowServices {
  inventory: InventoryState;
  powerOff: { needByCluster(clusterId: ClusterId): { isRepairable: boolean } | undefined };
}

export interface MissedCluster {
  clusterId: ClusterId;
  name: string;
  missed: MissedDeadline[];
  isRepairable: boolean;
}

/** Number of deployments offered; others are found by name. Each cluster on unknown hosts counts as a deployment. */
export const MOST_OFFERED = 100;

type CountField = 'leadDays' | 'horizonDays';

export interface ShownWindow {
  start: Instant;
  title: string;
  until: string;
  done: string;
  /** Formatted only when drawn, because a large fleet has thousands of steps. */
  steps: readonly PlannedStep[];
}

export class PlanState {
  #services: Services;
  #asked = 0;
  /** Resolves when no plan is being made. */
  #planned = Promise.resolve();
  plan = $state.raw<ShownPlan>();
  working = $state(false);
  /** Typed text that is not a number or that the rules do not allow. */
  #typed: Partial<Record<CountField, string>> = $state({});
  blackout = $state({ from: '', to: '' });
  deployment = $state<ClusterId>();
  deploymentQuery = $state('');
  account = $state('');
  isClustered = $state(false);

  readonly weekdays = WEEKDAYS;
  readonly limits = RULE_LIMITS;
  readonly accountNote = ACCOUNT;
  readonly blackoutText = blackoutText;
  readonly localZone = localTimeZone();
  readonly rules = $derived.by(() => this.#services.settings.values.planning);
  readonly #wording = $derived.by(() => this.#services.text.wording);

  readonly #question = new SameQuestion<{ planning: PlanningRules }>();
  /** A change causes a request for another plan. */
  readonly question: unknown = $derived.by(() => {
    const { settings, inventory, now } = this.#services;
    const { planning, clusterFacts, thresholds } = settings.values;
    return this.#question.reuse({ planning }, [
      JSON.stringify({ planning, clusterFacts, thresholds }),
      inventory.complete ? inventory.rows : undefined,
      Math.floor(now.current / HOUR_MS),
    ]);
  });

  readonly answer = $derived.by(() => this.plan && planAnswer(this.plan, this.#wording));

  readonly windows: ShownWindow[] = $derived.by(() => {
    const { windows = [], rules } = this.plan ?? {};
    const { language } = this.#wording;
    const zone = rules?.timeZone ?? '';
    return windows.map(({ start, end, done, steps }) => ({
      start,
      title: formatInZone(start, language, zone),
      until: formatInZone(end, language, zone),
      done: formatTimeInZone(done, language, zone),
      steps,
    }));
  });

  readonly missed = $derived.by(() => ({ now: this.#listByCluster('now'), rest: this.#listByCluster('rest') }));

  readonly deployments = $derived.by(() => (this.plan === undefined ? [] : deploymentsIn(this.plan)));

  readonly offeredDeployments = $derived.by(() => {
    const found = filterByName(this.deployments, this.deploymentQuery, ({ name }) => name).slice(0, MOST_OFFERED);
    const chosen = this.deployments.find(({ id }) => id === this.deployment);
    return chosen === undefined || found.includes(chosen) ? found : [chosen, ...found];
  });

  readonly canAddBlackout = $derived.by(() => {
    const { from, to } = this.blackout;
    const [first, last] = [parseDay(from), parseDay(to || from)];
    const isRoom = this.rules.blackouts.length < RULE_LIMITS.blackouts;
    return first !== undefined && last !== undefined && first <= last && isRoom;
  });

  constructor(services: Services) {
    this.#services = services;
  }

  #listByCluster(list: MissedList): { count: number; clusters: MissedCluster[] } {
    const all = this.plan === undefined ? [] : listMissed(this.plan, list);
    const clusters = new Map<ClusterId, MissedCluster>();
    for (const missed of all) {
      const { target } = this.#findTask(missed.task) ?? {};
      if (target === undefined) continue;
      const { clusterId, name } = target;
      const isRepairable = this.#services.powerOff.needByCluster(clusterId)?.isRepairable ?? false;
      const cluster = clusters.get(clusterId) ?? { clusterId, name, missed: [], isRepairable };
      cluster.missed.push(missed);
      clusters.set(clusterId, cluster);
    }
    return { count: all.length, clusters: [...clusters.values()] };
  }

  #findTask(id: string) {
    return this.plan && findTask(this.plan, id);
  }

  /** Includes commands if the work cannot wait for a window. */
  describeMiss(missed: MissedDeadline) {
    const { plan } = this;
    const task = this.#findTask(missed.task);
    if (plan === undefined || task === undefined) return undefined;
    const isOver = isPassed(missed, plan);
    return {
      mark: isOver ? ('expired' as const) : missed.isPastDeadline ? ('urgent' as const) : ('renewal-overdue' as const),
      text: missText(missed, plan, this.#wording, 'cluster'),
      question: missed.isPastDeadline ? taskQuestion(task, this.#wording) : '',
      commands: missed.isPastDeadline ? listReadyCommands(task) : [],
      why: task.why,
      // A repair renews only what has ended, and includes no update.
      isRepaired: isOver && task.kind !== 'host-update' && task.kind !== 'cluster-update',
    };
  }

  stepInWords(step: PlannedStep) {
    const { plan } = this;
    const task = this.#findTask(step.task);
    if (plan === undefined || task === undefined) return undefined;
    const { language } = this.#wording;
    const zone = plan.rules.timeZone;
    return {
      time: formatTimeInZone(step.start, language, zone),
      title: taskTitle(task, this.#wording),
      due: formatInZone(step.due, language, zone),
      commands: listReadyCommands(task),
      question: taskQuestion(task, this.#wording),
      task,
    };
  }

  /**
   * Saves the rules, then requests the plan. Runs one request at a time; of the calls that arrive meanwhile, only the
   * last one takes effect.
   */
  async load(_question: unknown): Promise<void> {
    const { settings } = this.#services;
    const number = (this.#asked += 1);
    this.working = true;
    await settings.save();
    const isWanted = () => number === this.#asked;
    const planned = this.#planned.then(() => (isWanted() ? this.#plan(isWanted) : undefined));
    this.#planned = planned;
    await planned;
  }

  async #plan(isWanted: () => boolean): Promise<void> {
    const { api, notices } = this.#services;
    const result = await api.maintenance.plan();
    if (!isWanted()) return;
    this.working = false;
    const plan = notices.take(result);
    if (plan !== undefined) this.plan = unpackPlan(plan);
  }

  change(change: Partial<PlanningRules>): void {
    const planning = { ...this.rules, ...change };
    if (ruleFaults(resolveTimeZone(planning, this.localZone)).length > 0) return;
    this.#services.settings.change({ planning });
  }

  /** Adds or removes a weekday. The last weekday cannot be removed, because there would be no window without it. */
  toggleWeekday(weekday: Weekday): void {
    const chosen = new Set(this.rules.weekdays);
    if (!chosen.delete(weekday)) chosen.add(weekday);
    this.change({ weekdays: WEEKDAYS.filter((each) => chosen.has(each)) });
  }

  countText(field: CountField): string {
    return this.#typed[field] ?? String(this.rules[field]);
  }

  isFaulty(field: CountField): boolean {
    return this.#typed[field] !== undefined;
  }

  typeCount(field: CountField, text: string): void {
    const { least, most } = RULE_LIMITS[field];
    const count = /^\d{1,4}$/u.test(text.trim()) ? Number(text) : NaN;
    const { [field]: _, ...others } = this.#typed;
    if (count >= least && count <= most) {
      this.#typed = others;
      this.change({ [field]: count });
    } else this.#typed = { ...others, [field]: text };
  }

  addBlackout(): void {
    if (!this.canAddBlackout) return;
    const { from, to } = this.blackout;
    const blackouts = [...this.rules.blackouts, { from, to: to || from }];
    this.change({ blackouts: blackouts.sort((a, b) => (a.from < b.from ? -1 : 1)) });
    this.blackout = { from: '', to: '' };
  }

  removeBlackout(place: number): void {
    this.change({ blackouts: this.rules.blackouts.filter((_, at) => at !== place) });
  }

  weekdayText(weekday: Weekday, width: 'long' | 'short' | 'narrow'): string {
    return weekdayText(weekday, this.#wording.language, width);
  }

  relaxationText(change: MissedDeadline['relaxations'][number]): string {
    return relaxationText(change, this.#wording);
  }

  relax(change: MissedDeadline['relaxations'][number]): void {
    switch (change.kind) {
      case 'lead':
        this.#typed = {};
        return this.change({ leadDays: change.leadDays });
      case 'hours':
        return this.change({ from: change.from, to: change.to });
      case 'weekday':
        return this.toggleWeekday(change.weekday);
      case 'blackout': {
        const { from, to } = change.blackout;
        const place = this.rules.blackouts.findIndex((each) => each.from === from && each.to === to);
        if (place >= 0) this.removeBlackout(place);
      }
    }
  }

  async save(kind: Exclude<PlanFormat, 'task-xml-clustered'>): Promise<void> {
    const { api, notices, settings } = this.#services;
    const format: PlanFormat = kind === 'task-xml' && this.isClustered ? 'task-xml-clustered' : kind;
    const file = PLAN_FILES[format];
    await settings.save();
    const wanted = { suggestedName: file.name, format: file.format, said: 'plan.saved' } as const;
    await saveFile(this.#services, wanted, async (target) => {
      const account = (kind === 'task-xml' && this.account.trim()) || undefined;
      const deployment = this.deployments.find(({ id }) => id === this.deployment)?.id;
      return notices.take(await api.maintenance.exportPlan({ format, deployment, account, target }));
    });
  }

  readonly today = $derived.by(() =>
    instantFromMs(Math.floor(this.#services.now.current / DAY_MS) * DAY_MS).slice(0, 10),
  );
}
