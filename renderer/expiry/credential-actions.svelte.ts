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
import type { ExpiryBoard } from './expiry.svelte.ts';

export interface CredentialAction extends MenuItem {
  id: 'repair' | 'revoke' | 'snooze' | 'folder' | 'apart' | 'move' | 'rename';
  /** Names the object too, for a screen reader. */
  label?: string;
}

interface Services extends WindowServices, Pick<Navigation, 'showRepair'> {
  board: ExpiryBoard;
  inventory: InventoryState;
  identity: ClusterIdentityState;
  powerOff: PowerOffState;
  watch: WatchState;
  revocationChoice: RevocationChoiceState;
}

/** The actions on one credential: buttons of the details, items of a context menu. */
export class CredentialActions {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Lists what an admin may want to do with a credential. A repair comes first. */
  list(row: BoardRow): CredentialAction[] {
    const { watch, text } = this.#services;
    const snooze: CredentialAction = {
      ...{ id: 'snooze', icon: 'bell', text: text.t('details.action.snooze') },
      label: text.t('mark.action.named', { name: row.name }),
      run: () => watch.open({ kind: 'mark', row }),
    };
    return [this.#repair(row), this.#revoke(row), snooze, this.#folder(row)].filter((action) => action !== undefined);
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
  #revoke(row: BoardRow): CredentialAction | undefined {
    const { now, revocationChoice, text } = this.#services;
    const { revocable, revocationGroup } = ROLES[row.role];
    const isOver = (row.notAfterMs ?? Infinity) < now.current;
    if (row.kind !== 'certificate' || revocable === false || row.foreign !== undefined || isOver) return undefined;
    return {
      ...{ id: 'revoke', icon: 'revocation', text: text.t('details.action.revoke') },
      label: text.t('details.action.revoke-named', { name: row.name }),
      run: () =>
        void revocationChoice.begin(
          revocationGroup === 'admins'
            ? { goal: 'lost-kubeconfig', certificates: [row.id] }
            : { goal: 'serial', serials: [], certificates: [row.id] },
        ),
    };
  }

  #folder({ clusterId, id: credentialId }: BoardRow): CredentialAction {
    const { api, notices, text } = this.#services;
    return {
      ...{ id: 'folder', icon: 'folder', text: text.t('details.action.folder') },
      run: () => void api.inventory.showFolder({ clusterId, credentialId }).then((result) => notices.take(result)),
    };
  }
}
