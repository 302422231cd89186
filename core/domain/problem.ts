/**
 * The closed list of operations' failures, with the values that each carries. Text and remedy: `problem.<code>` and
 * `problem.<code>.remedy`, which may use these values and no others.
 */
export const PROBLEM_VALUES = {
  'argument.invalid': ['reason'],
  'ticket.unknown': [],
  'file.not-found': ['path'],
  'file.not-readable': ['path'],
  'file.too-large': ['path'],
  'file.not-writable': ['path'],
  'store.locked': ['path'],
  'store.newer': ['path', 'schema', 'known'],
  'store.not-writable': ['path'],
  'cluster.unknown': ['cluster'],
  'credential.unknown': [],
  'import.nothing-found': ['path'],
  'export.nothing-to-write': [],
  internal: ['id'],
} as const satisfies Record<string, readonly string[]>;

export type ProblemCode = keyof typeof PROBLEM_VALUES;
export const PROBLEM_CODES = Object.keys(PROBLEM_VALUES) as readonly ProblemCode[];

/** What a problem must carry; more may be added for the log. */
export type ProblemParams<C extends ProblemCode> = Record<
  (typeof PROBLEM_VALUES)[C][number],
  string | number
> &
  Record<string, string | number>;

/** An operation that could not be done, as it crosses a boundary. `logId` names the log entry of an internal error. */
export interface Problem {
  code: ProblemCode;
  params: Record<string, string | number>;
  logId?: string;
}

type ProblemArguments = {
  [C in ProblemCode]: [code: C, params: ProblemParams<C>, options?: ErrorOptions];
}[ProblemCode];

/** Thrown inside `core` for expected failures; becomes a `Problem` at the boundary only. */
export class ConsoleError extends Error {
  readonly code: ProblemCode;
  readonly params: Record<string, string | number>;

  constructor(...[code, params, options]: ProblemArguments) {
    super(code, options);
    this.name = 'ConsoleError';
    this.code = code;
    this.params = params;
  }
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };
