import type { Methods } from '../shared/contract/method.ts';
import { SECRET_REMOVED } from '../formats/text/secret-filter.ts';
import { secretLineIn } from '../formats/text/secrets-in-text.ts';
import type { Ports } from '../shared/ports.ts';
import { ConsoleError, type Answer, type Service, type AuditFacts, type Note } from '../shared/problem.ts';
import type { AuditAction } from '../shared/contract/audit-action.ts';
import type { AuditTrail } from './store/audit.ts';

/** In characters; longer facts, such as a long list of names, are cut. */
const LONGEST_FACT = 1_000;
/** Error codes that mean that a line could not be written. Others are bugs, or the data is from a newer version. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  ...['store.not-writable', 'store.locked', 'store.lock-lost', 'file.not-writable', 'file.not-readable'],
]);

interface Act {
  action: AuditAction;
  facts: AuditFacts;
}

/** Records each act in two lines with the same id: `begun` before it, `done` or `failed` after it. */
export class Recorder {
  readonly #ports: Pick<Ports, 'ids' | 'host'>;
  readonly #trail: Pick<AuditTrail, 'append' | 'path'>;

  constructor(ports: Pick<Ports, 'ids' | 'host'>, trail: Pick<AuditTrail, 'append' | 'path'>) {
    this.#ports = ports;
    this.#trail = trail;
  }

  /**
   * Writes a line of the trail before and after `work`. Throws `audit.not-writable` if the first line could not be
   * written, so that nothing was done, and `audit.end-missing` if the act was done but the second line is missing.
   */
  async record<T>({ action, facts }: Act, work: (note: Note) => T | Promise<T>): Promise<T> {
    const { ids, host } = this.#ports;
    const act = ids.next();
    let known = facts;
    const append = async (phase: 'begun' | 'done' | 'failed', code?: string): Promise<void> => {
      const shown: Record<string, string | number | boolean> = {};
      for (const [name, value] of Object.entries({ ...known, code })) {
        // Somebody may have typed a secret in place of a name.
        if (typeof value === 'string')
          shown[name] = secretLineIn(value) === undefined ? value.slice(0, LONGEST_FACT) : SECRET_REMOVED;
        else if (value !== undefined) shown[name] = value;
      }
      const { subject = '', ...params } = shown;
      await this.#trail.append({
        by: host.user(),
        action,
        subject: String(subject),
        params: { ...params, act, phase },
      });
    };
    const { path } = this.#trail;
    await append('begun').catch((error: unknown) => {
      if (!isNotWritten(error)) throw error;
      throw new ConsoleError('audit.not-writable', { path }, { cause: error });
    });
    let value: T;
    try {
      value = await work((more) => {
        known = { ...known, ...more };
      });
    } catch (error) {
      const code = error instanceof ConsoleError ? error.code : 'internal';
      // If this line cannot be written, only the failure of the act is reported.
      await append('failed', String(known['code'] ?? code)).catch(() => undefined);
      throw error;
    }
    const { code } = known;
    await (code === undefined ? append('done') : append('failed', String(code))).catch((error: unknown) => {
      if (!isNotWritten(error)) throw error;
      throw new ConsoleError('audit.end-missing', { path }, { cause: error });
    });
    return value;
  }
}

function isNotWritten(error: unknown): error is ConsoleError {
  return error instanceof ConsoleError && NOT_WRITTEN.has(error.code);
}

export interface AnsweringContext {
  answer: Answer;
  recorder: Recorder;
  tickets: Pick<Ports['tickets'], 'peek'>;
}

export type Services<Api> = { [Feature in keyof Api]: Service<Api[Feature]> };

type Call = (...given: unknown[]) => unknown;

/** Wraps services so that no method rejects, and calls that change or export something are recorded. */
export function wrapServices<Api>(
  methods: Readonly<Record<keyof Api, Methods>>,
  services: Services<Api>,
  { answer, recorder, tickets }: AnsweringContext,
): Api {
  const features = Object.entries<Record<string, Call>>(services as never).map(([feature, calls]) => {
    /** Acts whose first line is being written. Reads wait for them, so that calls of a feature take effect in order. */
    const beginning = new Set<Promise<void>>();
    const wrapped = Object.entries(calls).flatMap(([name, call]): [string, Call][] => {
      const method = methods[feature as keyof Api][name];
      return method === undefined ? [] : [[name, (...given) => answer(() => run(method, call, given, beginning))]];
    });
    return [feature, Object.fromEntries(wrapped)];
  });
  return Object.fromEntries(features) as Api;

  async function run(
    { effect, answerFacts }: Methods[string],
    call: Call,
    given: unknown[],
    beginning: Set<Promise<void>>,
  ): Promise<unknown> {
    const action = effect.kind === 'reads' ? undefined : effect.action(given[0]);
    if (effect.kind === 'reads' || action === undefined) {
      if (beginning.size > 0) await Promise.all(beginning);
      return call(...given);
    }
    let begin!: () => void;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    beginning.add(begun);
    void begun.then(() => beginning.delete(begun));
    const { target, source, tickets: several } = (given[0] ?? {}) as Record<string, unknown>;
    const ofFiles = [target, source, several].flat().filter((ticket) => typeof ticket === 'string');
    const paths = ofFiles.flatMap((ticket) => tickets.peek(ticket) ?? []);
    const facts = { ...effect.facts(given[0]), path: paths.length === 0 ? undefined : paths.join(', ') };
    try {
      return await recorder.record({ action, facts }, async (note) => {
        begin();
        const value = await call(...given, note);
        if (answerFacts !== undefined) note(answerFacts(value));
        return value;
      });
    } finally {
      begin();
    }
  }
}
