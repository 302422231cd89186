import type { SafeStorage } from 'electron';
import { ConsoleError } from '../core/shared/problem.ts';
import type { Vault } from '../core/shared/ports.ts';

/**
 * Chromium on Linux marks data encrypted with a key from its source code; elsewhere the key is real. Source: Chromium,
 * components/os_crypt/async/browser/posix_key_provider.cc.
 */
const WELL_KNOWN_KEY_MARK = 'v10';

/** Backends that keep nothing secret. Source: Electron, safeStorage.getSelectedStorageBackend. */
const OPEN_BACKENDS: readonly (string | undefined)[] = [undefined, 'basic_text', 'unknown'];

/**
 * Returns the system's key store: DPAPI on Windows, the keychain on macOS, a secret service on Linux. It is available
 * only if it really encrypts. Electron versions differ in `storage` methods: asynchronous from 42, synchronous before
 * 46, and one naming the backend from 25.5.
 */
export function electronVault(storage: Partial<SafeStorage>, platform: string): Vault {
  const isAvailable = async (): Promise<boolean> => {
    try {
      if (platform !== 'linux') return await canEncrypt(storage);
      if (OPEN_BACKENDS.includes(storage.getSelectedStorageBackend?.())) return false;
      if (!(await canEncrypt(storage))) return false;
      // The backend in use may differ from the chosen one; encrypting a sample reveals that.
      return !isOpen(await encrypt(storage, 'sample'));
    } catch {
      return false;
    }
  };
  return {
    isAvailable,
    protect: async (secret) => {
      if (!(await isAvailable())) throw new ConsoleError('vault.not-available', {});
      try {
        const guarded = await encrypt(storage, Buffer.from(secret).toString('base64'));
        if (platform !== 'linux' || !isOpen(guarded)) return new Uint8Array(guarded);
      } catch (error) {
        throw new ConsoleError('vault.not-available', {}, { cause: error });
      }
      throw new ConsoleError('vault.not-available', {});
    },
    unprotect: async (guarded) => {
      try {
        const text = await decrypt(storage, Buffer.from(guarded));
        return text === undefined ? undefined : new Uint8Array(Buffer.from(text, 'base64'));
      } catch {
        // Electron's errors are misleading here, and nobody needs them.
        return undefined;
      }
    },
  };
}

async function canEncrypt(storage: Partial<SafeStorage>): Promise<boolean> {
  return storage.isAsyncEncryptionAvailable?.() ?? storage.isEncryptionAvailable?.() ?? false;
}

async function encrypt(storage: Partial<SafeStorage>, text: string): Promise<Buffer> {
  const encrypted = storage.encryptStringAsync?.(text) ?? storage.encryptString?.(text);
  if (encrypted === undefined) throw new Error('this Electron has no safeStorage that is known here');
  return encrypted;
}

async function decrypt(storage: Partial<SafeStorage>, guarded: Buffer): Promise<string | undefined> {
  if (storage.decryptStringAsync !== undefined) return (await storage.decryptStringAsync(guarded)).result;
  return storage.decryptString?.(guarded);
}

function isOpen(guarded: Buffer): boolean {
  return guarded.subarray(0, WELL_KNOWN_KEY_MARK.length).toString('latin1') === WELL_KNOWN_KEY_MARK;
}
