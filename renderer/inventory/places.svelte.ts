import type { PlaceView } from '../../core/inventory/contract.ts';
import type { Api } from '../api.ts';
import type { InventoryState } from './inventory.svelte.ts';
import type { NoticesState } from '../shell/notices.svelte.ts';

/** A look that ends sooner shows no sign of life. */
const SIGN_AFTER_MS = 300;

/** The known places of this computer: looked at when somebody asks for it, and imported when somebody asks for that. */
export class PlacesState {
  #api: Api;
  #notices: NoticesState;
  #inventory: InventoryState;

  /** What was found, those with something in them first; absent until somebody looked. */
  looked: readonly PlaceView[] | undefined = $state.raw();
  looking: boolean = $state(false);
  /** True once a look has lasted long enough to deserve a word. */
  slow: boolean = $state(false);

  readonly there: readonly PlaceView[] = $derived((this.looked ?? []).filter(({ ticket }) => ticket !== undefined));

  constructor(api: Api, notices: NoticesState, inventory: InventoryState) {
    this.#api = api;
    this.#notices = notices;
    this.#inventory = inventory;
  }

  /** Once is enough while that lasts. */
  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const sign = setTimeout(() => (this.slow = true), SIGN_AFTER_MS);
    const result = await this.#api.inventory.places();
    clearTimeout(sign);
    this.looking = false;
    this.slow = false;
    if (!result.ok) {
      this.#notices.problem(result.problem);
      return;
    }
    const rank = ({ state }: PlaceView): number => (state === 'there' ? 0 : state === 'absent' ? 2 : 1);
    this.looked = [...result.value].sort((left, right) => rank(left) - rank(right));
  }

  /** What was found is not shown again: by then it may be something else. */
  close(): void {
    this.looked = undefined;
  }

  /** Tickets are good for one import: who wants another one looks again, at what is there then. */
  async importFound(): Promise<void> {
    const tickets = this.there.flatMap(({ ticket }) => ticket ?? []);
    this.looked = undefined;
    await this.#inventory.importFiles(tickets);
  }
}
