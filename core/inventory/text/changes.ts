import type { Instant } from '../../shared/instant.ts';
import type { Language, Translate } from '../../shared/text/text.ts';
import { CHANGE_KINDS, type FleetChange, type ChangeList } from '../model/changes.ts';

export interface ChangeWording {
  translate: Translate;
  language: Language;
  formatDate: (moment: Instant) => string;
}

/** Returns for example `3 renewed, 1 new`, in the order of `CHANGE_KINDS`. */
export function countText({ counts }: Pick<ChangeList, 'counts'>, { translate, language }: ChangeWording): string {
  const kinds = CHANGE_KINDS.filter((kind) => counts[kind] > 0);
  const texts = kinds.map((kind) => translate(`changes.count.${kind}`, { count: counts[kind] }));
  return texts.length === 0 ? translate('changes.none') : texts.join(language === 'ja' ? '、' : ', ');
}

/** Says from when on changes are known, if that is later than the beginning of the span. */
export function describeBeginning(
  { from, beginning }: Pick<ChangeList, 'from' | 'beginning'>,
  { translate, formatDate }: ChangeWording,
): string[] {
  if (beginning === undefined || (from !== undefined && beginning <= from)) return [];
  return [translate('changes.beginning', { date: formatDate(beginning) })];
}

/** Returns what changed, and how. */
export function describeChange(
  { kind, credential, replacedBy, from, count = 1 }: FleetChange,
  { translate, formatDate }: ChangeWording,
): Record<'kind' | 'role' | 'name' | 'detail', string> {
  const end = kind === 'renewed' ? replacedBy?.notAfter : kind === 'new' ? credential?.notAfter : undefined;
  const until = end === undefined ? '' : translate('changes.until', { date: formatDate(end) });
  return {
    kind: translate(`changes.kind.${kind}`),
    role: credential === undefined ? '' : translate(`role.${credential.role}`),
    name: credential?.name ?? translate('list.credentials', { count }),
    detail: from === undefined ? until : translate('changes.from', { cluster: from }),
  };
}
