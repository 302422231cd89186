import type { ClusterId } from '../../../core/shared/ids.ts';
import { epochMs } from '../../../core/shared/instant.ts';
import type { SharedCopyState, WorkingConsole } from '../../../core/team/contract.ts';
import type { Api } from './api.ts';

/** Says whether the data folder is the copy of a shared store, and how current it is. */
export class SharedStoreState {
  readonly #api: Api;
  /** `null`: the data folder is a store of its own. `undefined` until that is known. */
  copy: SharedCopyState | null | undefined = $state.raw();

  constructor({ api }: { api: Api }) {
    this.#api = api;
    api.on.team.changed((copy) => (this.copy = copy));
  }

  /** Whether the shared store could not be used last time. */
  readonly isAway: boolean = $derived.by(() => this.copy?.problem !== undefined);

  /** Returns who runs a plan on a cluster. */
  findWorking(id: ClusterId, nowMs: number): WorkingConsole | undefined {
    return this.copy?.working.find(({ cluster, until }) => cluster === id && epochMs(until) > nowMs);
  }

  async load(): Promise<void> {
    const read = await this.#api.team.read();
    if (read.ok) this.copy = read.value;
  }
}
