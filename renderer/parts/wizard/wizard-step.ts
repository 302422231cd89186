/** One step of a wizard, as the list at its left shows it. */
export interface WizardStep<Step extends string = string> {
  step: Step;
  name: string;
  state: 'current' | 'done' | 'open';
  /** Its state in words. */
  note: string;
  /** Whether the words stand below the name; else only a screen reader has them. */
  isNoteShown: boolean;
  /** Something in it has to be mended. */
  isFaulty: boolean;
  isBlocked: boolean;
}

/** The step so many further on, where it can be gone to. */
export function neighbourOf<Step extends string>(steps: readonly WizardStep<Step>[], by: 1 | -1): Step | undefined {
  const next = steps[steps.findIndex(({ state }) => state === 'current') + by];
  return next?.isBlocked === false ? next.step : undefined;
}
