import { Moved } from '../../core/node/threads/thread-calls.ts';
import { callFault, TEXT_METHODS } from '../../core/contract.ts';
import { ConsoleError } from '../../core/shared/problem.ts';
import { writeJson } from '../../core/shared/stepwise/json-pieces.ts';

/** By feature and name. Each method answers with a `Result`. */
type Api = Readonly<Record<string, Readonly<Record<string, (argument: unknown) => Promise<unknown>>>>>;

/**
 * Answers an unchecked call from the page. Long answers are lines of JSON, which are moved rather than copied. Throws
 * `argument.invalid`.
 */
export async function answerPage(api: object, method: unknown, argument: unknown): Promise<unknown> {
  const fault = callFault(method, argument);
  if (fault !== undefined) throw new ConsoleError('argument.invalid', { reason: fault });
  const [feature = '', name = ''] = String(method).split('.');
  const call = (api as Api)[feature]?.[name];
  if (call === undefined) throw new Error(`method without implementation: ${feature}.${name}`);
  const answer = await call(argument);
  return TEXT_METHODS.has(method) ? new Moved(writeJson(answer)) : answer;
}
