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
  #issuers: ReadonlyMap<CredentialId, CredentialId> = $state.raw(new Map());

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
    if (known !== undefined) this.#issuers = new Map(known.issuers);
  }

  /** Lists what an authority signed, directly or through other authorities: the first to end comes first. */
  listIssued(authority: CredentialId): JudgedRow[] {
    const { board, inventory } = this.#services;
    const { states } = board.judged;
    return inventory.rows
      .flatMap((row, at) => (this.#isBelow(row.id, authority) ? { row, state: states[at] ?? 'unknown' } : []))
      .sort((one, other) => (one.row.notAfterMs ?? Infinity) - (other.row.notAfterMs ?? Infinity));
  }

  #isBelow(id: CredentialId, authority: CredentialId): boolean {
    const passed = new Set<CredentialId>([authority]);
    for (let at = id; !passed.has(at);) {
      passed.add(at);
      const issuer = this.#issuers.get(at);
      if (issuer === authority) return true;
      if (issuer === undefined) return false;
      at = issuer;
    }
    return false;
  }
}
