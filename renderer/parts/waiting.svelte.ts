/** Work that ends sooner shows no progress. */
const SHOW_AFTER_MS = 300;

/** Whether something is in progress, and for how long. */
export class Waiting {
  #timer: ReturnType<typeof setTimeout> | undefined;
  working: boolean = $state(false);
  /** True once it has taken long enough for progress to be shown. */
  visible: boolean = $state(false);

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
