import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant } from '../../../core/shared/instant.ts';
import { ConsoleError, type ProblemCode } from '../../../core/shared/problem.ts';
import { createFixedClock } from '../../../core/node/clock.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { createFiles } from '../../../core/node/files.ts';
import { nodeIds } from '../../../core/node/ids.ts';
import { nodeKeys } from '../../../core/node/keys.ts';
import { noVault } from '../../../core/node/vault.ts';
import type { Files, Keys, ScryptCost, Vault } from '../../../core/shared/ports.ts';
import { RecordingLog } from '../../support/ports.ts';

/** Cheap key derivation, since the real cost would slow down the tests of other features. */
export const LOW_COST: ScryptCost = { N: 16, r: 8, p: 1 };

/** Returns ports with the real file system, real cryptography and a fixed clock. */
export function makeKeepingPorts({
  files = createFiles(),
  keys = nodeKeys(),
  vault = noVault(),
}: { files?: Files; keys?: Keys; vault?: Vault } = {}) {
  return {
    files,
    keys,
    vault,
    crypto: nodeCrypto(),
    ids: nodeIds(),
    log: new RecordingLog(),
    clock: createFixedClock(instant('2026-11-25T09:00:00Z')),
  };
}

/** Returns a vault that really encrypts, with a key that is in no file, as on a desktop. */
export function testVault(): Vault {
  const key = randomBytes(32);
  return {
    isAvailable: async () => true,
    protect: async (secret) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
    },
    unprotect: async (guarded) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, guarded.subarray(0, 12));
        decipher.setAuthTag(guarded.subarray(12, 28));
        const secret = Buffer.concat([decipher.update(guarded.subarray(28)), decipher.final()]);
        return new Uint8Array(secret);
      } catch {
        return undefined;
      }
    },
  };
}

/** Returns files that behave as if the process died before change number `after`, counted from 0. */
export function makeDyingFiles(after: number): { files: Files; changes: () => number } {
  const real = createFiles();
  let changes = 0;
  const alive = async (path: string, change: () => Promise<void>): Promise<void> => {
    changes += 1;
    if (changes > after) throw new ConsoleError('file.not-writable', { path });
    await change();
  };
  return {
    files: {
      ...real,
      replace: (path, ...rest) => alive(path, () => real.replace(path, ...rest)),
      move: (from, to) => alive(from, () => real.move(from, to)),
      remove: (path) => alive(path, () => real.remove(path)),
      createFolder: (path) => alive(path, () => real.createFolder(path)),
    },
    changes: () => changes,
  };
}

/** Returns the code of the problem that an action throws, or `none`. Rethrows bugs. */
export async function catchCode(action: () => unknown): Promise<ProblemCode | 'none'> {
  try {
    await action();
  } catch (error) {
    if (error instanceof ConsoleError) return error.code;
    throw error;
  }
  return 'none';
}

/**
 * Lists the absolute paths of all files below a folder, with one call per folder because of the old Node in Electron
 * 25.
 */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function bytesBelow(folder: string): Buffer {
  return Buffer.concat(filesBelow(folder).map((path) => readFileSync(path)));
}
