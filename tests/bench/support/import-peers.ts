import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Signed } from '../../support/signed-fleet.ts';

const CHECKER = `
const { createPublicKey, verify } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');
const keys = workerData.keys.map((key) => createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' }));
const signed = workerData.signed.map(({ key, data, signature }) => ({ key: keys[key], data, signature }));
parentPort.on('message', () => {
  let right = 0;
  for (const { key, data, signature } of signed) if (verify('sha256', data, key, signature)) right += 1;
  parentPort.postMessage(right);
});
parentPort.postMessage('ready');
`;

/** Checks signatures with keys that have been read, on every core, and does nothing else. */
export class SignatureChecker {
  readonly #count: number;
  readonly #workers: Worker[];
  #answers: Promise<unknown[]>;

  constructor(signed: readonly Signed[]) {
    const threads = availableParallelism();
    this.#count = signed.length;
    this.#workers = Array.from({ length: threads }, (_, thread) => {
      const own = signed.filter((_one, at) => at % threads === thread);
      const numbers = new Map<string, number>();
      const keys: Buffer[] = [];
      const parts = own.map(({ spki, data, signature }) => {
        const name = spki.toString('latin1');
        if (!numbers.has(name)) numbers.set(name, keys.push(spki) - 1);
        return { key: numbers.get(name), data, signature };
      });
      return new Worker(CHECKER, { eval: true, workerData: { keys, signed: parts } });
    });
    this.#answers = this.#nextAnswers();
  }

  async check(): Promise<void> {
    await this.#answers;
    this.#answers = this.#nextAnswers();
    for (const worker of this.#workers) worker.postMessage('go');
    const right = (await this.#answers).reduce<number>((sum, one) => sum + Number(one), 0);
    if (right !== this.#count) throw new Error('a signature of the fleet is wrong');
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #nextAnswers(): Promise<unknown[]> {
    return Promise.all(this.#workers.map((worker) => new Promise((done) => worker.once('message', done))));
  }
}

/**
 * Finds all files in these folders, reads each and hashes it, and does nothing else: by calls that wait, which cost least,
 * and cost the same whatever else the machine does.
 */
export function findReadAndHash(folders: readonly string[]): number {
  let count = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) count += findReadAndHash([path]);
      else {
        createHash('sha256').update(readFileSync(path)).digest();
        count += 1;
      }
    }
  }
  return count;
}
