import type { FleetSummary } from '../../core/notifications/model/notice.ts';
import type { Language, Translate } from '../../core/shared/text/text.ts';
import { formatInstant } from '../../core/shared/text/time.ts';

/** Windows cuts a longer tooltip in the middle of a word. */
const LONGEST_TIP = 127;

/** Contents of the tray icon: how many things need attention, and which expires next. */
export interface TrayState {
  summary: FleetSummary;
  translate: Translate;
  language: Language;
}

/** How many things need attention: what does not work, what will stop, and what is late. */
export function attentionIn({ needs = {} }: Pick<FleetSummary, 'needs'>): number {
  return Object.values(needs).reduce((sum, { impacts }) => sum + impacts, 0);
}

/** The tooltip of the icon, at most 127 characters. */
export function getTip({ summary, translate, language }: TrayState): string {
  const { nextExpiry } = summary;
  const head = translate('tray.tip', { count: attentionIn(summary) });
  if (nextExpiry === undefined) return head;
  const { name, cluster, notAfter } = nextExpiry;
  const date = formatInstant(notAfter, language, 'local');
  const tip = `${head}\n${translate('tray.next', { name, cluster, date })}`;
  return tip.length <= LONGEST_TIP ? tip : `${tip.slice(0, LONGEST_TIP - 1)}…`;
}
