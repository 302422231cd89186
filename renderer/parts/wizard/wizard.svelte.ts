import type { WizardStep } from './wizard-step.ts';

/** How a step is told in the list of steps. */
export interface StepWords {
  name: string;
  /** Its state in words. */
  note: string;
  /** Something in it has to be mended; the note is shown then. */
  isFaulty?: boolean;
}

/** Where somebody is in a wizard, and where they can go. What the steps are about is the feature's. */
export abstract class WizardState<Step extends string> {
  #first: Step;
  step: Step;
  seen: ReadonlySet<Step>;
  /** Goes up whenever a step was gone to by a button inside the wizard; the step takes the focus then. */
  moves: number = $state(0);

  abstract readonly order: readonly Step[];
  abstract isBlocked(step: Step): boolean;

  constructor(first: Step) {
    this.#first = first;
    this.step = $state(first);
    this.seen = $state.raw(new Set([first]));
  }

  /** Goes to a step, unless it is blocked. */
  go(step: Step): void {
    if (!this.isBlocked(step)) this.enter(step);
  }

  /** The same by a button inside the wizard: the step is read from its beginning. */
  move(step: Step): void {
    this.go(step);
    this.moves += 1;
  }

  /** The step so many further on; `undefined` past the ends. */
  stepBy(count: number): Step | undefined {
    return this.order[this.order.indexOf(this.step) + count];
  }

  /** The steps as the list at the left shows them. */
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

  /** As before anything was seen. */
  protected restart(): void {
    this.step = this.#first;
    this.seen = new Set([this.#first]);
  }
}
