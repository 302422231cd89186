import type { LifetimeClasses, LifetimeClassId } from '../../core/knowledge/model/credentials/lifetimes.ts';
import type { Citation } from '../../core/shared/citation.ts';
import { timeLeftMs, thresholdAtMs } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import type { NoticeText } from './window/notices.svelte.ts';

const THRESHOLDS = [
  { state: 'renewal-due', threshold: 'renewalDue' },
  { state: 'renewal-overdue', threshold: 'renewalOverdue' },
  { state: 'urgent', threshold: 'urgent' },
] as const;

export interface ThresholdMoment {
  state: (typeof THRESHOLDS)[number]['state'];
  ms: number;
  citations: readonly Citation[];
  /** Set by the admin, so there is no source. */
  own: boolean;
}

export interface Lived {
  notBeforeMs?: number;
  notAfterMs?: number;
  lifetimeClass: LifetimeClassId;
}

/** Lists times in the order due, overdue, urgent; empty if the end is unknown. */
export function thresholdMoments(lived: Lived, classes: LifetimeClasses): ThresholdMoment[] {
  const { notBeforeMs, notAfterMs } = lived;
  if (notAfterMs === undefined) return [];
  const lifetimeClass = classes[lived.lifetimeClass];
  return THRESHOLDS.map(({ state, threshold }) => ({
    state,
    ms: thresholdAtMs(lifetimeClass[threshold], { notBeforeMs, notAfterMs }, lifetimeClass.usualMs),
    citations: lifetimeClass[threshold].citations,
    own: lifetimeClass[threshold].own === true,
  }));
}

export function lifetimeLine(lived: Lived, nowMs: number, format: TextState['format']): NoticeText {
  const { notBeforeMs, notAfterMs } = lived;
  if (notAfterMs === undefined) return { key: 'details.line.unknown' };
  const leftMs = timeLeftMs(notAfterMs, nowMs);
  const sinceStartMs = nowMs - (notBeforeMs ?? -Infinity);
  if (leftMs > 0 && notBeforeMs !== undefined && sinceStartMs < 0) {
    const values = { span: format.span(-sinceStartMs), date: format.local(notBeforeMs) };
    return { key: 'details.line.not-yet', values };
  }
  const values = { span: format.span(Math.abs(leftMs)), date: format.local(notAfterMs) };
  return { key: leftMs > 0 ? 'details.line.left' : 'details.line.expired', values };
}
