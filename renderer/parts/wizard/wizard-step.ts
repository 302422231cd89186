export interface WizardStep<Step extends string = string> {
  step: Step;
  name: string;
  state: 'current' | 'done' | 'open';
  note: string;
  /** If false, the note is only for screen readers. */
  isNoteShown: boolean;
  isFaulty: boolean;
  isBlocked: boolean;
}

/** Returns the next or previous step, if it can be opened. */
export function findNeighbour<Step extends string>(steps: readonly WizardStep<Step>[], by: 1 | -1): Step | undefined {
  const next = steps[steps.findIndex(({ state }) => state === 'current') + by];
  return next?.isBlocked === false ? next.step : undefined;
}
