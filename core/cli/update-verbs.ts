import { updatePlanVerb } from './update-plan.ts';
import type { Verb } from './verb.ts';

/** The verbs that bring hosts and clusters up to date. */
export const UPDATE_VERBS: readonly Verb[] = [
  {
    name: ['update', 'plan'],
    options: ['inventory', 'cluster', 'deployment', 'to', 'operating-system', 'minutes', 'out'],
    run: updatePlanVerb,
  },
];
