import type { About } from '../../core/contract.ts';
import type { WindowServices } from '../parts/window/services.ts';

export class AboutState {
  #services: WindowServices;
  facts = $state.raw<About>();

  constructor(services: WindowServices) {
    this.#services = services;
  }

  async load(): Promise<boolean> {
    const facts = this.#services.notices.take(await this.#services.api.application.about());
    this.facts = facts ?? this.facts;
    return facts !== undefined;
  }
}
