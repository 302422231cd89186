/** Work that ends sooner shows no sign of it. */
const SHOW_AFTER_MS = 300;

/** Whether something is under way, and for how long already. */
export class Waiting {
  #timer: ReturnType<typeof setTimeout> | undefined;
  working: boolean = $state(false);
  /** True once it has taken long enough to deserve a sign of life. */
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
