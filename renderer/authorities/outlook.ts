import type { AuthorityRow, AuthorityTree } from '../../core/authorities/model/view.ts';
import { isActive } from '../../core/pki/model/authority.ts';
import type { LifetimeClasses } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { expiryState, thresholdAtMs, type ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';

/** Revoked and replaced certificates are not counted. */
export interface AuthorityOutlook {
  authorities: number;
  /** Number of expired or urgent certificates. */
  attention: number;
  /** Names of the authorities with expired or urgent certificates, without duplicates. */
  attentionIn: string[];
  overdue: number;
  fineUntilMs: number;
}

/** Returns the state of a certificate, based only on its dates. */
export function rowState(row: AuthorityRow, nowMs: number, classes: LifetimeClasses): ExpiryState {
  return expiryState(row, classes[row.lifetimeClass], nowMs);
}

export function authorityOutlook(
  trees: readonly AuthorityTree[],
  nowMs: number,
  classes: LifetimeClasses,
): AuthorityOutlook {
  const outlook: AuthorityOutlook = {
    authorities: trees.length,
    attention: 0,
    attentionIn: [],
    overdue: 0,
    fineUntilMs: Infinity,
  };
  const names = new Set<string>();
  for (const { name, rows } of trees) {
    for (const row of rows.filter(isActive)) {
      const state = rowState(row, nowMs, classes);
      if (state === 'expired' || state === 'urgent') {
        outlook.attention += 1;
        names.add(name);
      } else if (state === 'renewal-overdue') outlook.overdue += 1;
      else {
        const { renewalOverdue, usualMs } = classes[row.lifetimeClass];
        outlook.fineUntilMs = Math.min(outlook.fineUntilMs, thresholdAtMs(renewalOverdue, row, usualMs));
      }
    }
  }
  outlook.attentionIn = [...names];
  return outlook;
}

/** Returns the most important sentence first. */
export function authorityHeadline(
  { authorities, attention, attentionIn, overdue, fineUntilMs }: AuthorityOutlook,
  dateOf: (ms: number) => string,
): NoticeText[] {
  const rest = fineUntilMs < Infinity ? { date: dateOf(fineUntilMs) } : undefined;
  if (attention === 0 && overdue === 0) {
    return rest === undefined
      ? [{ key: 'authorities.headline.fine', values: { count: authorities } }]
      : [{ key: 'authorities.headline.fine-until', values: { count: authorities, ...rest } }];
  }
  const where = { authorities: attentionIn.length, authority: attentionIn[0] ?? '' };
  const parts: NoticeText[] = [];
  if (attention > 0) parts.push({ key: 'authorities.headline.attention', values: { count: attention, ...where } });
  if (overdue > 0) {
    const key = attention > 0 ? 'authorities.headline.overdue-too' : 'authorities.headline.overdue';
    parts.push({ key, values: { count: overdue } });
  }
  if (rest !== undefined) parts.push({ key: 'authorities.headline.rest-until', values: rest });
  return parts;
}
