import { expiryState, EXPIRY_STATES, type ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { BoardStates } from '../../core/expiry/model/board-states.ts';
import type { ExpiryView } from '../../core/expiry/model/settings.ts';
import type { CredentialDetails } from '../../core/inventory/contract.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import { listDeployments } from '../../core/plan/model/deployment.ts';
import { listLinks, type ClusterLink } from '../../core/repair/model/cluster-links.ts';
import type { JudgedRow, ShownColumn } from '../../core/expiry/model/board-columns.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { DAY_MS, type Instant } from '../../core/shared/instant.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { TimelineState } from '../forecast/timeline.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';
import { IMPACT_MARKS, type PowerOffState } from '../power-off/power-off.svelte.ts';
import { ShownChanges } from './changes.svelte.ts';
import type { FleetCluster, FleetState } from './fleet.svelte.ts';

const CLUSTER_TABS = ['overview', 'credentials', 'plan', 'timeline', 'requests', 'files', 'history'] as const;
/** The first part of the forecast on the page. */
const SOON_MS = 14 * DAY_MS;
export type ClusterTab = (typeof CLUSTER_TABS)[number];

export interface LinkView extends Pick<ClusterLink, 'link' | 'layer' | 'row'> {
  mark: ExpiryState;
  word: string;
  /** When the credential ends or ended; empty if unknown. */
  end: string;
  isBroken: boolean;
}

export interface ClusterFile {
  path: string;
  readAt: Instant;
  credentials: number;
  /** The last import could not read it, so its credentials come from an earlier reading. */
  isUnreadable: boolean;
}

interface Services extends WindowServices {
  inventory: InventoryState;
  powerOff: PowerOffState;
  fleet: FleetState;
  /** Judges the rows of the inventory, in their order, and words them. */
  board: { readonly judged: BoardStates; cellText(one: JudgedRow, column: ShownColumn): string | undefined };
  look: (view: ExpiryView) => void;
}

/** The page of one cluster, or of the hosts of a deployment. */
export class ClusterPageState {
  readonly #services: Services;
  #asked = 0;
  readonly tabs = CLUSTER_TABS;
  readonly columns = ['state', 'role', 'name', 'expires', 'left'] as const satisfies readonly ShownColumn[];

  clusterId = $state.raw<ClusterId>();
  tab = $state<ClusterTab>('overview');
  /** Absent until the details of all credentials have been read. */
  details = $state.raw<readonly CredentialDetails[]>();

  readonly summary = $derived.by(() => this.#services.inventory.clusters.find(({ id }) => id === this.clusterId));
  readonly lane = $derived.by(() =>
    this.clusterId === undefined ? undefined : this.#services.fleet.findLane(this.clusterId),
  );
  readonly cluster = $derived.by(() => this.#find(this.clusterId));

  readonly #own = $derived.by(() =>
    this.#services.inventory.rows.flatMap((row, at) => (row.clusterId === this.clusterId ? { row, at } : [])),
  );
  /** The most urgent first. */
  readonly rows: JudgedRow[] = $derived.by(() => {
    const { states } = this.#services.board.judged;
    return this.#own
      .map(({ row, at }) => ({ row, state: states[at] ?? 'unknown' }))
      .sort(
        (a, b) =>
          EXPIRY_STATES.indexOf(a.state) - EXPIRY_STATES.indexOf(b.state) ||
          (a.row.notAfterMs ?? Infinity) - (b.row.notAfterMs ?? Infinity),
      );
  });

  /** Absent if it is not known on which hosts the cluster runs. */
  readonly #hostId = $derived.by(() => {
    const { inventory, settings } = this.#services;
    const deployments = listDeployments(inventory.clusters, settings.values.clusterFacts);
    return deployments.find(({ clusters }) => clusters.some(({ id }) => id === this.clusterId))?.cloudAgent?.id;
  });

  readonly links: LinkView[] = $derived.by(() => {
    const { cluster } = this;
    if (cluster === undefined) return [];
    const { settings, powerOff } = this.#services;
    const getState = ({ notBeforeMs, notAfterMs, lifetimeClass }: BoardRow): ExpiryState =>
      expiryState({ notBeforeMs, notAfterMs }, settings.classes[lifetimeClass], powerOff.nowMs);
    return listLinks(cluster, this.#find(this.#hostId), getState)
      .filter(({ layer, row }) => cluster.clock.kind !== 'host' || (layer === 'moc' && row !== undefined))
      .map((link) => this.#viewLink(link));
  });

  readonly #waiting = $derived.by(() =>
    this.#services.inventory.decisions.filter(
      ({ clusterId }) => clusterId !== undefined && clusterId === this.clusterId,
    ),
  );
  readonly requests = $derived(this.#waiting.filter(({ kind }) => kind === 'request'));
  readonly unread = $derived(this.#waiting.filter(({ kind }) => kind === 'file'));

  readonly files: ClusterFile[] = $derived.by(() => {
    const { decisions } = this.#services.inventory;
    const unreadable = new Set(decisions.flatMap(({ kind, path }) => (kind === 'file' ? path : [])));
    const files = new Map<string, ClusterFile>();
    for (const { sources } of this.details ?? []) {
      for (const [path, readAt] of new Map(sources.map((source) => [source.path, source.readAt]))) {
        const known = files.get(path);
        const latest = known !== undefined && known.readAt > readAt ? known.readAt : readAt;
        const credentials = (known?.credentials ?? 0) + 1;
        files.set(path, { path, readAt: latest, credentials, isUnreadable: unreadable.has(path) });
      }
    }
    return [...files.values()].sort(
      (a, b) => Number(b.isUnreadable) - Number(a.isUnreadable) || (a.path < b.path ? -1 : 1),
    );
  });

  readonly changes: ShownChanges;
  /** Apart from the timeline of the fleet, where the admin may have chosen another scenario. */
  readonly timeline: TimelineState;

  /** Absent until the forecast of this cluster has arrived. */
  readonly events = $derived.by(() => {
    const { clusterId, timeline } = this;
    const events = clusterId && timeline.listEvents(clusterId);
    if (!events) return undefined;
    const { nowMs } = timeline.words;
    const listBetween = (fromMs: number, toMs: number) =>
      events.filter(({ event: { atMs } }) => atMs > fromMs && atMs <= toMs);
    return {
      soon: listBetween(nowMs, nowMs + SOON_MS),
      later: listBetween(nowMs + SOON_MS, Infinity),
      past: listBetween(-Infinity, nowMs).toReversed(),
    };
  });

  constructor(services: Services) {
    this.#services = services;
    this.changes = new ShownChanges(services, 'all');
    this.timeline = new TimelineState(services);
  }

  cellText(judged: JudgedRow, column: ShownColumn): string | undefined {
    return this.#services.board.cellText(judged, column);
  }

  open(clusterId: ClusterId): void {
    if (clusterId === this.clusterId) return;
    this.clusterId = clusterId;
    this.tab = 'overview';
    this.details = undefined;
    // Details that are still being read belong to another cluster.
    this.#asked += 1;
  }

  /** Returns to the lane of the cluster. */
  leave(): void {
    if (this.lane === undefined) this.#services.look('clusters');
    else this.#services.fleet.showLane(this.lane);
  }

  async loadDetails(): Promise<void> {
    const asked = ++this.#asked;
    const details: CredentialDetails[] = [];
    for (const { row } of this.#own) {
      const { clusterId, id: credentialId } = row;
      const result = await this.#services.api.inventory.details({ clusterId, credentialId });
      if (asked !== this.#asked) return;
      // A credential that was replaced meanwhile is missing; its event loads the details again.
      if (result.ok) details.push(result.value);
    }
    this.details = details;
  }

  #find(clusterId: ClusterId | undefined): FleetCluster | undefined {
    const { powerOff } = this.#services;
    const clock = powerOff.clocks.find((one) => one.clusterId === clusterId);
    return clock && { clock, need: powerOff.needByCluster(clock.clusterId) };
  }

  #viewLink({ link, layer, isShared, impact, row, state }: ClusterLink): LinkView {
    const { powerOff, text } = this.#services;
    const { t } = text;
    const mark = impact === undefined ? state : IMPACT_MARKS[impact.state];
    // A client with an expired token works until its certificate ends.
    const endMs = impact?.state === 'stopping' ? impact.atMs : row?.notAfterMs;
    const date = endMs === undefined ? '' : powerOff.formatDate(endMs);
    const isHostUnknown = isShared === true && this.#hostId === undefined && powerOff.agents.length > 0;
    const unread = isHostUnknown ? 'no-hosts' : 'not-read';
    return {
      ...{ link, row, mark },
      // Some kubeconfigs are on nodes.
      layer: row?.layer ?? layer,
      isBroken: mark === 'expired',
      word: t(impact ? `fleet.link-state.${impact.state}` : row ? `state.${mark}` : `fleet.link-state.${unread}`),
      end: endMs === undefined ? '' : t(endMs < powerOff.nowMs ? 'fleet.ended' : 'poweroff.card.until', { date }),
    };
  }
}
