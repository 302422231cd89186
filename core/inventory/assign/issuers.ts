import type { CertificateFacts } from '../../shared/certificate.ts';
import { signatureState, type DecodedCertificate, type SignaturePorts } from '../../formats/x509/signature.ts';

export interface Certified extends DecodedCertificate {
  id: string;
}

/**
 * How many authorities of the same name are tried: a renewed CA keeps its name, so there are a few; a hostile file has
 * many.
 */
const MAX_TRIED = 32;

/** Authorities by name and key id, for finding the signer of a certificate. */
export class Issuers<T extends Certified> {
  readonly #ports: SignaturePorts;
  readonly #byKeyId = new Map<string, T[]>();
  readonly #bySubject = new Map<string, T[]>();

  constructor(ports: SignaturePorts, authorities: Iterable<T>) {
    this.#ports = ports;
    for (const authority of authorities) {
      const { subjectKeyId, subject } = authority.facts;
      if (subjectKeyId !== undefined) addTo(this.#byKeyId, subjectKeyId, authority);
      addTo(this.#bySubject, subject.text, authority);
    }
  }

  /** Authorities that may have signed it: by key id first, then by name; never the certificate itself. */
  candidates({ id, facts }: Certified): T[] {
    const { keyId } = facts.authorityKeyId ?? {};
    const byKeyId = keyId === undefined ? [] : (this.#byKeyId.get(keyId) ?? []);
    const byName = facts.issuer.text === '' ? [] : (this.#bySubject.get(facts.issuer.text) ?? []);
    return [...new Set([...byKeyId, ...byName])].filter((one) => one.id !== id).slice(0, MAX_TRIED);
  }

  /** The authority whose key verifiably signed the certificate. */
  signerOf(certificate: Certified): T | undefined {
    return this.candidates(certificate).find(
      (authority) => signatureState(this.#ports, certificate, authority) === 'right',
    );
  }
}

export function isIssuedByItself(facts: CertificateFacts): boolean {
  return facts.issuer.text === facts.subject.text;
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
