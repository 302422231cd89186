/** Why a container of certificates cannot be read, or not all of it. */
export type ContainerProblem =
  /** `offset` in bytes from its start, where that is known. */
  | { kind: 'damaged'; offset?: number }
  /** `feature` by the name that its standard gives it, for instance `EnvelopedData`; a dotted OID when it has none here. */
  | { kind: 'unsupported'; feature: string }
  /** More certificates and keys than any honest file has. */
  | { kind: 'too-many-entries'; limit: number }
  /** More rounds of key derivation than any honest file asks for: reading on would take minutes. */
  | { kind: 'too-costly' }
  /** Or altered where nothing but the passphrase could tell. */
  | { kind: 'wrong-passphrase' };

/**
 * Thrown inside the readers of containers, whose formats are nested ten levels deep, and turned into their answer at
 * their boundary: it never leaves them.
 */
export class ContainerError extends Error {
  readonly problem: ContainerProblem;

  constructor(problem: ContainerProblem) {
    super(problem.kind);
    this.name = 'ContainerError';
    this.problem = problem;
  }
}

/** The problem that a reader threw; anything else is a bug and thrown on. */
export function containerProblem(error: unknown): ContainerProblem {
  if (error instanceof ContainerError) return error.problem;
  throw error;
}
