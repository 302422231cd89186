import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { Keys, PrivateKey } from '../../shared/ports.ts';

/** RSA keys take long; more at a time would only be held in memory. */
const AHEAD = 4;

/** New keys in the order of use, made in advance. */
export class KeySupply {
  readonly #keys: Pick<Keys, 'generate'>;
  readonly #wanted: KeyAlgorithm[];
  readonly #coming: Promise<PrivateKey>[] = [];

  constructor(keys: Pick<Keys, 'generate'>, wanted: readonly KeyAlgorithm[]) {
    this.#keys = keys;
    this.#wanted = [...wanted];
    this.#order();
  }

  async take(): Promise<PrivateKey> {
    const next = this.#coming.shift();
    if (next === undefined) throw new Error('more keys are taken than were wanted');
    this.#order();
    return next;
  }

  #order(): void {
    for (const algorithm of this.#wanted.splice(0, AHEAD - this.#coming.length)) {
      const key = this.#keys.generate(algorithm);
      // `take` reports the failure, unless the run has already failed.
      key.catch(() => undefined);
      this.#coming.push(key);
    }
  }
}
