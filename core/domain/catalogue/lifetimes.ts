import type { Citation } from '../citation.ts';
import { DAY_MS, HOUR_MS } from '../instant.ts';

export const LIFETIME_CLASS_IDS = [
  'kubernetes-leaf',
  'kubernetes-root',
  'moc-identity',
  'moc-root',
  'kubeconfig-client',
  'webhook',
  'other',
] as const;

/** Credentials that age alike: same usual lifetime, same renewal habit, so the same thresholds. */
export type LifetimeClassId = (typeof LIFETIME_CLASS_IDS)[number];

/**
 * Reached when the time left is at most `share` of the credential's own lifetime (0 to 1), and, where `atMostMs` is
 * given, also at most that long: the earlier-ending of the two decides. `atMostMs` alone works for unknown lifetimes.
 */
export interface Threshold {
  share: number;
  atMostMs?: number;
  citations: readonly Citation[];
}

export interface LifetimeClass {
  id: LifetimeClassId;
  /** Usual length of the validity period; for assumptions and explanations only, never in place of real dates. */
  usualMs: number;
  usualCitations: readonly Citation[];
  renewalDue: Threshold;
  renewalOverdue: Threshold;
  urgent: Threshold;
}

const OVERVIEW: Citation = {
  certainty: 'documented',
  work: 'Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc',
};
const MOC_SDK: Citation = {
  certainty: 'from-code',
  work: 'microsoft/moc-sdk-for-go',
  place: 'renewal loop: sleeps until 30 % is left, retries every 2 % of the validity',
};
const HABIT: Citation = { certainty: 'inferred', work: 'Arcwarden default threshold' };

const VALIDITY_MOC: Citation = { ...OVERVIEW, place: 'Cloud agent: valid 90 days by default' };
const VALIDITY_KUBERNETES: Citation = {
  ...OVERVIEW,
  place: 'Certificate provisioning: root certificates 10 years, all others four days',
};

/** Default thresholds. A healthy credential that renews on time never leaves "fine" for longer than its renewal takes. */
export const LIFETIME_CLASSES: Record<LifetimeClassId, LifetimeClass> = {
  'kubernetes-leaf': {
    id: 'kubernetes-leaf',
    usualMs: 4 * DAY_MS,
    usualCitations: [VALIDITY_KUBERNETES],
    // Renewed "every 3-4 days": at the end of day 3 a quarter of the four days is left.
    renewalDue: {
      share: 1 / 4,
      atMostMs: 30 * DAY_MS,
      citations: [
        {
          certainty: 'inferred',
          work: 'Microsoft Learn, Secure communication with certificates',
          place: 'certificate-renewal-controller renews every 3-4 days',
        },
      ],
    },
    renewalOverdue: { share: 1 / 8, atMostMs: 14 * DAY_MS, citations: [HABIT] },
    urgent: { share: 1 / 16, atMostMs: 3 * DAY_MS, citations: [HABIT] },
  },
  'kubernetes-root': {
    id: 'kubernetes-root',
    usualMs: 3652 * DAY_MS,
    usualCitations: [VALIDITY_KUBERNETES],
    renewalDue: { share: 1 / 5, citations: [HABIT] },
    renewalOverdue: { share: 1 / 10, atMostMs: 365 * DAY_MS, citations: [HABIT] },
    urgent: { share: 1 / 20, atMostMs: 90 * DAY_MS, citations: [HABIT] },
  },
  'moc-identity': {
    id: 'moc-identity',
    usualMs: 90 * DAY_MS,
    usualCitations: [VALIDITY_MOC],
    renewalDue: { share: 0.3, citations: [MOC_SDK] },
    // Two retries of 2 % have passed without a new certificate.
    renewalOverdue: { share: 0.26, citations: [{ ...MOC_SDK, certainty: 'inferred' }] },
    // Day 83 of 90.
    urgent: { share: 7 / 90, atMostMs: 7 * DAY_MS, citations: [HABIT] },
  },
  'moc-root': {
    id: 'moc-root',
    usualMs: 365 * DAY_MS,
    usualCitations: [{ ...OVERVIEW, place: 'Certificate types: cloud agent CA 365 days' }],
    // Client certificates live 90 days: from here on a new one would outlive its CA.
    renewalDue: {
      share: 90 / 365,
      atMostMs: 90 * DAY_MS,
      citations: [{ ...VALIDITY_MOC, certainty: 'inferred' }],
    },
    renewalOverdue: { share: 60 / 365, atMostMs: 60 * DAY_MS, citations: [HABIT] },
    urgent: { share: 30 / 365, atMostMs: 30 * DAY_MS, citations: [HABIT] },
  },
  'kubeconfig-client': {
    id: 'kubeconfig-client',
    usualMs: 365 * DAY_MS,
    usualCitations: [
      {
        certainty: 'reported',
        work: 'Azure/aksArc issue 145',
        place: 'client certificate of one year',
      },
    ],
    renewalDue: { share: 60 / 365, atMostMs: 60 * DAY_MS, citations: [HABIT] },
    renewalOverdue: { share: 30 / 365, atMostMs: 30 * DAY_MS, citations: [HABIT] },
    urgent: { share: 7 / 365, atMostMs: 7 * DAY_MS, citations: [HABIT] },
  },
  webhook: {
    id: 'webhook',
    usualMs: 500 * DAY_MS,
    usualCitations: [
      {
        certainty: 'documented',
        work: 'Microsoft Learn, Active Directory authentication for AKS Arc',
        place: 'webhook certificates: 500 days',
      },
    ],
    renewalDue: { share: 60 / 500, atMostMs: 60 * DAY_MS, citations: [HABIT] },
    renewalOverdue: { share: 30 / 500, atMostMs: 30 * DAY_MS, citations: [HABIT] },
    urgent: { share: 7 / 500, atMostMs: 7 * DAY_MS, citations: [HABIT] },
  },
  other: {
    id: 'other',
    usualMs: 365 * DAY_MS,
    usualCitations: [HABIT],
    renewalDue: { share: 1 / 3, atMostMs: 30 * DAY_MS, citations: [HABIT] },
    renewalOverdue: { share: 1 / 6, atMostMs: 14 * DAY_MS, citations: [HABIT] },
    urgent: { share: 1 / 12, atMostMs: 3 * DAY_MS, citations: [HABIT] },
  },
};

/** A time left below this is told in hours and minutes. */
export const SHORT_SPAN_MS = 48 * HOUR_MS;
