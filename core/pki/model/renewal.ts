import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { instantFromMs, toMilliseconds, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { Profile, RenewalRule } from './profile.ts';

/*
 * When a certificate or a token is renewed: the rules for authorities that are kept and for the simulation. The simulation
 * counts in plain numbers, thousands of times a second; so does the core of each rule.
 */

/** Both ends of a certificate's validity; both belong to it. Source: RFC 5280 section 4.1.2.5. */
export type Validity = Pick<CertificateFacts, 'notBefore' | 'notAfter'>;

/** When a client of the cloud agent rotates its token. Inferred: as the certificates of the same clients. */
export const TOKEN_ROTATION = {
  by: 'client-itself',
  atShareLeft: 0.3,
  retryShare: 0.02,
} as const satisfies RenewalRule;

/**
 * How long before its end a renewal is due: a share of the time between both ends, rounded to the millisecond and then cut to
 * the whole second. All in milliseconds. Source: microsoft/moc, pkg/auth/certrenew.go, renewRequired.
 */
export function renewalLeadMs(atShareLeft: number, lifetimeMs: number): number {
  return Math.floor(Math.round(atShareLeft * lifetimeMs) / SECOND_MS) * SECOND_MS;
}

/**
 * The time between two tries: a share of the time between both ends, rounded to the millisecond and then up to the whole
 * second, at least one. All in milliseconds. Source: microsoft/moc-sdk-for-go, calculateTime (2 % of the validity).
 */
export function renewalRetryMs(retryShare: number, lifetimeMs: number): number {
  return Math.max(1, Math.ceil(Math.round(retryShare * lifetimeMs) / SECOND_MS)) * SECOND_MS;
}

/**
 * The second from which renewal is due, the moment itself included. `undefined` for what nobody renews: roots of a cluster,
 * and the article's exceptions (kubelet server, client certificate of a kubeconfig).
 */
export function renewalDueAt({ renewal }: Profile, { notBefore, notAfter }: Validity): Instant | undefined {
  const { atShareLeft } = renewal.value;
  if (atShareLeft === undefined) return undefined;
  const endMs = toMilliseconds(notAfter);
  return instantFromMs(endMs - renewalLeadMs(atShareLeft, endMs - toMilliseconds(notBefore)));
}

/**
 * The validity of the certificate that takes the place of another one now: as long as that one's, with its start so many
 * milliseconds before now.
 */
export function renewValidity({ notBefore, notAfter }: Validity, now: Instant, backdatingMs = 0): Validity {
  const startMs = toMilliseconds(now) - backdatingMs;
  return {
    notBefore: instantFromMs(startMs),
    notAfter: instantFromMs(startMs + toMilliseconds(notAfter) - toMilliseconds(notBefore)),
  };
}

/** Whether a moment is inside a validity; any unit that can be compared. */
export function isWithin<T extends Instant | number>(now: T, notBefore: T, notAfter: T): boolean {
  return now >= notBefore && now <= notAfter;
}

/**
 * The next try to renew what can be renewed from `at` on; all in one unit of time. A try that failed at that moment or later
 * is repeated after `retry`; one that failed before, as before a restart, does not count.
 */
export function nextRenewalTry(at: number, refusedAt: number | undefined, retry: number): number {
  return refusedAt !== undefined && refusedAt >= at ? refusedAt + retry : at;
}
