import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { instantFromMs, toMilliseconds, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { Profile } from './profile.ts';
import type { RenewalRule } from './profile-row.ts';

/*
 * Rules for kept authorities and for the simulation, which counts in plain numbers, thousands of times a second.
 */

/** Both ends belong to it. Source: RFC 5280 section 4.1.2.5. */
export type Validity = Pick<CertificateFacts, 'notBefore' | 'notAfter'>;

/** Inferred: as the certificates of the same clients. */
export const TOKEN_ROTATION = {
  by: 'client-itself',
  atShareLeft: 0.3,
  retryShare: 0.02,
} as const satisfies RenewalRule;

/**
 * Renewal is due so long before the end: a share of the lifetime, rounded to the millisecond, then cut to the second.
 * Source: microsoft/moc, pkg/auth/certrenew.go, renewRequired.
 */
export function renewalLeadMs(atShareLeft: number, lifetimeMs: number): number {
  return Math.floor(Math.round(atShareLeft * lifetimeMs) / SECOND_MS) * SECOND_MS;
}

/**
 * Time between two tries: a share of the lifetime, rounded to the millisecond, then up to the second, at least one.
 * Source: microsoft/moc-sdk-for-go, calculateTime (2 % of the validity).
 */
export function renewalRetryMs(retryShare: number, lifetimeMs: number): number {
  return Math.max(1, Math.ceil(Math.round(retryShare * lifetimeMs) / SECOND_MS)) * SECOND_MS;
}

/**
 * Inclusive. `undefined` for what nobody renews: roots of a cluster, and the article's exceptions (kubelet server,
 * client certificate of a kubeconfig).
 */
export function renewalDueAt({ renewal }: Profile, { notBefore, notAfter }: Validity): Instant | undefined {
  const { atShareLeft } = renewal.value;
  if (atShareLeft === undefined) return undefined;
  const endMs = toMilliseconds(notAfter);
  return instantFromMs(endMs - renewalLeadMs(atShareLeft, endMs - toMilliseconds(notBefore)));
}

/** Lasts as long as the former and begins `backdatingMs` before now. */
export function renewValidity({ notBefore, notAfter }: Validity, now: Instant, backdatingMs = 0): Validity {
  const startMs = toMilliseconds(now) - backdatingMs;
  return {
    notBefore: instantFromMs(startMs),
    notAfter: instantFromMs(startMs + toMilliseconds(notAfter) - toMilliseconds(notBefore)),
  };
}

export function isWithin<T extends Instant | number>(now: T, notBefore: T, notAfter: T): boolean {
  return now >= notBefore && now <= notAfter;
}

/**
 * The next try to renew from `at` on, in any unit. A failed try is repeated after `retry`, unless it was before `at`,
 * as before a restart.
 */
export function nextRenewalTry(at: number, refusedAt: number | undefined, retry: number): number {
  return refusedAt !== undefined && refusedAt >= at ? refusedAt + retry : at;
}
