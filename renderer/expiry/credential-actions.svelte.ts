import { isHarmless } from '../../core/repair/model/needs.ts';
import { ROLES } from '../../core/knowledge/model/credentials/roles.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import type { ClusterIdentityState } from '../inventory/identity.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import type { WatchState } from '../notifications/notifications.svelte.ts';
import type { Navigation } from '../parts/window/navigation.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';
import type { RevocationChoiceState } from '../revocation/choose/choice.svelte.ts';
import type { MenuItem } from '../ui/menu-item.ts';
import type { ClipboardState } from '../parts/window/clipboard.svelte.ts';
import type { ExpiryBoard } from './expiry.svelte.ts';
import type { ExportState } from './export.svelte.ts';

export interface CredentialAction extends MenuItem {
  id: 'repair' | 'revoke' | 'snooze' | 'folder' | 'export' | 'copy' | 'apart' | 'move' | 'rename';
  /** Names the object too, for a screen reader. */
  label?: string;
}

interface Services extends WindowServices, Pick<Navigation, 'showRepair'> {
  board: ExpiryBoard;
  clipboard: ClipboardState;
  exports: ExportState;
  inventory: InventoryState;
  identity: ClusterIdentityState;
  powerOff: PowerOffState;
  watch: WatchState;
  revocationChoice: RevocationChoiceState;
}

/** Asking about more rows, or copying more, takes too long. */
const MOST_AT_ONCE = 1_000;

/** The actions on credentials: buttons of the details, items of a context menu. */
export class CredentialActions {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Lists what an admin may want to do with a credential, or with several. A repair comes first. */
  list(...rows: readonly BoardRow[]): CredentialAction[] {
    const [row] = rows;
    if (row === undefined) return [];
    const listed =
      rows.length === 1
        ? [this.#repair(row), this.#revoke(rows), this.#snooze(rows), this.#folder(row)]
        : [this.#revoke(rows), this.#snooze(rows), this.#export(rows), this.#copy(rows)];
    return listed.filter((action) => action !== undefined);
  }

  /** Lists what can be done with rows of the table, where no button of the details is near. */
  listInTable(): CredentialAction[] {
    const rows = this.#services.board.selection.rows.map(({ row }) => row);
    const [row] = rows;
    if (row === undefined || rows.length > 1) return this.list(...rows);
    const [copy, ...corrections] = [this.#copy(rows), ...this.listCorrections(row)];
    return [...this.list(row), ...(copy === undefined ? [] : [{ ...copy, apart: true }]), ...corrections];
  }

  /** Copies the selected rows as the table writes them. */
  copySelection(source: string): void {
    const { board, clipboard, text } = this.#services;
    const [first, ...others] = board.selection.rows;
    if (first === undefined || others.length >= MOST_AT_ONCE) return;
    const values = { name: first.row.name, count: others.length + 1 };
    void clipboard.copy({ source, text: board.selectionText(), said: text.t('board.copied-row', values) });
  }

  #snooze(rows: readonly BoardRow[]): CredentialAction | undefined {
    const { watch, text } = this.#services;
    const [row] = rows;
    if (row === undefined || rows.length > MOST_AT_ONCE) return undefined;
    return {
      ...{ id: 'snooze', icon: 'bell', text: text.t('details.action.snooze', { count: rows.length }) },
      label: text.t('mark.action.named', { name: row.name, count: rows.length }),
      run: () => watch.open({ kind: 'mark', rows }),
    };
  }

  #export(rows: readonly BoardRow[]): CredentialAction {
    const { exports, text } = this.#services;
    const only = rows.map(({ clusterId, id: credentialId }) => ({ clusterId, credentialId }));
    return {
      ...{ id: 'export', icon: 'export', text: text.t('board.action.export', { count: rows.length }) },
      run: () => void exports.save('csv', only),
    };
  }

  #copy(rows: readonly BoardRow[]): CredentialAction | undefined {
    if (rows.length > MOST_AT_ONCE) return undefined;
    return {
      ...{ id: 'copy', icon: 'copy', text: this.#services.text.t('board.action.copy', { count: rows.length }) },
      run: () => this.copySelection('selection'),
    };
  }

  /** Lists what changes where a credential belongs. */
  listCorrections(row: BoardRow): CredentialAction[] {
    const { identity, inventory, text } = this.#services;
    const cluster = inventory.clusters.find(({ id }) => id === row.clusterId);
    const isOurs = row.foreign === undefined;
    const move: CredentialAction = {
      ...{ id: 'move', text: text.t('details.action.move') },
      run: () => identity.open({ kind: 'move', row }),
    };
    const apart: CredentialAction = {
      ...{ id: 'apart', text: text.t('inventory.belongs.not') },
      run: () => void identity.setApart(row),
    };
    return [
      move,
      ...(isOurs && row.sample !== true ? [apart] : []),
      ...(isOurs && cluster?.kind === 'kubernetes'
        ? [
            {
              ...{ id: 'rename' as const, text: text.t('inventory.rename-named', { name: cluster.name }) },
              run: () => identity.open({ kind: 'rename', cluster }),
            },
          ]
        : []),
    ];
  }

  #repair({ clusterId, id, cluster, foreign }: BoardRow): CredentialAction | undefined {
    const { board, powerOff, text } = this.#services;
    const state = board.findState({ clusterId, credentialId: id });
    const isNeeded = powerOff.needByCluster(clusterId)?.isRepairable === true;
    if (!isNeeded || foreign !== undefined || state === undefined || isHarmless(state)) return undefined;
    return {
      ...{ id: 'repair', icon: 'repair', text: text.t('fleet.repair') },
      label: text.t('action.repair', { cluster }),
      run: () => this.#services.showRepair(clusterId),
    };
  }

  /** A token cannot be revoked with a RenewRevocation, and nobody accepts an expired certificate anyway. */
  #revoke(rows: readonly BoardRow[]): CredentialAction | undefined {
    const { revocationChoice, text } = this.#services;
    const revocable = rows.filter((row) => this.#isRevocable(row));
    const [row] = revocable;
    if (row === undefined || revocable.length > MOST_AT_ONCE) return undefined;
    // A certificate may have been read for several clusters.
    const certificates = [...new Set(revocable.map(({ id }) => id))];
    const areAdmins = revocable.every(({ role }) => ROLES[role].revocationGroup === 'admins');
    return {
      ...{ id: 'revoke', icon: 'revocation', text: text.t('details.action.revoke', { count: certificates.length }) },
      label: text.t('details.action.revoke-named', { name: row.name, count: certificates.length }),
      run: () =>
        void revocationChoice.begin(
          areAdmins ? { goal: 'lost-kubeconfig', certificates } : { goal: 'serial', serials: [], certificates },
        ),
    };
  }

  #isRevocable(row: BoardRow): boolean {
    const isOver = (row.notAfterMs ?? Infinity) < this.#services.now.current;
    return row.kind === 'certificate' && ROLES[row.role].revocable !== false && row.foreign === undefined && !isOver;
  }

  #folder({ clusterId, id: credentialId }: BoardRow): CredentialAction {
    const { api, notices, text } = this.#services;
    return {
      ...{ id: 'folder', icon: 'folder', text: text.t('details.action.folder') },
      run: () => void api.inventory.showFolder({ clusterId, credentialId }).then((result) => notices.take(result)),
    };
  }
}
