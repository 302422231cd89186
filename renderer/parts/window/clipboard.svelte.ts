import type { WindowServices } from './services.ts';

const SHOWN_MS = 2_000;

/** Copies text, and remembers briefly which button did it. */
export class ClipboardState {
  #services: WindowServices;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** `source` of the last copy. */
  copied: string | undefined = $state();

  constructor(services: WindowServices) {
    this.#services = services;
  }

  async copy(copying: { source: string; text: string; said: string }): Promise<void> {
    const result = await this.#services.api.application.copy({ text: copying.text });
    if (!result.ok) {
      this.#services.notices.problem(result.problem);
      return;
    }
    this.copied = copying.source;
    this.#services.notices.announcement = copying.said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.copied = undefined;
      this.#services.notices.announcement = '';
    }, SHOWN_MS);
  }
}
