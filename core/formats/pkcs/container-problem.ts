export type ContainerProblem =
  /** `offset` in bytes from the start of the container, if known. */
  | { kind: 'damaged'; offset?: number }
  /** `feature` is the name in the standard, for instance `EnvelopedData`, or a dotted OID if the name is unknown. */
  | { kind: 'unsupported'; feature: string }
  /** More than any genuine file contains. */
  | { kind: 'too-many-entries'; limit: number }
  /** Key derivation with more rounds than in any genuine file; it would take minutes. */
  | { kind: 'too-costly' }
  /** Affordable alone, but other files of the same import have used up the budget. */
  | { kind: 'too-costly-together' }
  /** Certain alterations of the file look the same as a wrong passphrase. */
  | { kind: 'wrong-passphrase' };

/**
 * Thrown inside the readers of containers, since the formats nest ten levels deep. Each reader converts it to a result.
 */
export class ContainerError extends Error {
  readonly problem: ContainerProblem;

  constructor(problem: ContainerProblem) {
    super(problem.kind);
    this.name = 'ContainerError';
    this.problem = problem;
  }
}

export function damageError(offset?: number): ContainerError {
  return new ContainerError({ kind: 'damaged', offset });
}

/** Rethrows any other error, which is a bug. */
export function containerProblem(error: unknown): ContainerProblem {
  if (error instanceof ContainerError) return error.problem;
  throw error;
}
