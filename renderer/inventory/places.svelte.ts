import type { PlaceView } from '../../core/inventory/contract.ts';
import { KNOWN_FILE_KINDS } from '../../core/inventory/model/known-place.ts';
import { Waiting } from '../parts/waiting.svelte.ts';
import type { Api } from '../parts/window/api.ts';
import type { InventoryState } from './inventory.svelte.ts';
import type { NoticesState } from '../parts/window/notices.svelte.ts';

export class PlacesState {
  #api: Api;
  #notices: NoticesState;
  #inventory: InventoryState;

  /** Places with files come first; absent before the first check. */
  looked = $state.raw<readonly PlaceView[]>();
  readonly waiting = new Waiting();

  readonly there = $derived((this.looked ?? []).filter(({ ticket }) => ticket !== undefined));
  readonly counts = $derived(
    KNOWN_FILE_KINDS.map((kind) => ({ kind, count: this.there.filter((place) => place.kind === kind).length })).filter(
      ({ count }) => count > 0,
    ),
  );

  constructor(api: Api, notices: NoticesState, inventory: InventoryState) {
    this.#api = api;
    this.#notices = notices;
    this.#inventory = inventory;
  }

  async look(): Promise<void> {
    if (this.waiting.working) return;
    this.waiting.begin();
    const places = this.#notices.take(await this.#api.inventory.places());
    this.waiting.end();
    if (places === undefined) return;
    const rank = ({ state }: PlaceView): number => (state === 'there' ? 0 : state === 'absent' ? 2 : 1);
    this.looked = [...places].sort((left, right) => rank(left) - rank(right));
  }

  /** Discards the results, which may soon be out of date. */
  close(): void {
    this.looked = undefined;
  }

  /** Imports the files found. Their tickets are valid once, so another import needs a new check. */
  async importFound(): Promise<void> {
    const tickets = this.there.flatMap(({ ticket }) => ticket ?? []);
    this.looked = undefined;
    await this.#inventory.importFiles(tickets);
  }
}
