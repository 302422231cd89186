import { expect, test } from 'vitest';
import { noVault } from '../../../core/node/vault.ts';

test('the command line reports that it has no vault', async () => {
  const vault = noVault();
  const secret = new Uint8Array([1]);
  expect(await vault.isAvailable()).toBe(false);
  await expect(vault.protect(secret)).rejects.toMatchObject({ code: 'vault.not-available' });
  expect(await vault.unprotect(secret)).toBeUndefined();
});
