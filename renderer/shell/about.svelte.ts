import type { About } from '../../core/contract.ts';
import type { Api } from '../parts/window/api.ts';
import type { NoticesState } from '../parts/window/notices.svelte.ts';

/** Facts about the program and the system that it runs on. */
export class AboutState {
  #api: Api;
  #notices: NoticesState;
  facts: About | undefined = $state.raw();

  constructor(api: Api, notices: NoticesState) {
    this.#api = api;
    this.#notices = notices;
  }

  /** Returns whether there is something to show. */
  async load(): Promise<boolean> {
    const result = await this.#api.application.about();
    if (result.ok) this.facts = result.value;
    else this.#notices.problem(result.problem);
    return result.ok;
  }
}
