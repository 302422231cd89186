import type { WindowServices } from './services.ts';

const SHOWN_MS = 2_000;

/** The button that copied the text shows a confirmation for a moment. */
export class ClipboardState {
  #services: WindowServices;
  #timer: ReturnType<typeof setTimeout> | undefined;
  copied = $state<string>();

  constructor(services: WindowServices) {
    this.#services = services;
  }

  async copy(copying: { source: string; text: string; said: string }): Promise<void> {
    const { api, notices } = this.#services;
    if (notices.take(await api.application.copy({ text: copying.text })) === undefined) return;
    this.copied = copying.source;
    notices.announcement = copying.said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.copied = undefined;
      notices.announcement = '';
    }, SHOWN_MS);
  }
}
