import type { FleetSummary } from '../../core/notifications/model/notice.ts';
import type { Language, Translate } from '../../core/shared/text/text.ts';
import { formatInstant } from '../../core/shared/text/time.ts';

/** Windows truncates longer tooltips. */
const LONGEST_TIP = 127;

export interface TrayState {
  summary: FleetSummary;
  translate: Translate;
  language: Language;
}

/** Counts the clusters in all lanes. */
export function attentionIn({ needs = {} }: Pick<FleetSummary, 'needs'>): number {
  return Object.values(needs).reduce((sum, { clusters }) => sum + clusters, 0);
}

export function getTip({ summary, translate, language }: TrayState): string {
  const { nextExpiry } = summary;
  const head = translate('tray.tip', { count: attentionIn(summary) });
  if (nextExpiry === undefined) return head;
  const { name, cluster, notAfter } = nextExpiry;
  const date = formatInstant(notAfter, language, 'local');
  const tip = `${head}\n${translate('notice.next', { name, cluster, date })}`;
  return tip.length <= LONGEST_TIP ? tip : `${tip.slice(0, LONGEST_TIP - 1)}…`;
}
