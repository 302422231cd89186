import { describe, expect, test } from 'vitest';
import { electronVault } from '../../electron/vault.ts';

type Storage = Parameters<typeof electronVault>[0];

const SECRET = new Uint8Array([0, 1, 2, 253, 254, 255]);

/** Imitates encryption: inverts every bit and puts Chromium's mark at the beginning. */
const guard = (mark: string, text: string): Buffer =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text).map((byte) => byte ^ 0xff)]);
const open = (guarded: Buffer): string => Buffer.from(guarded.subarray(3).map((byte) => byte ^ 0xff)).toString();

/** Imitates Electron 25, which has only synchronous methods and cannot name the backend. */
function oldStorage(available: boolean, mark = 'v10'): Storage {
  return {
    isEncryptionAvailable: () => available,
    encryptString: (text) => {
      // The wording of the error in Electron 25 if there is no key store.
      if (!available) throw new Error('Error while decrypting the ciphertext');
      return guard(mark, text);
    },
    decryptString: open,
  };
}

/** Imitates Electron 45, which has both kinds of methods. */
function newStorage(backend: string, mark: string, available = true): Storage {
  return {
    ...oldStorage(false),
    isAsyncEncryptionAvailable: async () => available,
    encryptStringAsync: async (text) => guard(mark, text),
    decryptStringAsync: async (guarded) => ({ shouldReEncrypt: false, result: open(guarded) }),
    getSelectedStorageBackend: () => backend as ReturnType<Required<Storage>['getSelectedStorageBackend']>,
  };
}

describe('the key store of the system', () => {
  test.each<[string, Storage, string, boolean]>([
    ['Windows, Electron 25', oldStorage(true), 'win32', true],
    ['Windows, Electron 45', newStorage('', 'v10'), 'win32', true],
    ['macOS', newStorage('', 'v10'), 'darwin', true],
    ['macOS with a locked keychain', newStorage('', 'v10', false), 'darwin', false],
    ['GNOME Keyring', newStorage('gnome_libsecret', 'v11'), 'linux', true],
    ['KWallet', newStorage('kwallet6', 'v11'), 'linux', true],
    ['GNOME without a key', newStorage('gnome_libsecret', 'v11', false), 'linux', false],
    ['GNOME that fell back to the well-known key', newStorage('gnome_libsecret', 'v10'), 'linux', false],
    ['Linux without a key store', newStorage('basic_text', 'v10'), 'linux', false],
    ['Linux before Electron is ready', newStorage('unknown', 'v11'), 'linux', false],
    ['Linux, Electron 25, with an unknown backend', oldStorage(true, 'v11'), 'linux', false],
    ['Linux, Electron 25, without a key store', oldStorage(false), 'linux', false],
    ['an Electron without any known method', {}, 'win32', false],
  ])('encrypts a secret only if the key is real: %s', async (_name, storage, platform, available) => {
    const vault = electronVault(storage, platform);
    expect(await vault.isAvailable()).toBe(available);
    if (!available) {
      await expect(vault.protect(SECRET)).rejects.toMatchObject({ code: 'vault.not-available' });
      return;
    }
    const guarded = await vault.protect(SECRET);
    expect(Buffer.from(guarded).includes(Buffer.from(SECRET))).toBe(false);
    expect(await vault.unprotect(guarded)).toEqual(SECRET);
  });

  test('reports the key store as unavailable after an encryption error', async () => {
    const storage: Storage = {
      ...newStorage('', 'v10'),
      encryptStringAsync: () => Promise.reject(new Error('closed')),
    };
    await expect(electronVault(storage, 'win32').protect(SECRET)).rejects.toMatchObject({
      code: 'vault.not-available',
    });
  });

  test('returns `undefined` instead of an error for a secret that cannot be decrypted', async () => {
    const storage: Storage = {
      ...newStorage('', 'v10'),
      decryptStringAsync: () => Promise.reject(new Error('another user')),
    };
    expect(await electronVault(storage, 'win32').unprotect(SECRET)).toBeUndefined();
    expect(await electronVault({}, 'win32').unprotect(SECRET)).toBeUndefined();
  });
});
