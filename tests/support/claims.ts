import { ConsoleError } from '../../core/shared/problem.ts';
import type { ClaimFolder } from '../../core/shared/ports.ts';

/** Returns a function that claims folders in memory, for folders that only one process uses. */
export function memoryClaims(claimed = new Set<string>()): ClaimFolder {
  return async (folder) => {
    if (claimed.has(folder)) throw new ConsoleError('store.locked', { path: folder });
    claimed.add(folder);
    return { check: () => undefined, release: async () => void claimed.delete(folder) };
  };
}
