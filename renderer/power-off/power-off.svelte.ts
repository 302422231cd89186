import { POWER_OFF_LIMITS } from '../../core/knowledge/model/obstacles.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import { WINDOWS_SERVERS, type ClusterFacts } from '../../core/plan/model/cluster-facts.ts';
import type { Citation, Statement } from '../../core/shared/citation.ts';
import type { ClusterId, Layer } from '../../core/shared/ids.ts';
import { instantFromMs, MINUTE_MS } from '../../core/shared/instant.ts';
import { powerOffClocks, type PowerOffClock } from '../../core/power-off/model/power-off.ts';
import { byNeed } from '../../core/power-off/model/power-off-need.ts';
import { describeRemoval } from '../../core/revocation/model/renewal-refusal.ts';
import {
  shutdownAnswer,
  usualShutdowns,
  type ShutdownAnswer,
  type UsualShutdowns,
} from '../../core/power-off/model/shutdown.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import type { NoticeText } from '../shell/notices.svelte.ts';
import type { NowState } from '../shell/now.svelte.ts';
import type { SettingsState } from '../settings/settings.svelte.ts';

interface Services {
  now: NowState;
  settings: SettingsState;
  inventory: InventoryState;
  text: TextState;
}

/** Ordered by which layer breaks first in most clusters. */
export const LAYER_ORDER = ['kubernetes', 'moc', 'workstation'] as const satisfies readonly Layer[];

/** A shutdown that somebody may plan, and its effect on one cluster. */
export interface PlannedShutdown {
  id: 'tonight' | 'weekend' | 'until';
  answer: ShutdownAnswer;
}

export interface NextStep {
  clusterId: ClusterId;
  cluster: string;
  command: string;
  citations: readonly Citation[];
}

/** How long every cluster may stay off. */
export class PowerOffState {
  #now: NowState;
  #settings: SettingsState;
  #inventory: InventoryState;
  #text: TextState;

  readonly limits: Statement = POWER_OFF_LIMITS;
  /** An instant chosen by the admin, in milliseconds since 1970. */
  untilMs: number | undefined = $state();

  /** The clocks move by the minute: nothing here is reported more precisely. */
  readonly nowMs: number = $derived.by(() => Math.floor(this.#now.current / MINUTE_MS) * MINUTE_MS);
  readonly #facts: string = $derived.by(() => JSON.stringify(this.#settings.values.clusterFacts));

  /** Clusters that need repair first, then those that may stay off for the shortest time. */
  readonly clocks: PowerOffClock[] = $derived.by(() => {
    const { clusters, rows } = this.#inventory;
    return powerOffClocks(clusters, rows, {
      nowMs: this.nowMs,
      classes: this.#settings.classes,
      facts: JSON.parse(this.#facts) as Record<string, ClusterFacts>,
    }).sort(byNeed);
  });

  readonly headline: NoticeText[] = $derived.by(() => composePowerOffHeadline(this.clocks, (ms) => this.#date(ms)));

  /** Where to begin, with the first command of the repair; absent when nothing has expired, or no command helps. */
  readonly nextStep: NextStep | undefined = $derived.by(() => {
    if (!this.#inventory.complete) return undefined;
    for (const { clusterId, cluster, repairOrder } of this.clocks) {
      const [step] = repairOrder;
      // Where a cluster has to be made anew, no command is where to begin.
      if (step === undefined || step.id === 'rebuild') continue;
      const { citations } = step.statement;
      return { clusterId, cluster, command: step.command, citations };
    }
    return undefined;
  });

  readonly #usual: UsualShutdowns = $derived.by(() =>
    usualShutdowns(this.nowMs, Intl.DateTimeFormat().resolvedOptions().timeZone),
  );

  constructor({ now, settings, inventory, text }: Services) {
    this.#now = now;
    this.#settings = settings;
    this.#inventory = inventory;
    this.#text = text;
  }

  shutdownsOf(clock: PowerOffClock): PlannedShutdown[] {
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

  /** What to do about objects that prevent credentials of a cluster from being renewed. */
  mendingOf({ refusals }: PowerOffClock): { command: string; statement: Statement } {
    return describeRemoval(refusals);
  }

  roleText(role: RoleId): string {
    return this.#text.named(`role.${role}`);
  }

  factsOf(clusterId: ClusterId): ClusterFacts {
    return this.#settings.values.clusterFacts[clusterId] ?? {};
  }

  /** Remembers what the admin states about a cluster; `undefined` retracts it. */
  state<F extends keyof ClusterFacts>(clusterId: ClusterId, fact: F, value: ClusterFacts[F] | undefined): void {
    const { [fact]: _, ...others } = this.factsOf(clusterId);
    const facts = value === undefined ? others : { ...others, [fact]: value };
    const { clusterFacts } = this.#settings.values;
    this.#settings.change({ clusterFacts: { ...clusterFacts, [clusterId]: facts } });
  }

  stateMoment(clusterId: ClusterId, fact: 'offSince' | 'lastUpdatedAt', ms: number | undefined): void {
    this.state(clusterId, fact, ms === undefined ? undefined : instantFromMs(ms));
  }

  /** Cloud agent deployments to choose from; empty where there is no choice. */
  readonly agents: { id: ClusterId; name: string }[] = $derived.by(() => {
    const agents = this.#inventory.clusters.filter(({ kind }) => kind === 'moc');
    return agents.length > 1 ? agents : [];
  });
  readonly windowsServers = WINDOWS_SERVERS;

  #date(ms: number): string {
    return this.#text.format.moment(ms);
  }
}

/** The answer first: clusters that need repair, then those that may stay off for the shortest time. */
export function composePowerOffHeadline(
  clocks: readonly PowerOffClock[],
  dateOf: (ms: number) => string,
): NoticeText[] {
  const broken = clocks.filter(({ alreadyExpired }) => alreadyExpired.length > 0);
  const shortest = clocks.find(
    ({ alreadyExpired, safeUntilMs }) => alreadyExpired.length === 0 && safeUntilMs !== undefined,
  );
  const parts: NoticeText[] = [];
  if (broken.length > 0) {
    const values = { count: broken.length, cluster: broken[0]?.cluster ?? '' };
    parts.push({ key: 'poweroff.headline.repair', values });
  }
  if (shortest?.safeUntilMs !== undefined)
    parts.push({
      key: broken.length > 0 ? 'poweroff.headline.shortest-rest' : 'poweroff.headline.shortest',
      values: { cluster: shortest.cluster, date: dateOf(shortest.safeUntilMs) },
    });
  return parts.length > 0 ? parts : [{ key: 'poweroff.headline.none' }];
}
