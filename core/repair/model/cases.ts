import type { Statement } from '../../shared/citation.ts';
import { TRIAGE_LAYERS, type TriageId } from '../../knowledge/model/triage.ts';
import type { PlanStep } from '../../plan/model/plan.ts';
import type { Answers } from './evidence.ts';

/*
 * All conditions in a list must hold. A condition that joins several cases holds in any of them; it results from two
 * causes that need the same step.
 */

const EITHER = 'repair.plan.either';
/** In this case, the repair continues at the management cluster. */
export const MANAGEMENT_DOWN = 'repair.only.management-down';
export const API_SERVER_DOWN = 'repair.only.api-server-down';

/** Layers whose answers decide a case: it holds if the layer fails, and does not hold if it works. */
const DECIDED_BY: Readonly<Record<string, TriageId>> = {
  'repair.only.mocctl-expired': 'mocctl',
  'repair.only.from-mocctl': 'mocctl',
  'repair.only.from-kvactl': 'kvactl',
  [API_SERVER_DOWN]: 'workload-api-server',
  'repair.only.kms-down': 'workload-kms',
};

/** Returns whether the answers about layers show that a case of a workload cluster, or of its hosts, holds. */
export function isCase(key: string, found: Answers['found'] = {}, isWorkload: boolean): boolean | undefined {
  // A KMS plugin that logs in shows that the API server works. A failed login shows nothing about the API server.
  if (key === MANAGEMENT_DOWN) return found['management-kms'] === 'works' ? false : undefined;
  const layer = DECIDED_BY[key];
  if (layer === undefined || (!isWorkload && TRIAGE_LAYERS[layer].of === 'workload')) return undefined;
  const answer = found[layer];
  return answer && answer === 'fails';
}

function listKeys({ text, params }: Statement): string[] {
  return text.startsWith(EITHER) ? Object.values(params ?? {}).map(String) : [text];
}

function conditionKey(condition: Statement): string {
  return listKeys(condition).sort().join(' ');
}

/** Returns whether `wide` covers all cases of `narrow` and more; with `orSame`, equal cases suffice. */
export function includesCase(wide: Pick<PlanStep, 'only'>, narrow: Pick<PlanStep, 'only'>, orSame = false): boolean {
  const [some, all] = [wide, narrow].map(({ only = [] }) => only.map(conditionKey)) as [string[], string[]];
  return (orSame || some.length < all.length) && some.every((each) => all.includes(each));
}

/** Returns the conditions under which at least one of two steps applies. */
export function joinCases(one: readonly Statement[] = [], other: readonly Statement[] = []): Statement[] {
  const shared = new Set(one.map(conditionKey).filter((key) => other.some((each) => conditionKey(each) === key)));
  const common = one.filter((each) => shared.has(conditionKey(each)));
  const listOwn = (all: readonly Statement[]) => all.filter((each) => !shared.has(conditionKey(each)));
  const joined = listOwn(one).flatMap((each) => listOwn(other).map((another) => either(each, another)));
  return distinctConditions([...common, ...joined]);
}

function either(one: Statement, other: Statement): Statement {
  const keys = [...new Set([...listKeys(one), ...listKeys(other)])];
  // A repeated plan contains copies of citations, so they are compared by content.
  const citations = [
    ...new Map(
      [...one.citations, ...other.citations].map((each) => [`${each.work}\n${each.place}\n${each.certainty}`, each]),
    ).values(),
  ];
  const [first = ''] = keys;
  if (keys.length === 1) return { text: first, citations };
  const params = Object.fromEntries(keys.map((key, at) => [NAMES[at] ?? '', key]));
  return { text: keys.length === 2 ? EITHER : `${EITHER}-${keys.length}`, params, citations };
}

const NAMES = ['one', 'other', 'third', 'fourth'];

function distinctConditions(conditions: readonly Statement[]): Statement[] {
  const keys = conditions.map(conditionKey);
  // “A or B” is redundant if another condition is “A” alone.
  return conditions.filter(
    (each, at) =>
      keys.indexOf(keys[at] ?? '') === at &&
      !conditions.some((other) => {
        const [mine, theirs] = [listKeys(each), listKeys(other)];
        return theirs.length < mine.length && theirs.every((key) => mine.includes(key));
      }),
  );
}
