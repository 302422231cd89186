import { POWER_OFF_LIMITS } from '../../core/knowledge/model/obstacles.ts';
import { WINDOWS_SERVERS } from '../../core/knowledge/model/support-end.ts';
import type { ClusterFacts } from '../../core/plan/model/cluster-facts.ts';
import { commandText, type PlanStep } from '../../core/plan/model/plan.ts';
import { planSentence, stepTitle } from '../../core/plan/text/plan-text.ts';
import type { ImpactState } from '../../core/repair/model/impact.ts';
import {
  countLanes,
  findLane,
  impactFinder,
  isBroken,
  needsOfClocks,
  type ClusterNeed,
} from '../../core/repair/model/needs.ts';
import { isRevocationStep } from '../../core/repair/model/plan-step.ts';
import { impactText, needSentences, type NeedWording } from '../../core/repair/text/needs-text.ts';
import type { Citation, Statement } from '../../core/shared/citation.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { instantFromMs, MINUTE_MS } from '../../core/shared/instant.ts';
import {
  clockFinder,
  LAYERS_BY_BREAK,
  type FindClock,
  type PowerOffClock,
} from '../../core/availability/model/power-off.ts';
import type { UpdateAgeState } from '../../core/availability/model/update-age.ts';
import { sortByNeed } from '../../core/availability/model/power-off-need.ts';
import { identityStatement } from '../../core/inventory/model/moc-identity.ts';
import { describeRemoval } from '../../core/inventory/model/renewal-refusal.ts';
import { shutdownAnswer, usualShutdowns, type ShutdownAnswer } from '../../core/availability/model/shutdown.ts';
import { isSameList } from '../../core/shared/lists.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { SlicedAnswer } from '../parts/slices.svelte.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

interface Services extends WindowServices {
  inventory: InventoryState;
}

export const IMPACT_MARKS = {
  stopped: 'expired',
  stopping: 'urgent',
  late: 'renewal-overdue',
  outdated: 'unknown',
} as const satisfies Record<ImpactState, ExpiryState>;

export const UPDATE_MARKS: Readonly<Record<UpdateAgeState, ExpiryState>> = {
  current: 'fine',
  note: 'fine',
  warning: 'renewal-due',
  'renewal-due': 'renewal-overdue',
  critical: 'urgent',
  expired: 'expired',
};

export interface PlannedShutdown {
  id: 'tonight' | 'weekend' | 'until';
  answer: ShutdownAnswer;
}

interface CitedSentence {
  text: string;
  citations: readonly Citation[];
}

export type RepairStepView = ReturnType<PowerOffState['listSteps']>[number];

export class PowerOffState {
  #services: Services;

  readonly layers = LAYERS_BY_BREAK;
  readonly limits: Statement = POWER_OFF_LIMITS;
  readonly describeRemoval = describeRemoval;
  untilMs = $state<number>();

  /** Changes every minute, the finest precision displayed here. */
  readonly nowMs = $derived.by(() => Math.floor(this.#services.now.current / MINUTE_MS) * MINUTE_MS);
  readonly #facts = $derived.by(() => JSON.stringify(this.#services.settings.values.clusterFacts));

  #clockCache: { question: readonly unknown[]; findClocks: (nowMs: number) => FindClock } | undefined;
  readonly #answer = new SlicedAnswer<{ clocks: PowerOffClock[]; needs: ClusterNeed[] }>();
  /**
   * Absent until all rows are judged, because a host that is still being read may change the verdict on its clusters.
   * With many rows, the previous answer stays while the next one is computed.
   */
  readonly #judged = $derived.by(() => {
    const { clusters, rows, complete } = this.#services.inventory;
    if (!complete) return undefined;
    const { classes } = this.#services.settings;
    const { nowMs } = this;
    const facts = JSON.parse(this.#facts) as Record<string, ClusterFacts>;
    const question = [clusters, rows, classes, this.#facts];
    if (this.#clockCache === undefined || !isSameList(this.#clockCache.question, question))
      this.#clockCache = { question, findClocks: clockFinder(clusters, rows, { classes, facts }) };
    const { findClocks } = this.#clockCache;
    return this.#answer.latestAnswer([...question, nowMs], rows.length, () => {
      const source = { now: instantFromMs(nowMs), clusters, rows, classes, facts };
      const findClock = findClocks(nowMs);
      const listImpacts = impactFinder(source);
      return {
        items: clusters,
        each: (cluster) => {
          const clock = findClock(cluster);
          return clock === undefined ? [] : [{ clock, impacts: listImpacts(clock) }];
        },
        join: (made) => {
          const impacts = new Map(made.flat().map((one) => [one.clock, one.impacts]));
          const clocks = sortByNeed([...impacts.keys()]);
          return { clocks, needs: needsOfClocks({ ...source, clocks }, (clock) => impacts.get(clock) ?? []) };
        },
      };
    });
  });
  readonly isJudged = $derived.by(() => this.#judged !== undefined);

  /** Clusters that need repair come first, then those that may stay off for the shortest time. */
  readonly clocks = $derived.by(() => this.#judged?.clocks ?? []);

  /** The needs in the order in which they should be met; board, cards and repair use the same order. */
  readonly needs = $derived.by(() => this.#judged?.needs ?? []);
  readonly #needByCluster = $derived.by(() => new Map(this.needs.map((need) => [need.clusterId, need])));
  readonly #laneCounts = $derived.by(() => countLanes(this.needs));
  readonly needSentences = $derived.by(() => needSentences(this.#laneCounts, this.#wording));

  readonly headline = $derived.by(() =>
    composePowerOffHeadline(this.clocks, this.needs, (ms) => this.#services.text.format.moment(ms)),
  );

  /** The need in the first sentence; absent if there is none, or if the most urgent one rests on old readings only. */
  readonly firstNeed = $derived.by(() => {
    const [need] = this.needs;
    return need === undefined || findLane(need) === 'stale' ? undefined : need;
  });

  readonly #usual = $derived.by(() => usualShutdowns(this.nowMs, Intl.DateTimeFormat().resolvedOptions().timeZone));

  constructor(services: Services) {
    this.#services = services;
  }

  listShutdowns(clock: PowerOffClock): PlannedShutdown[] {
    const { tonight, weekend } = this.#usual;
    const { untilMs } = this;
    return [
      { id: 'tonight', answer: shutdownAnswer(clock, tonight) },
      { id: 'weekend', answer: shutdownAnswer(clock, weekend) },
      ...(untilMs === undefined || untilMs <= this.nowMs
        ? []
        : [{ id: 'until' as const, answer: shutdownAnswer(clock, { fromMs: this.nowMs, untilMs }) }]),
    ];
  }

  /** Returns an empty text if no file with credentials was read. */
  describeReading({ confirmedMs }: PowerOffClock): string {
    const { t, format } = this.#services.text;
    if (confirmedMs === undefined) return '';
    const ageMs = this.nowMs - confirmedMs;
    return ageMs < MINUTE_MS ? t('poweroff.card.read-now') : t('poweroff.card.read', { span: format.span(ageMs) });
  }

  needByCluster(clusterId: ClusterId): ClusterNeed | undefined {
    return this.#needByCluster.get(clusterId);
  }

  listImpacts(clusterId: ClusterId) {
    const impacts = this.needByCluster(clusterId)?.impacts ?? [];
    return impacts.map((impact) => ({ id: impact.id, state: impact.state, text: impactText(impact, this.#wording) }));
  }

  listSteps(clusterId: ClusterId) {
    return (this.needByCluster(clusterId)?.steps ?? []).map((step, index) => this.#stepView(step, index + 1));
  }

  /** Returns the reason why a client with an expired token must not be restarted. */
  get startWarning(): CitedSentence | undefined {
    const warning = identityStatement('until-login');
    return warning && this.#cite(warning);
  }

  listDoubts(clusterId: ClusterId): CitedSentence[] {
    return (this.needByCluster(clusterId)?.unsure ?? []).map((doubt) => this.#cite(doubt));
  }

  #cite(statement: Statement): CitedSentence {
    return { text: planSentence(statement, this.#services.text.wording), citations: statement.citations };
  }

  #stepView(step: PlanStep, number: number) {
    const { id, title, why, only = [], command, because } = step;
    const sentence = (statement: Statement): string => planSentence(statement, this.#services.text.wording);
    return {
      id,
      number,
      credentials: because.credentials,
      title: stepTitle({ title }, this.#services.text.wording),
      why: sentence(why),
      only: only.map(sentence),
      command: command && commandText(command),
      isRevocation: isRevocationStep(step),
      citations: why.citations,
    };
  }

  get #wording(): NeedWording {
    return { translate: this.#services.text.t, formatDate: (ms) => this.formatDate(ms) };
  }

  findFacts(clusterId: ClusterId): ClusterFacts {
    return this.#services.settings.values.clusterFacts[clusterId] ?? {};
  }

  state<F extends keyof ClusterFacts>(clusterId: ClusterId, fact: F, value: ClusterFacts[F] | undefined): void {
    const { [fact]: _, ...others } = this.findFacts(clusterId);
    const facts = value === undefined ? others : { ...others, [fact]: value };
    const { clusterFacts } = this.#services.settings.values;
    this.#services.settings.change({ clusterFacts: { ...clusterFacts, [clusterId]: facts } });
  }

  stateMoment(clusterId: ClusterId, fact: 'offSince' | 'lastUpdatedAt', ms: number | undefined): void {
    this.state(clusterId, fact, ms === undefined ? undefined : instantFromMs(ms));
  }

  /** The cloud agent deployments to choose from; empty unless there are several. */
  readonly agents: { id: ClusterId; name: string }[] = $derived.by(() => {
    const agents = this.#services.inventory.clusters.filter(({ kind }) => kind === 'moc');
    return agents.length > 1 ? agents : [];
  });
  readonly windowsServers = WINDOWS_SERVERS;

  /** Formats a time near now with its time of day, any other as a day. */
  formatDate(ms: number): string {
    return this.#services.text.format.momentOrDay(ms, this.nowMs);
  }
}

export function composePowerOffHeadline(
  clocks: readonly PowerOffClock[],
  needs: readonly Pick<ClusterNeed, 'clusterId' | 'impacts'>[],
  dateOf: (ms: number) => string,
): NoticeText[] {
  const broken = new Set(needs.filter(isBroken).map(({ clusterId }) => clusterId));
  const shortest = clocks.find(({ clusterId, safeUntilMs }) => !broken.has(clusterId) && safeUntilMs !== undefined);
  const isAnyUnsafe = broken.size > 0 || clocks.some(({ failsAtStart }) => failsAtStart !== undefined);
  if (shortest?.safeUntilMs === undefined) return isAnyUnsafe ? [] : [{ key: 'poweroff.headline.none' }];
  const key = broken.size > 0 ? 'poweroff.headline.shortest-rest' : 'poweroff.headline.shortest';
  return [{ key, values: { cluster: shortest.cluster, date: dateOf(shortest.safeUntilMs) } }];
}
