import type { Api } from './api.ts';
import type { NoticesState } from './notices.svelte.ts';

const SHOWN_MS = 2_000;

/** Copies text and remembers for a moment which button did it. */
export class ClipboardState {
  #api: Api;
  #notices: NoticesState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The `source` of the last copy, while it is shown as copied. */
  copied: string | undefined = $state();

  constructor(api: Api, notices: NoticesState) {
    this.#api = api;
    this.#notices = notices;
  }

  async copy(copying: { source: string; text: string; said: string }): Promise<void> {
    const result = await this.#api.application.copy({ text: copying.text });
    if (!result.ok) {
      this.#notices.problem(result.problem);
      return;
    }
    this.copied = copying.source;
    this.#notices.announce(copying.said);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.copied = undefined;
      this.#notices.announce('');
    }, SHOWN_MS);
  }
}
