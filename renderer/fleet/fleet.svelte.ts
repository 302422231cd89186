import { IMPACT_IDS } from '../../core/knowledge/model/credentials/role-row.ts';
import { listRealPlaces } from '../../core/plan/model/deployment.ts';
import type { PowerOffClock } from '../../core/availability/model/power-off.ts';
import { FLEET_LANES, findLane, findLaneTime, listDeciding, type ClusterNeed } from '../../core/repair/model/needs.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { ExpiryView } from '../../core/expiry/model/settings.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';
import { ShownChanges } from './changes.svelte.ts';

/** `unknown`: no file says when a credential expires. `fine`: nothing has stopped, will stop or is late. */
const SHOWN_LANES = [...FLEET_LANES, 'unknown', 'fine'] as const;
export type ShownLane = (typeof SHOWN_LANES)[number];

export const LANE_MARKS = {
  down: 'expired',
  falling: 'urgent',
  attention: 'renewal-overdue',
  stale: 'unknown',
  unknown: 'unknown',
  fine: 'fine',
} as const satisfies Record<ShownLane, ExpiryState>;

export interface FleetCluster {
  clock: PowerOffClock;
  need: ClusterNeed | undefined;
}

export interface FleetLaneView {
  lane: ShownLane;
  clusters: readonly FleetCluster[];
}

interface Services extends WindowServices {
  powerOff: PowerOffState;
  look: (view: ExpiryView) => void;
}

/** Groups clusters into lanes, worst lane first. Each lane is in the order of repair. */
export class FleetState {
  readonly #services: Services;

  readonly changes: ShownChanges;

  constructor(services: Services) {
    this.#services = services;
    this.changes = new ShownChanges(services, 'yesterday');
  }

  /** A lane that the user asked to see; the view shows it and clears the request. */
  laneWish = $state.raw<ShownLane>();
  /** Whether the user opened or closed the list of fine clusters; absent until then. */
  isFineOpen = $state<boolean>();

  showLane(lane: ShownLane): void {
    this.#services.look('clusters');
    if (lane === 'fine') this.isFineOpen = true;
    this.laneWish = lane;
  }

  /** Returns `undefined` for samples beside real clusters, because no lane contains them. */
  findLane(clusterId: ClusterId): ShownLane | undefined {
    return this.lanes.find(({ clusters }) => clusters.some(({ clock }) => clock.clusterId === clusterId))?.lane;
  }

  /** Says in one line, without the name of the cluster, why it is in its lane. */
  describe(cluster: FleetCluster, lane: ShownLane): string {
    const { text, powerOff } = this.#services;
    const { need, clock } = cluster;
    if (lane === 'stale' || lane === 'unknown' || lane === 'fine') {
      if (clock.confirmedMs === undefined) return '';
      const span = text.format.span(powerOff.nowMs - clock.confirmedMs);
      return text.t(lane === 'stale' ? 'fleet.stale' : 'fleet.read', { span });
    }
    const atMs = lane === 'attention' || need === undefined ? undefined : findLaneTime(need, lane);
    if (atMs === undefined) return this.listImpacts(cluster)[0]?.text ?? '';
    return lane === 'down'
      ? text.t('fleet.down-since', { date: text.format.day(atMs, powerOff.nowMs) })
      : text.t('fleet.goes-down', { date: powerOff.formatDate(atMs) });
  }

  findDownTime(need: ClusterNeed): number | undefined {
    return findLaneTime(need, 'down');
  }

  /** Returns the credential that puts a cluster into its lane; `undefined` if the downtime alone does. */
  findCredential(need: ClusterNeed): CredentialId | undefined {
    return this.#listDeciding(need)[0]?.credentials[0];
  }

  #listDeciding(need: ClusterNeed): ClusterNeed['impacts'] {
    const lane = findLane(need);
    return lane === undefined ? [] : listDeciding(need.impacts, lane);
  }

  /** Lists the impacts that put a cluster into its lane first, then the most important. */
  listImpacts({ clock: { clusterId }, need }: FleetCluster): ReturnType<PowerOffState['listImpacts']> {
    const deciding = new Set(need && this.#listDeciding(need).map(({ id }) => id));
    return this.#services.powerOff
      .listImpacts(clusterId)
      .sort(
        ({ id }, { id: other }) =>
          Number(deciding.has(other)) - Number(deciding.has(id)) || IMPACT_IDS.indexOf(id) - IMPACT_IDS.indexOf(other),
      );
  }

  /** Lanes with clusters. Like all counts, they leave out sample clusters beside real ones. */
  readonly lanes: FleetLaneView[] = $derived.by(() => {
    const { clocks, needs } = this.#services.powerOff;
    const clockById = new Map(listRealPlaces(clocks).map((clock) => [clock.clusterId, clock]));
    const lanes = new Map<ShownLane, FleetCluster[]>(SHOWN_LANES.map((lane) => [lane, []]));
    for (const need of needs) {
      const [clock, lane] = [clockById.get(need.clusterId), findLane(need)];
      if (clock === undefined || lane === undefined) continue;
      lanes.get(lane)?.push({ clock, need });
      clockById.delete(need.clusterId);
    }
    for (const clock of clockById.values())
      lanes.get(clock.valid.length === 0 ? 'unknown' : 'fine')?.push({ clock, need: undefined });
    return [...lanes].flatMap(([lane, clusters]) => (clusters.length === 0 ? [] : { lane, clusters }));
  });
}
