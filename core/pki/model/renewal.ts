import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { Profile } from './profile.ts';
import type { RenewalRule } from './profile-row.ts';

/*
 * Renewal rules for stored authorities and for the simulation, which applies them to plain numbers thousands of times a
 * second.
 */

/** A period that includes both ends. Source: RFC 5280 section 4.1.2.5. */
export type Validity = Pick<CertificateFacts, 'notBefore' | 'notAfter'>;

/** Inferred from the rule by which clients renew their certificates. */
export const TOKEN_ROTATION = {
  by: 'client-itself',
  atShareLeft: 0.3,
  retryShare: 0.02,
} as const satisfies RenewalRule;

/**
 * Returns the time between the due date of a renewal and expiry: a share of the lifetime, rounded to the millisecond,
 * then down to the second. Source: microsoft/moc, pkg/auth/certrenew.go, renewRequired.
 */
export function renewalLeadMs(atShareLeft: number, lifetimeMs: number): number {
  return Math.floor(Math.round(atShareLeft * lifetimeMs) / SECOND_MS) * SECOND_MS;
}

/**
 * Returns the time between two attempts: a share of the lifetime, rounded to the millisecond, then up to the second,
 * and at least one second. Source: microsoft/moc-sdk-for-go, calculateTime (2 % of the validity).
 */
export function renewalRetryMs(retryShare: number, lifetimeMs: number): number {
  return Math.max(1, Math.ceil(Math.round(retryShare * lifetimeMs) / SECOND_MS)) * SECOND_MS;
}

/**
 * Returns the first instant at which renewal is due; `undefined` if nobody renews the certificate, as for the roots of
 * a cluster and the article's exceptions (kubelet server, client certificate of a kubeconfig).
 */
export function renewalDueAt({ renewal }: Profile, { notBefore, notAfter }: Validity): Instant | undefined {
  const { atShareLeft } = renewal.value;
  if (atShareLeft === undefined) return undefined;
  const endMs = epochMs(notAfter);
  return instantFromMs(endMs - renewalLeadMs(atShareLeft, endMs - epochMs(notBefore)));
}

/** Returns a period as long as the previous one, starting `backdatingMs` before now. */
export function renewValidity({ notBefore, notAfter }: Validity, now: Instant, backdatingMs = 0): Validity {
  const startMs = epochMs(now) - backdatingMs;
  return {
    notBefore: instantFromMs(startMs),
    notAfter: instantFromMs(startMs + epochMs(notAfter) - epochMs(notBefore)),
  };
}

/** Returns the profile with lifetimes that are shorter in the proportion of `pace`. */
export function paceProfile(profile: Profile, pace = 1): Profile {
  if (pace === 1) return profile;
  const { validityMs, backdatingMs } = profile;
  return {
    ...profile,
    validityMs: { ...validityMs, value: validityMs.value / pace },
    backdatingMs: { ...backdatingMs, value: backdatingMs.value / pace },
  };
}

export function isWithin<T extends Instant | number>(now: T, notBefore: T, notAfter: T): boolean {
  return now >= notBefore && now <= notAfter;
}

/**
 * Returns the time of the next renewal attempt, in any unit: `at`, or `retry` after an attempt that failed at or after
 * `at`. An earlier failure, such as one before a restart, does not count.
 */
export function nextRenewalTry(at: number, refusedAt: number | undefined, retry: number): number {
  return refusedAt !== undefined && refusedAt >= at ? refusedAt + retry : at;
}
