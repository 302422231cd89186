import type { LongWork } from '../long-work.ts';
import { addTo } from '../../shared/lists.ts';
import { isIssuedByItself } from './issuers.ts';
import type { Certified, CheckedSignatures, SignatureQuestion } from './signatures.ts';

/** Fewer checks are not worth starting threads, which costs as much as a few hundred. */
const WORTH_STARTING = 8_192;
/** Smaller files cannot contain that many certificates, since none is smaller than 200 bytes. */
export const LEAST_BYTES = WORTH_STARTING * 200;

/** Checks signatures while files are being read, if a certificate names its CA by key id and both have been read. */
export class EarlySignatures {
  readonly #signatures: CheckedSignatures;
  readonly #work: LongWork;
  readonly #worthStarting: number;
  /** By key id. Certificates that the same authorities may have signed share one array. */
  readonly #authorities = new Map<string, readonly [Certified]>();
  readonly #waiting = new Map<string, Certified[]>();
  #questions: SignatureQuestion[] = [];
  #running: Promise<void> | undefined;
  #endReading: () => void = () => undefined;
  /** Until this resolves, the thread that reads and decodes files needs a core of its own. */
  readonly #reading = new Promise<void>((done) => {
    this.#endReading = done;
  });

  constructor(signatures: CheckedSignatures, work: LongWork, { worthStarting = WORTH_STARTING } = {}) {
    this.#signatures = signatures;
    this.#work = work;
    this.#worthStarting = worthStarting;
  }

  add(certificate: Certified): void {
    const { isCa, subjectKeyId, authorityKeyId } = certificate.facts;
    if (isCa && subjectKeyId !== undefined && !this.#authorities.has(subjectKeyId)) {
      const authorities = [certificate] as const;
      this.#authorities.set(subjectKeyId, authorities);
      for (const waiting of this.#waiting.get(subjectKeyId) ?? []) this.#ask(waiting, authorities);
      this.#waiting.delete(subjectKeyId);
    }
    const keyId = authorityKeyId?.keyId;
    if (keyId === undefined || isIssuedByItself(certificate.facts)) return;
    const authorities = this.#authorities.get(keyId);
    if (authorities === undefined) addTo(this.#waiting, keyId, certificate);
    else this.#ask(certificate, authorities);
  }

  async end(): Promise<void> {
    this.#endReading();
    await this.#running;
  }

  #ask(certificate: Certified, authorities: readonly Certified[]): void {
    this.#questions.push({ certificate, authorities });
    if (this.#running !== undefined || this.#questions.length < this.#worthStarting) return;
    const questions = this.#questions;
    this.#questions = [];
    const finish = (): void => {
      this.#running = undefined;
    };
    // A check that fails or is cancelled here fails again in the final check.
    this.#running = this.#signatures.checkAhead(this.#work, questions, { beside: this.#reading }).then(finish, finish);
  }
}
