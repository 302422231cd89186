import {
  isCheckedHere,
  signatureState,
  type DecodedCertificate,
  type SignaturePorts,
  type SignatureState,
} from '../../formats/x509/signature.ts';
import { isSameBytes } from '../../shared/lists.ts';
import type { SignatureCheck } from '../../shared/ports.ts';
import type { LongWork } from '../long-work.ts';

export interface Certified extends DecodedCertificate {
  id: string;
}

/** Certificates of one issuer share the array `authorities`. */
export interface SignatureQuestion {
  certificate: Certified;
  authorities: readonly Certified[];
}

/** Each signature takes a hundred bytes. Above this number, all are discarded. */
const MOST_KNOWN = 500_000;

export class CheckedSignatures {
  readonly #ports: SignaturePorts;
  /** By authority, then certificate, since a combined key would have to be built for each question. */
  readonly #known = new Map<string, Map<string, SignatureState>>();
  #count = 0;

  constructor(ports: SignaturePorts) {
    this.#ports = ports;
  }

  state(certificate: Certified, issuer: Certified): SignatureState {
    const known = this.#known.get(issuer.id)?.get(certificate.id);
    if (known !== undefined) return known;
    const state = signatureState(this.#ports, certificate, issuer);
    this.#keep(certificate, issuer, state);
    return state;
  }

  /**
   * Checks signatures before they are needed. Only one of several authorities with the same name has signed a
   * certificate, so `state` is `wrong` for the others without a check. `isReported`: whether progress is reported as a
   * stage of the import.
   */
  async checkAhead(
    work: LongWork,
    questions: readonly SignatureQuestion[],
    { isReported = false, beside }: { isReported?: boolean; beside?: Promise<unknown> } = {},
  ): Promise<void> {
    const open = new Map<string, SignatureQuestion>();
    for (const question of questions) {
      await work.step();
      const { certificate, authorities } = question;
      if (!isCheckedHere(certificate)) continue;
      const possible = authorities.find(({ id }) => this.#known.get(id)?.get(certificate.id) !== 'wrong');
      const isAnswered = possible === undefined || this.#known.get(possible.id)?.get(certificate.id) === 'right';
      if (!isAnswered) open.set(certificate.id, question);
    }
    const asked = [...open.values()];
    if (asked.length === 0) return;
    if (this.#count + asked.length > MOST_KNOWN) this.#forget();
    let done = 0;
    const checks = await checksFor(work, asked);
    const signing = this.#ports.keys.findSigners(checks, {
      checked: (count) => {
        work.check();
        done += count;
        if (isReported) work.report({ stage: { name: 'checking', done, total: asked.length } });
      },
      beside,
    });
    const found = await work.waitFor(signing);
    for (const [at, { certificate, authorities }] of asked.entries()) {
      await work.step();
      this.#note(certificate, authorities, found[at]);
    }
  }

  #note(certificate: Certified, authorities: readonly Certified[], position = -1): void {
    const signer = authorities[position];
    for (const [at, authority] of authorities.entries()) {
      const isRight = signer !== undefined && (at === position || haveSameKey(signer, authority));
      this.#keep(certificate, authority, isRight ? 'right' : 'wrong');
      // Authorities after the signer are rarely needed and are checked on demand.
      if (isRight) return;
    }
  }

  #keep(certificate: Certified, authority: Certified, state: SignatureState): void {
    if (this.#count >= MOST_KNOWN) this.#forget();
    this.#count += 1;
    const known = this.#known.get(authority.id);
    if (known === undefined) this.#known.set(authority.id, new Map([[certificate.id, state]]));
    else known.set(certificate.id, state);
  }

  #forget(): void {
    this.#known.clear();
    this.#count = 0;
  }
}

async function checksFor(work: LongWork, asked: readonly SignatureQuestion[]): Promise<SignatureCheck[]> {
  const keysByAuthorities = new Map<readonly Certified[], Uint8Array[]>();
  const checks: SignatureCheck[] = [];
  for (const { certificate, authorities } of asked) {
    await work.step();
    const { der, facts } = certificate;
    const spkis = keysByAuthorities.get(authorities) ?? authorities.map(spkiBytes);
    keysByAuthorities.set(authorities, spkis);
    const { tbs, signature = tbs, signatureAlgorithm } = facts;
    checks.push({
      spkis,
      signatureOid: signatureAlgorithm.oid,
      data: der.subarray(tbs.offset, tbs.offset + tbs.length),
      signature: der.subarray(signature.offset, signature.offset + signature.length),
    });
  }
  return checks;
}

function spkiBytes({ der, facts: { spki } }: Certified): Uint8Array {
  return der.subarray(spki.offset, spki.offset + spki.length);
}

export function haveSameKey(one: Certified, other: Certified): boolean {
  return isSameBytes(spkiBytes(one), spkiBytes(other));
}

/** Returns whether a cluster with the CA `later` was created after the one with `earlier`; a renewed CA keeps its key. */
export function isSuccessor(later: Certified, earlier: Certified): boolean {
  return later.facts.notBefore > earlier.facts.notBefore && !haveSameKey(later, earlier);
}
