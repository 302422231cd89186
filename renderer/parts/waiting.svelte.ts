/** Shorter work shows no progress. */
const SHOW_AFTER_MS = 300;

export class Waiting {
  #timer: ReturnType<typeof setTimeout> | undefined;
  working = $state(false);
  /** Whether the work has taken long enough to show progress. */
  visible = $state(false);

  begin(): void {
    if (this.working) return;
    this.working = true;
    this.#timer = setTimeout(() => (this.visible = true), SHOW_AFTER_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.working = false;
    this.visible = false;
  }
}
