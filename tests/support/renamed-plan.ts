import type { Plan } from '../../core/plan/model/plan.ts';

/**
 * Replaces each value that equals `name` in a plan with `other`, even if the product itself would never write that
 * name.
 */
export function renameInPlan(plan: Plan, name: string, other: string): Plan {
  return JSON.parse(JSON.stringify(plan, (_, value: unknown) => (value === name ? other : value))) as Plan;
}
