import type { Statement } from '../../shared/citation.ts';
import type { Plan, PlanCommand } from '../../plan/model/plan.ts';
import type { PreflightCheck } from './preflight.ts';

export const UPDATE_PARTS = ['all', 'hosts', 'clusters'] as const;
export type UpdateParts = (typeof UPDATE_PARTS)[number];

export interface UpdateQuestion {
  id: 'host-version' | 'host-updates' | 'clusters' | 'cluster-version' | 'cluster-updates';
  cluster?: string;
  command: PlanCommand;
  statement: Statement;
}

export interface UpdatePlanning {
  plan: Plan;
  checks: PreflightCheck[];
  questions: UpdateQuestion[];
  minutes: number;
  length: Statement;
}
