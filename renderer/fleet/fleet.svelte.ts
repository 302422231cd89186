import { IMPACT_IDS } from '../../core/knowledge/model/credentials/role-row.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import type { PowerOffClock } from '../../core/availability/model/power-off.ts';
import {
  FLEET_LANES,
  findLane,
  findLaneTime,
  type ClusterNeed,
  type FleetLane,
} from '../../core/repair/model/needs.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';

/** `fine`: nothing has stopped, will stop or is late. */
export type ShownLane = FleetLane | 'fine';

export const LANE_MARKS = {
  down: 'expired',
  falling: 'urgent',
  attention: 'renewal-overdue',
  stale: 'unknown',
  fine: 'fine',
} as const satisfies Record<ShownLane, ExpiryState>;

export interface FleetCluster {
  clock: PowerOffClock;
  need: ClusterNeed | undefined;
  /** When the cluster went or goes into its lane; absent if unknown. */
  atMs: number | undefined;
}

export interface FleetLaneView {
  lane: ShownLane;
  clusters: readonly FleetCluster[];
}

interface Services extends WindowServices {
  powerOff: PowerOffState;
}

/** Groups clusters into lanes, worst lane first. Each lane is in the order of repair. */
export class FleetState {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Lists impacts by importance: those of parts without which a cluster cannot work come first. */
  listImpacts(clusterId: ClusterId): ReturnType<PowerOffState['listImpacts']> {
    const impacts = this.#services.powerOff.listImpacts(clusterId);
    return impacts.toSorted((a, b) => IMPACT_IDS.indexOf(a.id) - IMPACT_IDS.indexOf(b.id));
  }

  /** Lanes with clusters. Like all counts, they leave out sample clusters beside real ones. */
  readonly lanes: FleetLaneView[] = $derived.by(() => {
    const { clocks, needs } = this.#services.powerOff;
    const counted = clocks.some(({ sample }) => !sample) ? clocks.filter(({ sample }) => !sample) : clocks;
    const clockById = new Map(counted.map((clock) => [clock.clusterId, clock]));
    const lanes = new Map<ShownLane, FleetCluster[]>([...FLEET_LANES, 'fine' as const].map((lane) => [lane, []]));
    for (const need of needs) {
      const [clock, lane] = [clockById.get(need.clusterId), findLane(need)];
      if (clock === undefined || lane === undefined) continue;
      lanes.get(lane)?.push({ clock, need, atMs: findLaneTime(need, lane) });
      clockById.delete(need.clusterId);
    }
    for (const clock of clockById.values()) lanes.get('fine')?.push({ clock, need: undefined, atMs: undefined });
    return [...lanes].flatMap(([lane, clusters]) => (clusters.length === 0 ? [] : { lane, clusters }));
  });
}
