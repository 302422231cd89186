import type { Finding } from '../../shared/finding.ts';
import type { Crypto } from '../../shared/ports.ts';
import type { Beside } from '../assign/references.ts';

/** The contents that were read, in file order; equal contents have the same digest. */
export class SeenFiles {
  readonly read = new Set<string>();
  readonly beside: string[] = [];
  readonly #hash: ReturnType<Crypto['sha256OfPieces']>;
  readonly #hashBeside: ReturnType<Crypto['sha256OfPieces']>;

  constructor(crypto: Crypto) {
    this.#hash = crypto.sha256OfPieces();
    this.#hashBeside = crypto.sha256OfPieces();
  }

  add(path: string, content: Uint8Array | Finding): void {
    if (content instanceof Uint8Array) {
      this.read.add(path);
      this.#hash.add(`${content.length}\n`);
      this.#hash.add(content);
    } else this.#hash.add(JSON.stringify(content));
  }

  addBeside(path: string, beside: Beside): void {
    this.beside.push(path);
    this.#hashBeside.add(JSON.stringify([path, beside?.modified, beside?.bytes.length]));
    if (beside !== undefined) this.#hashBeside.add(beside.bytes);
  }

  /** Returns the digest; no file can be added afterwards. */
  digest(): string {
    this.#hash.add(this.#hashBeside.digest());
    return this.#hash.digest().join();
  }
}
