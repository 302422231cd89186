import { signatureState, type SignaturePorts, type SignatureState } from '../../formats/x509/signature.ts';
import type { PathCandidate } from './candidate.ts';

/** The CAs of all clusters have the same name, so there may be many candidates; only an attack has more than this. */
const MAX_CHECKS = 2_000;

export class Signatures {
  readonly #ports: SignaturePorts;
  #left = MAX_CHECKS;
  readonly #known = new Map<PathCandidate, Map<PathCandidate, SignatureState>>();

  constructor(ports: SignaturePorts) {
    this.#ports = ports;
  }

  verify(certificate: PathCandidate, issuer: PathCandidate): SignatureState {
    const known = this.#known.get(certificate) ?? new Map<PathCandidate, SignatureState>();
    this.#known.set(certificate, known);
    const state = known.get(issuer) ?? this.#check(certificate, issuer);
    known.set(issuer, state);
    return state;
  }

  #check(certificate: PathCandidate, issuer: PathCandidate): SignatureState {
    this.#left -= 1;
    return this.#left < 0 ? 'unknown' : signatureState(this.#ports, certificate, issuer);
  }
}
