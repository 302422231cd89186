import type { Plan } from '../../core/plan/model/plan.ts';

/** A plan with another name for each `name` in it, also one that the product itself would not put there. */
export function renamedPlan(plan: Plan, name: string, other: string): Plan {
  return JSON.parse(JSON.stringify(plan, (_, value: unknown) => (value === name ? other : value))) as Plan;
}
