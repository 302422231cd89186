import type { WizardStep } from './wizard-step.ts';

export interface StepWords {
  name: string;
  note: string;
  /** Something needs correction, so the note is shown. */
  isFaulty?: boolean;
}

export abstract class WizardState<Step extends string> {
  #first: Step;
  step: Step;
  seen: ReadonlySet<Step>;
  /** Counts steps opened by a button of the wizard. Such a step takes the focus. */
  moves = $state(0);

  abstract readonly order: readonly Step[];
  abstract isBlocked(step: Step): boolean;

  constructor(first: Step) {
    this.#first = first;
    this.step = $state(first);
    this.seen = $state.raw(new Set([first]));
  }

  /** Opens a step unless it is blocked. */
  go(step: Step): void {
    if (!this.isBlocked(step)) this.enter(step);
  }

  /** Opens a step from a button of the wizard. */
  move(step: Step): void {
    this.go(step);
    this.moves += 1;
  }

  /** The step to which *Back* leads: the last one before this step that was seen, or the one just before it. */
  get previous(): Step | undefined {
    const before = this.order.slice(0, this.order.indexOf(this.step));
    return before.findLast((step) => this.seen.has(step)) ?? before.at(-1);
  }

  /** Returns `undefined` before the first and after the last step. */
  stepBy(count: number): Step | undefined {
    return this.order[this.order.indexOf(this.step) + count];
  }

  list(wordsOf: (step: Step, state: WizardStep['state']) => StepWords): WizardStep<Step>[] {
    return this.order.map((step) => {
      const state = step === this.step ? 'current' : this.seen.has(step) ? 'done' : 'open';
      const { name, note, isFaulty = false } = wordsOf(step, state);
      const isBlocked = state !== 'current' && this.isBlocked(step);
      return { step, state, name, note, isNoteShown: isFaulty, isFaulty, isBlocked };
    });
  }

  protected enter(step: Step): void {
    this.step = step;
    this.seen = new Set([...this.seen, step]);
  }

  protected restart(): void {
    this.step = this.#first;
    this.seen = new Set([this.#first]);
  }
}
