import { z } from 'zod';
import type { Result } from '../shared/problem.ts';

declare const ANSWER: unique symbol;

/** A method of the contract: the schema with which main checks its argument, and the type of its answer. */
interface Method<Argument extends z.ZodType = z.ZodType, Answer = unknown> {
  readonly argument: Argument;
  /** The answer crosses to the page as JSON in pieces. */
  readonly isText?: true;
  /** For the compiler only: main produces the answers and need not check them. */
  readonly [ANSWER]?: Answer;
}

/** The methods of one feature, by name. */
export type Methods = Readonly<Record<string, Method>>;

interface Declaration<Argument extends z.ZodType> {
  answers<Answer>(): Method<Argument, Answer>;
  /**
   * For JSON that may be large, such as the plan of a thousand clusters. Everything else is copied for the page object by
   * object, which takes twenty times as long. Written and read in pieces, nobody waits for it. Fields that are `undefined`
   * are absent afterwards.
   */
  answersText<Answer>(): Method<Argument, Answer>;
}

/**
 * Declares a method: `method({ clusterId }).answers<ClusterRows>()`. Takes a schema, the fields of an object that may
 * have no others, or nothing for a method without an argument.
 */
export function method(): Declaration<z.ZodUndefined>;
export function method<Argument extends z.ZodType>(argument: Argument): Declaration<Argument>;
export function method<Fields extends z.ZodRawShape>(fields: Fields): Declaration<z.ZodObject<Fields, z.core.$strict>>;
export function method(argument: z.ZodType | z.ZodRawShape = z.undefined()): Declaration<z.ZodType> {
  const schema = argument instanceof z.ZodType ? argument : z.strictObject(argument);
  return { answers: () => ({ argument: schema }), answersText: () => ({ argument: schema, isText: true }) };
}

/** Declared methods as functions, as a front end calls them. Arguments and answers are plain cloneable data. */
export type Calls<M extends Methods> = {
  [Name in keyof M]: M[Name] extends Method<infer Argument, infer Answer>
    ? (...request: undefined extends z.infer<Argument> ? [] : [request: z.infer<Argument>]) => Promise<Result<Answer>>
    : never;
};
