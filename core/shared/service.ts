import type { Ports } from './ports.ts';
import { ConsoleError, type Problem, type Result } from './problem.ts';

/**
 * The methods of a group of the contract as its service has them: they give the value itself, and throw a `ConsoleError` for
 * an expected failure. Both fronts call these; for the window `answering` puts a `Result` around each.
 */
export type Service<Api> = {
  [M in keyof Api]: Api[M] extends (...given: infer G) => Promise<Result<infer T>>
    ? (...given: G) => T | Promise<T>
    : never;
};

/** Runs `work` and turns what it throws into a problem. */
export type Answer = <T>(work: () => T | Promise<T>) => Promise<Result<T>>;

/** A service as the contract has it: no method rejects. */
export function answering<Api>(answer: Answer, service: Service<Api>): Api {
  const methods = Object.entries<(...given: unknown[]) => unknown>(service as never);
  return Object.fromEntries(
    methods.map(([name, method]) => [name, (...given: unknown[]) => answer(() => method(...given))]),
  ) as Api;
}

/** Runs `work`; a `ConsoleError` becomes its problem, anything else is logged under an id and becomes `internal`. */
export async function resultOf<T>(ports: Pick<Ports, 'ids' | 'log'>, work: () => T | Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, problem: problemOf(ports, error) };
  }
}

/** The problem to show for something thrown. Only the type and the stack of a bug go to the log, never its message. */
export function problemOf(ports: Pick<Ports, 'ids' | 'log'>, error: unknown): Problem {
  if (error instanceof ConsoleError) return { code: error.code, params: error.params };
  const logId = ports.ids.next();
  const facts: Record<string, string> =
    error instanceof Error ? { type: error.name, stack: framesOf(error) } : { type: typeof error };
  ports.log.write('error', 'unexpected error', { id: logId, ...facts });
  return { code: 'internal', params: { id: logId }, logId };
}

/** Stack frames without the message, which may quote what was being read. */
function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
}
