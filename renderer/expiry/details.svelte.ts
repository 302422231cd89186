import { rowKey } from '../../core/inventory/model/board-row.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { CredentialDetails } from '../../core/inventory/contract.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import type { Remedy } from '../../core/knowledge/model/credentials/roles-remedies.ts';
import { remedyCommand, namesInCluster } from '../../core/plan/model/command-name.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { RenewalObstacles, type RenewalObstacle } from '../../core/expiry/model/renewal-obstacle.ts';
import type { JudgedRow } from '../../core/expiry/model/board-columns.ts';
import { DETAILS_SHARE } from '../../core/expiry/model/settings.ts';
import { isHarmless } from '../../core/repair/model/needs.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';
import type { ExpiryBoard, RowReference } from './expiry.svelte.ts';
import type { IssuersState } from './issuers/issuers.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { lifetimeLine, thresholdMoments } from '../parts/lifetime-moments.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';

/** Percentage of the frame by which one key press moves the edge of the details. */
const STEP = 2;

const FOLLOW_AFTER_MS = 60;

interface Services extends WindowServices {
  board: ExpiryBoard;
  inventory: InventoryState;
  powerOff: PowerOffState;
  issuers: IssuersState;
}

const DETAILS_TABS = ['overview', 'certificate', 'chain', 'issued', 'files', 'history'] as const;
export type DetailsTab = (typeof DETAILS_TABS)[number];

/** An admin's action on the credential, from the audit trail. */
interface TrailEntry {
  line: number;
  at: Instant;
  by: string;
  action: string;
  reason?: string;
}

const MOST_TRAIL = 50;

/** The reason why a renewal fails, and the credential that blocks the renewal, if the inventory contains it. */
export interface ShownObstacle {
  statement: RenewalObstacle['statement'];
  by?: { reference: RowReference; name: string; role: RoleId };
}

export class DetailsState {
  #services: Services;
  #asked = 0;
  #following: ReturnType<typeof setTimeout> | undefined;
  open = $state(false);
  /** The details last read; they stay until the next ones arrive, so that nothing flickers. */
  shown = $state.raw<CredentialDetails>();

  /** The key of a row in lists. */
  readonly makeRowKey = ({ row }: JudgedRow): string => rowKey(row);

  readonly isAuthority = $derived(this.shown?.certificate?.facts.isCa === true);
  /** Lists what ends with the shown CA, the first to end first; empty for any other credential. */
  readonly issued: readonly JudgedRow[] = $derived.by(() => {
    const { shown } = this;
    return shown !== undefined && this.isAuthority ? this.#services.issuers.listIssued(shown.id) : [];
  });
  /** The tab that the admin chose last; it stays for the next credential. */
  #wanted = $state<DetailsTab>('overview');
  readonly tabs = $derived.by(() => {
    const { issued, shown } = this;
    const counts = { chain: shown?.certificate?.chain.length ?? 0, issued: issued.length };
    return DETAILS_TABS.filter((tab) => (tab !== 'chain' && tab !== 'issued') || counts[tab] > 0);
  });
  readonly tab = $derived(this.tabs.includes(this.#wanted) ? this.#wanted : 'overview');
  trail = $state.raw<readonly TrailEntry[]>([]);

  readonly thresholds = $derived.by(() => {
    const row = this.shown?.row;
    return row === undefined ? [] : thresholdMoments(row, this.#services.settings.classes);
  });

  readonly state: ExpiryState = $derived.by(() => {
    const shown = this.shown;
    if (shown === undefined) return 'unknown';
    const { clusterId, id } = shown;
    return this.#services.board.findState({ clusterId, credentialId: id }) ?? 'unknown';
  });
  /** Absent if there is no evidence. */
  readonly obstacle: ShownObstacle | undefined = $derived.by(() => {
    const row = this.shown?.row;
    if (row === undefined || (this.state !== 'stalled' && this.state !== 'urgent')) return undefined;
    const { inventory, settings, now } = this.#services;
    const { rows } = inventory;
    const found = new RenewalObstacles(rows, settings.classes, now.current).find(row);
    if (found === undefined) return undefined;
    const by = rows.find(({ id }) => id === found.by);
    if (by === undefined) return { statement: found.statement };
    const reference = { clusterId: by.clusterId, credentialId: by.id };
    return { statement: found.statement, by: { reference, name: by.name, role: by.role } };
  });
  /** Whether somebody should do something about the credential. */
  readonly needsWork = $derived.by(() => this.shown?.row.foreign === undefined && !isHarmless(this.state));
  /** The step of the cluster's plan that is for the credential. */
  readonly planned = $derived.by(() => {
    const row = this.shown?.row;
    if (row === undefined || !this.needsWork) return undefined;
    const { powerOff } = this.#services;
    const steps = powerOff.listSteps(row.clusterId);
    const step = steps.find(({ credentials }) => credentials.includes(row.id));
    const clock = powerOff.clocks.find(({ clusterId }) => clusterId === row.clusterId);
    return step === undefined || clock === undefined ? undefined : { step, clock, count: steps.length };
  });
  readonly limits = DETAILS_SHARE;
  readonly size = $derived.by(() => this.#services.settings.values.detailsShare);
  readonly line: NoticeText = $derived.by(() => {
    const row = this.shown?.row;
    if (row === undefined) return { key: 'details.line.unknown' };
    return lifetimeLine(row, this.#services.now.current, this.#services.text.format);
  });

  constructor(services: Services) {
    this.#services = services;
    const { api, board } = services;
    api.on.inventory.clusterChanged(({ clusterId }) => {
      if (this.open && board.selected?.clusterId === clusterId) void this.refresh();
    });
    api.on.inventory.clusterForgotten(({ clusterId }) => {
      if (this.shown?.clusterId === clusterId) this.close();
    });
  }

  show(reference: RowReference): void {
    this.#services.board.reveal(reference);
    this.open = true;
    void this.refresh();
  }

  showSelected(): void {
    const { selected } = this.#services.board;
    if (selected !== undefined) this.show(selected);
  }

  /**
   * Loads the details of the selected row after a pause, so that rows passed while an arrow key is held down cause no
   * requests.
   */
  follow(): void {
    if (!this.open) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => void this.refresh(), FOLLOW_AFTER_MS);
  }

  close(): void {
    this.open = false;
    this.shown = undefined;
  }

  async refresh(): Promise<void> {
    const { selected } = this.#services.board;
    if (!this.open || selected === undefined) return;
    const asked = ++this.#asked;
    const result = await this.#services.api.inventory.details(selected);
    if (asked !== this.#asked || !this.open) return;
    if (result.ok) this.shown = result.value;
    else {
      this.close();
      this.#services.notices.problem(result.problem);
    }
  }

  chooseTab(tab: DetailsTab): void {
    this.#wanted = tab;
  }

  async loadTrail(id: CredentialId): Promise<void> {
    const result = await this.#services.api.audit.list({ query: id, limit: MOST_TRAIL });
    if (this.shown?.id !== id) return;
    this.trail = (this.#services.notices.take(result)?.lines ?? []).flatMap(({ line, entry }) => {
      if (entry?.subject !== id) return [];
      const { at, by, action, params } = entry;
      const { reason } = params;
      return { line, at, by, action, ...(typeof reason === 'string' && { reason }) };
    });
  }

  command(remedy: Remedy, { row }: Pick<CredentialDetails, 'row'>): string {
    const cluster = this.#services.inventory.clusters.find(({ id }) => id === row.clusterId);
    // The name of a cloud agent is that of a host, which no cmdlet takes for a cluster.
    return remedyCommand(remedy, cluster?.kind === 'moc' ? {} : namesInCluster(row));
  }

  resize(percent: number): void {
    const { least, most } = DETAILS_SHARE;
    const detailsShare = Math.round(Math.max(least, Math.min(most, percent)));
    if (detailsShare !== this.size) this.#services.settings.change({ detailsShare });
  }

  resizeBy(steps: number): void {
    this.resize(this.size + steps * STEP);
  }
}
