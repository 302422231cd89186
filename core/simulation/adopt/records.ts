import { PROFILES } from '../../pki/model/profiles.ts';
import { DAY_MS, instantFromMs, epochMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { RealCertificate, RealToken } from './places.ts';
import type { CertificateState, Holder, TokenState } from '../state.ts';

/** Longer than any forecast or dry run. */
export const ASSUMED_LIFE_MS = 100 * 365 * DAY_MS;

export interface RecordPlace {
  profile: ProfileId;
  holder: Holder;
  cluster?: string;
  /** Absent for a root. */
  issuer?: string;
}

export class AdoptedRecords {
  readonly all: CertificateState[] = [];
  /** The real certificates, by slot of their records. */
  readonly real = new Map<number, RealCertificate>();
  readonly #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  /** Returns `undefined` for a certificate that had expired when it was issued, because no renewal rule fits. */
  read(real: RealCertificate, place: RecordPlace): CertificateState | undefined {
    const { serialHex, subject, sans, notBefore, notAfter } = real.credential.facts;
    const issuedMs = epochMs(notBefore) + PROFILES[place.profile].backdatingMs.value;
    if (epochMs(notAfter) + SECOND_MS <= issuedMs) return undefined;
    const record = this.#add(place, {
      serialHex,
      subject: { commonName: subject.cn ?? '', organizations: subject.o },
      sans: { dns: sans.dns, ip: sans.ip },
      notBefore,
      notAfter,
      issuedAt: instantFromMs(issuedMs),
      expired: notAfter < this.#now || undefined,
    });
    this.real.set(record.slot, real);
    return record;
  }

  assume(place: RecordPlace): CertificateState {
    const nowMs = epochMs(this.#now);
    return this.#add(place, {
      serialHex: '01',
      subject: { commonName: '', organizations: [] },
      sans: { dns: [], ip: [] },
      notBefore: instantFromMs(nowMs - DAY_MS),
      notAfter: instantFromMs(nowMs + ASSUMED_LIFE_MS),
      issuedAt: this.#now,
    });
  }

  assumeToken(): TokenState {
    const expiresAt = instantFromMs(epochMs(this.#now) + ASSUMED_LIFE_MS);
    return { issuedAt: this.#now, expiresAt, generation: 1 };
  }

  #add(
    { profile, holder, cluster, issuer }: RecordPlace,
    facts: Pick<CertificateState, 'serialHex' | 'subject' | 'sans' | 'notBefore' | 'notAfter' | 'issuedAt' | 'expired'>,
  ): CertificateState {
    const slot = this.all.length + 1;
    const id = `${slot}.1`;
    const record: CertificateState = {
      id,
      slot,
      issueNumber: 1,
      profile,
      holder,
      cluster,
      ...facts,
      issuer: issuer ?? id,
      renewCount: 0,
    };
    this.all.push(record);
    return record;
  }
}

/** Returns `undefined` if the token has no expiry, or one before its issuance. */
export function findTokenState(
  { credential }: RealToken,
  { now, usualMs }: { now: Instant; usualMs: number },
): TokenState | undefined {
  const { notBefore, notAfter } = credential;
  if (notAfter === undefined) return undefined;
  const issuedAt = notBefore ?? instantFromMs(epochMs(notAfter) - usualMs);
  if (issuedAt >= notAfter) return undefined;
  return { issuedAt, expiresAt: notAfter, generation: 1, expired: notAfter <= now || undefined };
}
