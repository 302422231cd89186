import { MINUTE_MS, SECOND_MS } from '../../../core/shared/instant.ts';

const CALM_MS = MINUTE_MS / 2;

/** The time for the whole page. It is updated every second while a short time span is visible. */
export class NowState {
  #readClock: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #everySecond = false;
  current = $state(0);

  constructor(readClock: () => number) {
    this.#readClock = readClock;
    this.current = readClock();
  }

  /** Returns a function that stops the clock. */
  start(): () => void {
    this.#restart();
    return () => clearInterval(this.#timer);
  }

  tick(): void {
    this.current = this.#readClock();
  }

  watchClosely(everySecond: boolean): void {
    if (everySecond === this.#everySecond) return;
    this.#everySecond = everySecond;
    if (this.#timer !== undefined) this.#restart();
  }

  #restart(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.tick(), this.#everySecond ? SECOND_MS : CALM_MS);
  }
}
