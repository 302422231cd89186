import type { CertificateCredential, Credential } from '../model/credential.ts';
import { decodeOwnBase64 } from '../../formats/der/base64.ts';
import { decodeCertificate, outlineCertificate, type CertificateOutline } from '../../formats/x509/certificate.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { Source } from '../../shared/source.ts';
import { LazyProperties } from './lazy-properties.ts';
import type { CertificateEntry } from './schemas.ts';

/** The buffer for one file's certificates, most of which are shorter than two thousand bytes. */
const CHUNK_BYTES = 32 * 1024;

export type Sha256Hex = (bytes: Uint8Array) => string;

/** Verifies each certificate immediately, and decodes it only if more is needed than a list shows. */
export class StoredCertificates {
  readonly #sha256Hex: Sha256Hex | undefined;
  /** Shared by many certificates, since an array object takes as much memory as a certificate's bytes. */
  #chunk = new Uint8Array(0);
  #used = 0;
  #left: number;

  constructor(sha256Hex: Sha256Hex | undefined, count: number) {
    this.#sha256Hex = sha256Hex;
    this.#left = count;
  }

  read(entry: CertificateEntry): { value: CertificateCredential } | { reason: string } {
    const der = decodeOwnBase64(entry.der, (length) => this.#allocate(length));
    if (der === undefined) return { reason: 'der' };
    if (this.#sha256Hex !== undefined && entry.id !== this.#sha256Hex(der)) return { reason: 'id' };
    const outline = outlineCertificate(der);
    if (!outline.ok) return { reason: outline.finding.rule };
    const { id, layer, role, name, sources, firstReadAt, kind, keyMatch } = entry;
    const others = { id, layer, role, name, sources, firstReadAt, kind, keyMatch };
    return { value: ENCODED.add(others, new EncodedCertificate(der, outline.certificate)) };
  }

  #allocate(length: number): Uint8Array {
    if (this.#used + length > this.#chunk.length) {
      // Certificates in one file have similar lengths.
      this.#chunk = new Uint8Array(Math.max(length, Math.min(CHUNK_BYTES, length * this.#left)));
      this.#used = 0;
    }
    this.#left -= 1;
    return this.#chunk.subarray(this.#used, (this.#used += length));
  }
}

class EncodedCertificate implements CertificateOutline {
  readonly issuer: CertificateOutline['issuer'];
  readonly notBefore: CertificateOutline['notBefore'];
  readonly notAfter: CertificateOutline['notAfter'];
  readonly serialHex: CertificateOutline['serialHex'];
  readonly #buffer: ArrayBufferLike;
  readonly #offset: number;
  readonly #length: number;
  #der: Uint8Array | undefined;
  #facts: CertificateFacts | undefined;
  #isCa: boolean | undefined;

  constructor(
    { buffer, byteOffset, length }: Uint8Array,
    { issuer, notBefore, notAfter, serialHex }: CertificateOutline,
  ) {
    this.#buffer = buffer;
    this.#offset = byteOffset;
    this.#length = length;
    this.issuer = issuer;
    this.notBefore = notBefore;
    this.notAfter = notAfter;
    this.serialHex = serialHex;
  }

  /** Returns a copy, because sending part of an array to another process sends its whole buffer. */
  get der(): Uint8Array {
    return (this.#der ??= this.#view().slice());
  }

  get facts(): CertificateFacts {
    return (this.#facts ??= decode(this.der));
  }

  #view(): Uint8Array {
    return new Uint8Array(this.#buffer, this.#offset, this.#length);
  }

  factsOnce(): CertificateFacts {
    return this.#facts ?? decode(this.#view());
  }

  get isCa(): boolean {
    return (this.#isCa ??= mayBeAuthority(this.#view()) && this.factsOnce().isCa);
  }
}

/** `id-ce-basicConstraints`, as DER. */
const BASIC_CONSTRAINTS = [0x06, 0x03, 0x55, 0x1d, 0x13] as const;

/** Returns whether the bytes may contain non-empty basic constraints, without which a certificate is no authority. */
function mayBeAuthority(der: Uint8Array): boolean {
  for (let at = der.indexOf(0x55); at >= 0; at = der.indexOf(0x55, at + 1)) {
    const begin = at - 2;
    if (BASIC_CONSTRAINTS.some((byte, place) => der[begin + place] !== byte)) continue;
    const value = begin + BASIC_CONSTRAINTS.length;
    // A flag may mark the extension as critical. The bytes of a sequence follow: `04 02 30 00` if it is empty.
    const content = der[value] === 0x01 ? value + 3 : value;
    const isEmpty = [0x04, 0x02, 0x30, 0x00].every((byte, place) => der[content + place] === byte);
    if (!isEmpty) return true;
  }
  return false;
}

function decode(der: Uint8Array): CertificateFacts {
  const decoded = decodeCertificate(der);
  if (!decoded.ok) throw new Error('a certificate with an outline cannot be decoded');
  return decoded.certificate;
}

const ENCODED = new LazyProperties<EncodedCertificate, Pick<EncodedCertificate, 'der' | 'facts'>>({
  der: (encoded) => encoded.der,
  facts: (encoded) => encoded.facts,
});

/** Returns the credential with other sources, without decoding the certificate. */
export function replaceSources(credential: Credential, sources: Source[]): Credential {
  const encoded = credential.kind === 'certificate' ? ENCODED.findSource(credential) : undefined;
  if (credential.kind !== 'certificate' || encoded === undefined) return { ...credential, sources };
  const { id, layer, role, name, firstReadAt, kind, keyMatch } = credential;
  return ENCODED.add({ id, layer, role, name, sources, firstReadAt, kind, keyMatch }, encoded);
}

/** Returns facts without keeping them, since those of 100,000 certificates take 150 MB. */
export function factsOnce(credential: CertificateCredential): CertificateFacts {
  return ENCODED.findSource(credential)?.factsOnce() ?? credential.facts;
}

/** Returns whether the certificate belongs to an authority, without keeping the other facts. */
export function isAuthority(credential: CertificateCredential): boolean {
  return (ENCODED.findSource(credential) ?? credential.facts).isCa;
}

/** Returns the facts that a list shows, without decoding a stored certificate. */
export function certificateOutline(credential: CertificateCredential): CertificateOutline {
  return ENCODED.findSource(credential) ?? credential.facts;
}
