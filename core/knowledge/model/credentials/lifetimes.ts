import type { Citation } from '../../../shared/citation.ts';
import { DAY_MS } from '../../../shared/instant.ts';
import {
  AD_SSO,
  ISSUE_145,
  MOC_SDK_RENEWAL,
  OVERVIEW_CLOUD_AGENT,
  KUBELET_ROTATION,
  OVERVIEW_PROVISIONING,
  OVERVIEW_TYPES,
  RENEWAL_PODS,
} from '../sources/sources.ts';

/**
 * A threshold is reached once the remaining time is at most `share` of the credential's own lifetime (0 to 1) and also
 * at most `atMostMs`, if given: the lower limit decides.
 */
export interface Threshold {
  share: number;
  atMostMs?: number;
  /** Set by the admin instead of the default, so there is nothing to cite. */
  own?: true;
  citations: readonly Citation[];
}

/** A class of credentials with the same usual lifetime and renewal habit, and therefore with the same thresholds. */
interface LifetimeRow {
  /** Used only for assumptions and explanations, never as a substitute for real dates. */
  usualMs: number;
  usualCitations: readonly Citation[];
  renewalDue: Threshold;
  renewalOverdue: Threshold;
  urgent: Threshold;
}

const HABIT: Citation = { certainty: 'inferred', work: 'source.default-threshold' };

const VALIDITY_MOC: Citation = { ...OVERVIEW_CLOUD_AGENT, place: 'source.overview.moc-validity' };
const VALIDITY_KUBERNETES: Citation = { ...OVERVIEW_PROVISIONING, place: 'source.overview.kubernetes-validity' };

/** Default thresholds. A credential that is renewed on time leaves "fine" for no longer than the renewal takes. */
const ROWS = {
  'kubernetes-leaf': {
    usualMs: 4 * DAY_MS,
    usualCitations: [VALIDITY_KUBERNETES],
    // Renewed "every 3-4 days": at the end of day 3, a quarter of the four days remains.
    renewalDue: {
      share: 1 / 4,
      atMostMs: 30 * DAY_MS,
      citations: [{ ...RENEWAL_PODS, certainty: 'inferred', place: 'source.renewal-pods.interval' }],
    },
    // A certificate renewed on time always has one to four days left. It is overdue once two further tries, 2 % of the
    // lifetime apart, have passed.
    renewalOverdue: {
      share: 0.21,
      atMostMs: 14 * DAY_MS,
      citations: [{ ...RENEWAL_PODS, certainty: 'inferred', place: 'source.renewal-pods.interval' }],
    },
    urgent: { share: 1 / 16, atMostMs: 3 * DAY_MS, citations: [HABIT] },
  },
  // The kubelet renews its certificates itself, without the renewal pods, when about 30 to 10 % of the lifetime
  // remains.
  kubelet: {
    usualMs: 4 * DAY_MS,
    usualCitations: [VALIDITY_KUBERNETES],
    renewalDue: { share: 0.3, citations: [KUBELET_ROTATION] },
    renewalOverdue: { share: 0.1, citations: [KUBELET_ROTATION] },
    urgent: { share: 1 / 16, atMostMs: 3 * DAY_MS, citations: [HABIT] },
  },
  'kubernetes-root': {
    usualMs: 3652 * DAY_MS,
    usualCitations: [VALIDITY_KUBERNETES],
    renewalDue: { share: 1 / 5, citations: [HABIT] },
    renewalOverdue: { share: 1 / 10, atMostMs: 365 * DAY_MS, citations: [HABIT] },
    urgent: { share: 1 / 20, atMostMs: 90 * DAY_MS, citations: [HABIT] },
  },
  'moc-identity': {
    usualMs: 90 * DAY_MS,
    usualCitations: [VALIDITY_MOC],
    renewalDue: { share: 0.3, citations: [MOC_SDK_RENEWAL] },
    // Two retries 2 % apart have passed without a new certificate.
    renewalOverdue: { share: 0.26, citations: [{ ...MOC_SDK_RENEWAL, certainty: 'inferred' }] },
    // Day 83 of 90.
    urgent: { share: 7 / 90, atMostMs: 7 * DAY_MS, citations: [HABIT] },
  },
  'moc-root': {
    usualMs: 365 * DAY_MS,
    usualCitations: [{ ...OVERVIEW_TYPES, place: 'source.overview.moc-root-validity' }],
    // Client certificates are valid for 90 days, so a new one would now outlive its CA.
    renewalDue: { share: 90 / 365, atMostMs: 90 * DAY_MS, citations: [{ ...VALIDITY_MOC, certainty: 'inferred' }] },
    renewalOverdue: { share: 60 / 365, atMostMs: 60 * DAY_MS, citations: [HABIT] },
    urgent: { share: 30 / 365, atMostMs: 30 * DAY_MS, citations: [HABIT] },
  },
  'kubeconfig-client': {
    usualMs: 365 * DAY_MS,
    usualCitations: [{ ...ISSUE_145, place: 'source.issue-145.client' }],
    renewalDue: { share: 60 / 365, atMostMs: 60 * DAY_MS, citations: [HABIT] },
    renewalOverdue: { share: 30 / 365, atMostMs: 30 * DAY_MS, citations: [HABIT] },
    urgent: { share: 7 / 365, atMostMs: 7 * DAY_MS, citations: [HABIT] },
  },
  webhook: {
    usualMs: 500 * DAY_MS,
    usualCitations: [{ ...AD_SSO, place: 'source.ad-sso.validity' }],
    renewalDue: { share: 60 / 500, atMostMs: 60 * DAY_MS, citations: [HABIT] },
    renewalOverdue: { share: 30 / 500, atMostMs: 30 * DAY_MS, citations: [HABIT] },
    urgent: { share: 7 / 500, atMostMs: 7 * DAY_MS, citations: [HABIT] },
  },
  other: {
    usualMs: 365 * DAY_MS,
    usualCitations: [HABIT],
    renewalDue: { share: 1 / 3, atMostMs: 30 * DAY_MS, citations: [HABIT] },
    renewalOverdue: { share: 1 / 6, atMostMs: 14 * DAY_MS, citations: [HABIT] },
    urgent: { share: 1 / 12, atMostMs: 3 * DAY_MS, citations: [HABIT] },
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
