/** One step of a wizard, as shown in the list at the left. */
export interface WizardStep<Step extends string = string> {
  step: Step;
  name: string;
  state: 'current' | 'done' | 'open';
  /** Its state in words. */
  note: string;
  /** Whether the words are shown below the name; otherwise only screen readers have them. */
  isNoteShown: boolean;
  /** Something in it has to be corrected. */
  isFaulty: boolean;
  isBlocked: boolean;
}

/** The step at this offset, if it can be opened. */
export function findNeighbour<Step extends string>(steps: readonly WizardStep<Step>[], by: 1 | -1): Step | undefined {
  const next = steps[steps.findIndex(({ state }) => state === 'current') + by];
  return next?.isBlocked === false ? next.step : undefined;
}
