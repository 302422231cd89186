import { listIssuerChain, type IssuerMap } from '../../../core/expiry/model/board-groups.ts';
import type { JudgedRow } from '../../../core/expiry/model/board-columns.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import type { InventoryState } from '../../inventory/inventory.svelte.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import type { ExpiryBoard } from '../expiry.svelte.ts';

interface Services extends Pick<WindowServices, 'api' | 'notices'> {
  board: ExpiryBoard;
  inventory: InventoryState;
}

/** Which authority signed which certificate. Read on demand, since nearly nobody asks. */
export class IssuersState {
  readonly #services: Services;
  #readFor: readonly BoardRow[] | undefined;
  known: IssuerMap = $state.raw(new Map());

  constructor(services: Services) {
    this.#services = services;
  }

  /** Reads the issuers unless they are known for the current rows. Call this in an effect, which follows the rows. */
  async load(): Promise<void> {
    const { api, inventory, notices } = this.#services;
    const { rows } = inventory;
    if (this.#readFor === rows) return;
    this.#readFor = rows;
    const known = notices.take(await api.inventory.issuers());
    if (known !== undefined) this.known = new Map(known.issuers);
  }

  /** Lists what an authority signed, directly or through other authorities: the first to end comes first. */
  listIssued(authority: CredentialId): JudgedRow[] {
    const { board, inventory } = this.#services;
    const { states } = board.judged;
    return inventory.rows
      .flatMap((row, at) =>
        row.id !== authority && listIssuerChain(row.id, this.known).includes(authority)
          ? { row, state: states[at] ?? 'unknown' }
          : [],
      )
      .sort((one, other) => (one.row.notAfterMs ?? Infinity) - (other.row.notAfterMs ?? Infinity));
  }
}
