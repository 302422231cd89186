import { addTo } from '../../shared/lists.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { Certified, CheckedSignatures } from './signatures.ts';

/** A few authorities with one name are normal, since renewed CAs keep their names; a hostile file may have many. */
export const MAX_TRIED = 32;
/** No real chain is longer, and certificates that sign each other in a ring need a limit. */
export const MAX_LINKS = 10;

interface Fitting<T> {
  tried: readonly T[];
  oneMore: readonly T[];
}

export class Issuers<T extends Certified> {
  readonly #signatures: CheckedSignatures;
  readonly #byKeyId = new Map<string, T[]>();
  readonly #bySubject = new Map<string, T[]>();
  /** By key id, then name, since a combined key would have to be built for each certificate. */
  readonly #byAsked = new Map<string | undefined, Map<string, Fitting<T>>>();
  readonly #ids = new Set<string>();

  constructor(signatures: CheckedSignatures, authorities: Iterable<T> = []) {
    this.#signatures = signatures;
    for (const authority of authorities) this.add(authority);
  }

  /** Must be called before all searches, since their results are cached. */
  add(authority: T): void {
    const { subjectKeyId, subject } = authority.facts;
    if (subjectKeyId !== undefined) addTo(this.#byKeyId, subjectKeyId, authority);
    addTo(this.#bySubject, subject.text, authority);
    this.#ids.add(authority.id);
  }

  /** Returns possible signers by key id, then by name. End-entity certificates of one issuer share the array. */
  candidates({ id, facts }: Certified): readonly T[] {
    const { tried, oneMore } = this.#findFitting(facts.authorityKeyId?.keyId, facts.issuer.text);
    if (!this.#ids.has(id)) return tried;
    return oneMore.filter((one) => one.id !== id).slice(0, MAX_TRIED);
  }

  /** Returns one authority more than will be tried, since one may be the certificate itself. */
  #findFitting(keyId: string | undefined, name: string): Fitting<T> {
    let asked = this.#byAsked.get(keyId);
    if (asked === undefined) this.#byAsked.set(keyId, (asked = new Map<string, Fitting<T>>()));
    const before = asked.get(name);
    if (before !== undefined) return before;
    const byKeyId = keyId === undefined ? [] : (this.#byKeyId.get(keyId) ?? []);
    const byName = name === '' ? [] : (this.#bySubject.get(name) ?? []);
    const first = new Set<T>();
    const ids = new Set<string>();
    for (const one of [...byKeyId, ...byName]) {
      if (ids.size > MAX_TRIED) break;
      first.add(one);
      ids.add(one.id);
    }
    const oneMore = [...first];
    const fitting = { oneMore, tried: oneMore.length > MAX_TRIED ? oneMore.slice(0, MAX_TRIED) : oneMore };
    asked.set(name, fitting);
    return fitting;
  }

  isRoot(certificate: Certified): boolean {
    return isIssuedByItself(certificate.facts) && this.#signatures.state(certificate, certificate) === 'right';
  }

  findSigner(certificate: Certified): T | undefined {
    return this.candidates(certificate).find((authority) => this.#signatures.state(certificate, authority) === 'right');
  }
}

export function isIssuedByItself(facts: Pick<CertificateFacts, 'issuer' | 'subject'>): boolean {
  return facts.issuer.text === facts.subject.text;
}

/** Sorts the last end first. */
export function compareEnds(one: Certified, other: Certified): number {
  const [first, second] = [one.facts.notAfter, other.facts.notAfter];
  return first < second ? 1 : first > second ? -1 : 0;
}
