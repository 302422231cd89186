import type { CertificateFacts } from '../../shared/certificate.ts';
import type { IssuePorts } from '../issue/issue.ts';
import type { PathCandidate } from './candidate.ts';

/**
 * Algorithms that are checked over exactly the bytes that were decoded; others are left to the library's own decoder.
 */
export const CHECKED_HERE: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.5',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.1',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.3.101.112',
]);

/** `unknown`: not confirmed, and the algorithm is not one checked here. */
export type SignatureState = 'right' | 'wrong' | 'unknown';

/** A cluster's CA has the same name everywhere, so there may be many candidate roots; more than this is an attack. */
const MAX_CHECKS = 2_000;

/** Determines whose key signed a certificate; each pair is checked once, and no more than `MAX_CHECKS` in all. */
export class Signatures {
  readonly #ports: IssuePorts;
  #left = MAX_CHECKS;
  readonly #known = new Map<PathCandidate, Map<PathCandidate, SignatureState>>();

  constructor(ports: IssuePorts) {
    this.#ports = ports;
  }

  of(certificate: PathCandidate, issuer: PathCandidate): SignatureState {
    let known = this.#known.get(certificate);
    if (known === undefined) {
      known = new Map();
      this.#known.set(certificate, known);
    }
    let state = known.get(issuer);
    if (state === undefined) {
      state = this.#check(certificate, issuer);
      known.set(issuer, state);
    }
    return state;
  }

  #check(certificate: PathCandidate, issuer: PathCandidate): SignatureState {
    const { facts, der } = certificate;
    this.#left -= 1;
    if (this.#left < 0) return 'unknown';
    if (hasFinding(facts, 'der.signature-algorithm-mismatch')) return 'wrong';
    const signatureOid = facts.signatureAlgorithm.oid;
    if (!CHECKED_HERE.has(signatureOid) || facts.signature === undefined)
      return this.#ports.crypto.isSignedBy(der, issuer.der) ? 'right' : 'unknown';
    const { tbs, signature } = facts;
    const isRight = isSignedWith(this.#ports, { der, tbs, signature, signatureOid }, issuer);
    return isRight ? 'right' : 'wrong';
  }
}

interface Range {
  offset: number;
  length: number;
}

/** Whether the issuer's key signed the data at `tbs`, with one of the algorithms that `Keys.verify` knows. */
export function isSignedWith(
  { keys }: Pick<IssuePorts, 'keys'>,
  signed: { der: Uint8Array; tbs: Range; signature: Range; signatureOid: string },
  issuer: PathCandidate,
): boolean {
  const { der, signatureOid } = signed;
  // A signature is whole bytes: the preceding count of unused bits is not part of what was signed, but must be zero.
  if (der[signed.signature.offset - 1] !== 0) return false;
  return keys.verify({
    spki: slice(issuer.der, issuer.facts.spki),
    signatureOid,
    data: slice(der, signed.tbs),
    signature: slice(der, signed.signature),
  });
}

function hasFinding({ findings }: CertificateFacts, rule: string): boolean {
  return findings.some((each) => each.rule === rule);
}

function slice(bytes: Uint8Array, { offset, length }: Range): Uint8Array {
  return bytes.subarray(offset, offset + length);
}
