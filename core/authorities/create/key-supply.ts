import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { Keys, PrivateKey } from '../../shared/ports.ts';

/**
 * RSA keys take long and are made in parallel, but only a few at a time, so that no more of them are held in memory.
 */
const AHEAD = 4;

/** New keys in the order in which they will be needed, made in advance. */
export class KeySupply {
  readonly #keys: Pick<Keys, 'generate'>;
  readonly #wanted: KeyAlgorithm[];
  readonly #coming: Promise<PrivateKey>[] = [];

  constructor(keys: Pick<Keys, 'generate'>, wanted: readonly KeyAlgorithm[]) {
    this.#keys = keys;
    this.#wanted = [...wanted];
    this.#order();
  }

  /** The next key. */
  async take(): Promise<PrivateKey> {
    const next = this.#coming.shift();
    if (next === undefined) throw new Error('more keys are taken than were wanted');
    this.#order();
    return next;
  }

  #order(): void {
    for (const algorithm of this.#wanted.splice(0, AHEAD - this.#coming.length)) {
      const key = this.#keys.generate(algorithm);
      // Whoever takes the key sees the failure; a run that ends before that has already failed.
      key.catch(() => undefined);
      this.#coming.push(key);
    }
  }
}
