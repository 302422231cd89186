import { badValue, splitList } from '../../shared/verb/values.ts';
import type { PlanFormat } from '../model/maintenance.ts';
import { MINUTES_LIMIT, type MaintenanceKind, type PlanningRules } from '../model/rules.ts';

export const PLAN_FILE_OPTIONS = ['ics', 'task-xml', 'script', 'register', 'markdown'] as const satisfies PlanFormat[];

/** Parses estimates such as `--minutes host-update=90`. */
export function listMinutes(
  values: readonly string[] | undefined,
  kinds: readonly MaintenanceKind[],
): PlanningRules['minutes'] {
  const minutes: PlanningRules['minutes'] = {};
  for (const value of splitList(values)) {
    const [word = '', number = ''] = value.split('=');
    const kind = kinds.find((each) => each === word);
    const count = /^\d{1,4}$/u.test(number) ? Number(number) : 0;
    if (kind === undefined || count < MINUTES_LIMIT.least || count > MINUTES_LIMIT.most)
      throw badValue('--minutes', value, kinds.map((each) => `${each}=60`).join(', '));
    minutes[kind] = count;
  }
  return minutes;
}
