import type { Plan } from '../../core/plan/model/plan.ts';

/** Replaces each occurrence of `name` in a plan, even with a name that the product itself would never write there. */
export function renameInPlan(plan: Plan, name: string, other: string): Plan {
  return JSON.parse(JSON.stringify(plan, (_, value: unknown) => (value === name ? other : value))) as Plan;
}
