import { planSentence, type PlanWording } from '../../plan/text/plan-text.ts';
import type { PreflightCheck } from '../model/preflight.ts';

/** Returns the result of a check with its cluster, such as `logistics: 17 credentials have expired`. */
export function checkTitle({ id, state, cluster, title, why }: PreflightCheck, wording: PlanWording): string {
  const { translate } = wording;
  const plain = planSentence(title, wording);
  const result =
    state === 'problem' && id !== 'room'
      ? translate(`update.problem.${id}`, {
          ends: why.text.endsWith('.ends') ? 'yes' : 'no',
          count: Number(why.params?.['count'] ?? 0),
        })
      : state === 'unknown'
        ? translate('update.check.unknown', { title: plain })
        : plain;
  return cluster === undefined ? result : translate('update.check.of', { title: result, cluster });
}
