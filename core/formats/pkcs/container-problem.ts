/** Why a container of certificates cannot be read, in whole or in part. */
export type ContainerProblem =
  /** `offset` counts bytes from its start, where known. */
  | { kind: 'damaged'; offset?: number }
  /** `feature` is named as in its standard, for instance `EnvelopedData`; a dotted OID when it has no name here. */
  | { kind: 'unsupported'; feature: string }
  /** More certificates and keys than any honest file contains. */
  | { kind: 'too-many-entries'; limit: number }
  /** More rounds of key derivation than any honest file asks for: continuing would take minutes. */
  | { kind: 'too-costly' }
  /** This file costs too much only together with others of the same import. */
  | { kind: 'too-costly-together' }
  /** Or the file was altered where only the passphrase could tell. */
  | { kind: 'wrong-passphrase' };

/**
 * Thrown inside the container readers, whose formats are nested ten levels deep, and turned into their result at their
 * boundary.
 */
export class ContainerError extends Error {
  readonly problem: ContainerProblem;

  constructor(problem: ContainerProblem) {
    super(problem.kind);
    this.name = 'ContainerError';
    this.problem = problem;
  }
}

/** The problem that a reader threw; anything else is a bug and is thrown on. */
export function containerProblem(error: unknown): ContainerProblem {
  if (error instanceof ContainerError) return error.problem;
  throw error;
}
