import type { ConsoleApi } from '../contract.ts';
import { ConsoleError } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';

export interface RevocationApiOptions {
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** The methods of the group `revocation`. */
export function revocationApi({ answer }: RevocationApiOptions): ConsoleApi['revocation'] {
  const later = (): Promise<Result<never>> =>
    answer(() => {
      throw new ConsoleError('revocation.document-unknown', {});
    });
  return {
    list: () => answer(() => ({ documents: [], findings: [], kubeconfigs: [] })),
    create: later,
    openFile: later,
    open: later,
    keep: later,
    reload: later,
    readFile: later,
    discard: later,
    restore: later,
    judge: later,
    edit: later,
    matches: later,
    foresee: later,
    rehearse: later,
    candidates: later,
    readSerials: later,
    propose: later,
    save: later,
    copy: later,
    exportBundle: later,
    send: later,
  };
}
