import type { Citation } from '../../../shared/citation.ts';
import { DAY_MS } from '../../../shared/instant.ts';
import {
  AD_SSO,
  cite,
  infer,
  ISSUE_145,
  KUBELET_ROTATION,
  MOC_SDK_RENEWAL,
  OVERVIEW_MOC_ROOT_VALIDITY,
  OVERVIEW_MOC_VALIDITY,
  OVERVIEW_VALIDITY,
  RENEWAL_PODS_INTERVAL,
} from '../sources/sources.ts';

/**
 * A threshold is reached once the remaining time is at most `share` (0 to 1) of the credential's own lifetime and also
 * at most `atMostMs`, if given: the lower limit applies.
 */
export interface Threshold {
  share: number;
  atMostMs?: number;
  /** Set by the admin in place of the default, so there is nothing to cite. */
  own?: true;
  citations: readonly Citation[];
}

/** Credentials with the same usual lifetime and renewal pattern, and therefore with the same thresholds. */
interface LifetimeRow {
  /** Used only for assumptions and explanations, never as a substitute for real dates. */
  usualMs: number;
  usualCitations: readonly Citation[];
  renewalDue: Threshold;
  renewalOverdue: Threshold;
  urgent: Threshold;
}

export const HABIT = cite('inferred', 'source.default-threshold');

function habit(share: number, atMostDays?: number): Threshold {
  return { share, atMostMs: atMostDays && atMostDays * DAY_MS, citations: [HABIT] };
}

/** Returns thresholds this many days before the end of a usual lifetime, or at the same shares of a shorter one. */
function daysLeft(usualDays: number, due: number, overdue: number, urgent: number) {
  return {
    usualMs: usualDays * DAY_MS,
    renewalDue: habit(due / usualDays, due),
    renewalOverdue: habit(overdue / usualDays, overdue),
    urgent: habit(urgent / usualDays, urgent),
  };
}

/** Default thresholds. A credential that is renewed on time leaves the state `fine` only during the renewal. */
const ROWS = {
  'kubernetes-leaf': {
    usualMs: 4 * DAY_MS,
    usualCitations: [OVERVIEW_VALIDITY],
    renewalDue: { share: 1 / 4, atMostMs: 30 * DAY_MS, citations: [RENEWAL_PODS_INTERVAL] },
    // A certificate renewed on time always has one to four days left, and is overdue once two further attempts, 2 % of
    // the lifetime apart, have passed.
    renewalOverdue: { share: 0.21, atMostMs: 14 * DAY_MS, citations: [RENEWAL_PODS_INTERVAL] },
    urgent: habit(1 / 16, 3),
  },
  // The kubelet renews its certificates itself, without the renewal pods, when about 30 to 10 % of the lifetime
  // remains.
  kubelet: {
    usualMs: 4 * DAY_MS,
    usualCitations: [OVERVIEW_VALIDITY],
    renewalDue: { share: 0.3, citations: [KUBELET_ROTATION] },
    renewalOverdue: { share: 0.1, citations: [KUBELET_ROTATION] },
    urgent: habit(1 / 16, 3),
  },
  'kubernetes-root': {
    usualMs: 3652 * DAY_MS,
    usualCitations: [OVERVIEW_VALIDITY],
    renewalDue: habit(1 / 5),
    renewalOverdue: habit(1 / 10, 365),
    urgent: habit(1 / 20, 90),
  },
  'moc-identity': {
    usualMs: 90 * DAY_MS,
    usualCitations: [OVERVIEW_MOC_VALIDITY],
    renewalDue: { share: 0.3, citations: [MOC_SDK_RENEWAL] },
    // Two retries 2 % apart have passed without a new certificate.
    renewalOverdue: { share: 0.26, citations: [infer(MOC_SDK_RENEWAL)] },
    // Urgent from day 83 of 90.
    urgent: habit(7 / 90, 7),
  },
  'moc-root': {
    ...daysLeft(365, 90, 60, 30),
    usualCitations: [OVERVIEW_MOC_ROOT_VALIDITY],
    // Client certificates are valid for 90 days, so a new one would now outlive its CA.
    renewalDue: { share: 90 / 365, atMostMs: 90 * DAY_MS, citations: [infer(OVERVIEW_MOC_VALIDITY)] },
  },
  'kubeconfig-client': {
    ...daysLeft(365, 60, 30, 7),
    usualCitations: [{ ...ISSUE_145, place: 'source.issue-145.client' }],
  },
  webhook: { ...daysLeft(500, 60, 30, 7), usualCitations: [{ ...AD_SSO, place: 'source.ad-sso.validity' }] },
  other: {
    usualMs: 365 * DAY_MS,
    usualCitations: [HABIT],
    renewalDue: habit(1 / 3, 30),
    renewalOverdue: habit(1 / 6, 14),
    urgent: habit(1 / 12, 3),
  },
} as const satisfies Record<string, LifetimeRow>;
export type LifetimeClassId = keyof typeof ROWS;
export const LIFETIME_CLASS_IDS = Object.keys(ROWS) as readonly LifetimeClassId[];

export interface LifetimeClass extends LifetimeRow {
  id: LifetimeClassId;
}
export type LifetimeClasses = Readonly<Record<LifetimeClassId, LifetimeClass>>;

export const LIFETIME_CLASSES = Object.fromEntries(
  LIFETIME_CLASS_IDS.map((id): [LifetimeClassId, LifetimeClass] => [id, { ...ROWS[id], id }]),
) as LifetimeClasses;
