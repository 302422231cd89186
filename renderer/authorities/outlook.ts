import type { AuthorityRow, AuthorityTree } from '../../core/authorities/model/view.ts';
import type { LifetimeClasses } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { expiryState, thresholdAtMs, type ExpiryState } from '../../core/expiry/model/lifetime.ts';
import type { NoticeText } from '../shell/notices.svelte.ts';

/** What the authorities say in one sentence. Certificates that are revoked or replaced do not count. */
export interface AuthorityOutlook {
  authorities: number;
  /** Expired or urgent. */
  attention: number;
  /** Names of the authorities that those belong to, each once. */
  attentionIn: string[];
  overdue: number;
  /** When the first of the others will be overdue for renewal, if nobody renews it; `Infinity` when there are none. */
  fineUntilMs: number;
}

/** Whether a certificate still serves: nothing has replaced it and it is not revoked. */
export function isInUse({ supersededBy, revoked }: AuthorityRow): boolean {
  return supersededBy === undefined && revoked === undefined;
}

/** The state of a certificate by its dates alone. */
export function rowState(row: AuthorityRow, nowMs: number, classes: LifetimeClasses): ExpiryState {
  return expiryState(row, classes[row.lifetimeClass], nowMs);
}

/** Sums up everything that is in use. */
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
    for (const row of rows.filter(isInUse)) {
      const state = rowState(row, nowMs, classes);
      if (state === 'expired' || state === 'urgent') {
        outlook.attention += 1;
        names.add(name);
      } else if (state === 'renewal-overdue') outlook.overdue += 1;
      else outlook.fineUntilMs = Math.min(outlook.fineUntilMs, overdueAtMs(row, classes));
    }
  }
  outlook.attentionIn = [...names];
  return outlook;
}

function overdueAtMs(row: AuthorityRow, classes: LifetimeClasses): number {
  const { renewalOverdue, usualMs } = classes[row.lifetimeClass];
  return thresholdAtMs(renewalOverdue, row, usualMs);
}

/** How the authorities are, the answer first; what can wait after it. `dateOf` writes a moment for use in a sentence. */
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
