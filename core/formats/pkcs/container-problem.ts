/** The reason why a container of certificates cannot be read, in whole or in part. */
export type ContainerProblem =
  /** `offset` counts bytes from the start of the container, if known. */
  | { kind: 'damaged'; offset?: number }
  /** `feature` is the standard's name, for instance `EnvelopedData`, or a dotted OID without a name here. */
  | { kind: 'unsupported'; feature: string }
  /** More certificates and keys than any honest file contains. */
  | { kind: 'too-many-entries'; limit: number }
  /** More rounds of key derivation than any honest file needs: continuing would take minutes. */
  | { kind: 'too-costly' }
  /** This file is too costly only in addition to others of the same import. */
  | { kind: 'too-costly-together' }
  /** The file may also have been altered where only the passphrase could show it. */
  | { kind: 'wrong-passphrase' };

/**
 * Thrown inside the container readers, whose formats are nested ten levels deep. Each reader turns it into its result.
 */
export class ContainerError extends Error {
  readonly problem: ContainerProblem;

  constructor(problem: ContainerProblem) {
    super(problem.kind);
    this.name = 'ContainerError';
    this.problem = problem;
  }
}

/** Returns the problem that a reader threw; rethrows anything else, which is a bug. */
export function containerProblem(error: unknown): ContainerProblem {
  if (error instanceof ContainerError) return error.problem;
  throw error;
}
