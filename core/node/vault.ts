import { ConsoleError } from '../shared/problem.ts';
import type { Vault } from '../shared/ports.ts';

/** Serves programs without access to the key store of the operating system, such as the command line. */
export function noVault(): Vault {
  return {
    isAvailable: async () => false,
    protect: async () => {
      throw new ConsoleError('vault.not-available', {});
    },
    unprotect: async () => undefined,
  };
}
