import type { CertificateFacts } from '../../shared/certificate.ts';
import type { Stepwise } from '../model/steps.ts';
import type { Certified, CheckedSignatures } from './signatures.ts';

/**
 * How many authorities of the same name are tried: a renewed CA keeps its name, so there are a few; a hostile file has
 * many.
 */
const MAX_TRIED = 32;

/** Authorities by name and key id, for finding the signer of a certificate. */
export class Issuers<T extends Certified> {
  readonly #signatures: CheckedSignatures;
  readonly #byKeyId = new Map<string, T[]>();
  readonly #bySubject = new Map<string, T[]>();
  readonly #byAsked = new Map<string, readonly T[]>();

  private constructor(signatures: CheckedSignatures) {
    this.#signatures = signatures;
  }

  static *of<T extends Certified>(signatures: CheckedSignatures, authorities: Iterable<T>): Stepwise<Issuers<T>> {
    const issuers = new Issuers<T>(signatures);
    for (const authority of authorities) {
      const { subjectKeyId, subject } = authority.facts;
      if (subjectKeyId !== undefined) addTo(issuers.#byKeyId, subjectKeyId, authority);
      addTo(issuers.#bySubject, subject.text, authority);
      yield;
    }
    return issuers;
  }

  /** Authorities that may have signed it: by key id first, then by name; never the certificate itself. */
  candidates({ id, facts }: Certified): readonly T[] {
    const fitting = this.#fitting(facts.authorityKeyId?.keyId, facts.issuer.text);
    const others = fitting.some((one) => one.id === id) ? fitting.filter((one) => one.id !== id) : fitting;
    return others.length > MAX_TRIED ? others.slice(0, MAX_TRIED) : others;
  }

  /** Once for all certificates of one issuer; one more than are tried, since one of them may be asking. */
  #fitting(keyId: string | undefined, name: string): readonly T[] {
    const asked = `${keyId ?? '-'}\0${name}`;
    const before = this.#byAsked.get(asked);
    if (before !== undefined) return before;
    const byKeyId = keyId === undefined ? [] : (this.#byKeyId.get(keyId) ?? []);
    const byName = name === '' ? [] : (this.#bySubject.get(name) ?? []);
    const fitting = firstOf([byKeyId, byName], MAX_TRIED + 1);
    this.#byAsked.set(asked, fitting);
    return fitting;
  }

  /** The authority whose key verifiably signed the certificate. */
  signerOf(certificate: Certified): T | undefined {
    return this.candidates(certificate).find((authority) => this.#signatures.state(certificate, authority) === 'right');
  }
}

/** The first of several lists, each once, until there are so many different certificates. */
function firstOf<T extends Certified>(lists: readonly (readonly T[])[], most: number): T[] {
  const first = new Set<T>();
  const ids = new Set<string>();
  for (const list of lists) {
    for (const one of list) {
      if (ids.size >= most) return [...first];
      first.add(one);
      ids.add(one.id);
    }
  }
  return [...first];
}

export function isIssuedByItself(facts: CertificateFacts): boolean {
  return facts.issuer.text === facts.subject.text;
}

export function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
