import type { WizardStep } from './wizard-step.ts';

/** How a step is described in the list of steps. */
export interface StepWords {
  name: string;
  /** Its state in words. */
  note: string;
  /** Something in it has to be corrected; the note is then shown. */
  isFaulty?: boolean;
}

/**
 * The current position in a wizard, and the steps that can be opened. The content of the steps belongs to the feature.
 */
export abstract class WizardState<Step extends string> {
  #first: Step;
  step: Step;
  seen: ReadonlySet<Step>;
  /** Incremented whenever a step is opened by a button inside the wizard; the step then takes focus. */
  moves: number = $state(0);

  abstract readonly order: readonly Step[];
  abstract isBlocked(step: Step): boolean;

  constructor(first: Step) {
    this.#first = first;
    this.step = $state(first);
    this.seen = $state.raw(new Set([first]));
  }

  /** Opens a step, unless it is blocked. */
  go(step: Step): void {
    if (!this.isBlocked(step)) this.enter(step);
  }

  /** The same by a button inside the wizard: the step is read from its beginning. */
  move(step: Step): void {
    this.go(step);
    this.moves += 1;
  }

  /** The step at this offset; `undefined` past the ends. */
  stepBy(count: number): Step | undefined {
    return this.order[this.order.indexOf(this.step) + count];
  }

  /** The steps as shown in the list at the left. */
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

  /** Returns to the state in which no step had been seen. */
  protected restart(): void {
    this.step = this.#first;
    this.seen = new Set([this.#first]);
  }
}
