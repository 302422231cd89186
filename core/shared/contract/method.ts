import { z } from 'zod';
import type { Result, AuditFacts } from '../problem.ts';
import { READS, declareAct, type ActionFor, type Effect } from './effect.ts';

declare const ANSWER: unique symbol;

/** The schema with which main checks the argument, and the type of the answer. */
interface Method<Argument extends z.ZodType = z.ZodType, Answer = unknown> {
  readonly argument: Argument;
  readonly effect: Effect;
  /** Whether the answer reaches the page as bytes of JSON. */
  readonly isText?: true;
  /** Whether the method takes so long that other calls must not wait for it. */
  readonly computes?: true;
  answerFacts?(this: void, answer: Answer): AuditFacts;
  /** For the compiler only: main makes the answers and need not check them. */
  readonly [ANSWER]?: Answer;
}

export type Methods = Readonly<Record<string, Method>>;

interface Declaration<Argument extends z.ZodType> {
  answers<Answer>(facts?: (answer: Answer) => AuditFacts): Method<Argument, Answer>;
  /**
   * Declares large JSON, such as the plan of a thousand clusters, which is written and read in pieces. Other answers
   * are copied for the page object by object, which takes twenty times as long. The transfer drops fields that are
   * `undefined`.
   */
  answersText<Answer>(): Method<Argument, Answer>;
}

/** A method without an effect does not compile. */
interface Undeclared<Argument extends z.ZodType> {
  reads(): Declaration<Argument>;
  /** Reads the inventory and needs long computations, which the window runs in a separate thread. */
  computes(): Declaration<Argument>;
  changes(...act: Act<Argument>): Declaration<Argument>;
  exports(...act: Act<Argument>): Declaration<Argument>;
}

type Act<Argument extends z.ZodType> = [
  action: ActionFor<z.infer<Argument>>,
  facts?: (argument: z.infer<Argument>) => AuditFacts,
];

/**
 * Declares a method: `method({ clusterId }).reads().answers<ClusterRows>()`. Accepts a schema, the fields of a strict
 * object, or nothing if the method has no argument.
 */
export function method(): Undeclared<z.ZodUndefined>;
export function method<Argument extends z.ZodType>(argument: Argument): Undeclared<Argument>;
export function method<Fields extends z.ZodRawShape>(fields: Fields): Undeclared<z.ZodObject<Fields, z.core.$strict>>;
export function method(given: z.ZodType | z.ZodRawShape = z.undefined()): Undeclared<z.ZodType> {
  const argument = given instanceof z.ZodType ? given : z.strictObject(given);
  const declare = (effect: Effect, more: Pick<Method, 'computes'> = {}): Declaration<z.ZodType> => ({
    answers: (answerFacts) => ({ argument, effect, ...more, ...(answerFacts && { answerFacts }) }),
    answersText: () => ({ argument, effect, ...more, isText: true }),
  });
  return {
    reads: () => declare(READS),
    computes: () => declare(READS, { computes: true }),
    changes: (action, facts) => declare(declareAct('changes', action, facts)),
    exports: (action, facts) => declare(declareAct('exports', action, facts)),
  };
}

export type Calls<M extends Methods> = {
  [Name in keyof M]: M[Name] extends Method<infer Argument, infer Answer>
    ? (...request: undefined extends z.infer<Argument> ? [] : [request: z.infer<Argument>]) => Promise<Result<Answer>>
    : never;
};
