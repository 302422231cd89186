import type { MessagePort, Worker } from 'node:worker_threads';
import type { Ports } from '../../shared/ports.ts';
import { ConsoleError, problemFromError, runForResult, type Problem, type Result } from '../../shared/problem.ts';

type Functions = Record<string, (...given: never[]) => unknown>;

type Called<F, Name extends keyof F> = F[Name] extends (...given: infer Given) => infer Value
  ? { given: Given; value: Awaited<Value> }
  : never;

type Message =
  | { kind: 'call'; id: number; name: string; given: unknown[] }
  | { kind: 'answer'; id: number; result: Result<unknown> };

/** Lines that are moved to the other thread instead of being copied. */
export class Moved {
  readonly lines: readonly Uint8Array<ArrayBuffer>[];

  constructor(lines: readonly Uint8Array<ArrayBuffer>[]) {
    this.lines = lines;
  }
}

/**
 * Connects two threads for calls in both directions. Messages arrive in order. A failed call rejects with the
 * `ConsoleError` that the other thread threw; a bug is logged in the thread where it occurs and reaches the caller as
 * `internal`.
 */
export class ThreadCalls<Theirs extends { [Name in keyof Theirs]: (...given: never[]) => unknown }> {
  readonly #port: Worker | MessagePort;
  readonly #own: Functions;
  readonly #ports: Pick<Ports, 'ids' | 'log'>;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: ConsoleError) => void }>();
  #last = 0;
  #ended: ConsoleError | undefined;

  constructor(port: Worker | MessagePort, own: Functions, ports: Pick<Ports, 'ids' | 'log'>) {
    this.#port = port;
    this.#own = own;
    this.#ports = ports;
    port.on('message', (message: Message) => {
      if (message.kind === 'answer') this.#settle(message.id, message.result);
      else void this.#answer(message);
    });
  }

  call<Name extends keyof Theirs & string>(
    name: Name,
    ...given: Called<Theirs, Name>['given']
  ): Promise<Called<Theirs, Name>['value']> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#last += 1;
      this.#waiting.set(this.#last, { resolve, reject });
      this.#port.postMessage({ kind: 'call', id: this.#last, name, given } satisfies Message);
    });
  }

  end(problem: Problem): void {
    this.#ended = revive(problem);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  async #answer({ id, name, given }: Extract<Message, { kind: 'call' }>): Promise<void> {
    const result = await runForResult(this.#ports, () => {
      const asked = Object.hasOwn(this.#own, name) ? this.#own[name] : undefined;
      if (asked === undefined) throw new Error(`no function of this thread: ${name}`);
      return asked(...(given as never[]));
    });
    const moved = result.ok && result.value instanceof Moved ? result.value.lines : undefined;
    const send = (answer: Result<unknown>, moves: readonly ArrayBuffer[] = []): void =>
      this.#port.postMessage({ kind: 'answer', id, result: answer } satisfies Message, moves);
    try {
      if (moved === undefined) send(result);
      else {
        send(
          { ok: true, value: moved },
          moved.map(({ buffer }) => buffer),
        );
      }
    } catch (error) {
      // A result that cannot be copied is a bug, which is reported to the caller.
      send({ ok: false, problem: problemFromError(this.#ports, error) });
    }
  }

  #settle(id: number, result: Result<unknown>): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (result.ok) waiting?.resolve(result.value);
    else waiting?.reject(revive(result.problem));
  }
}

function revive({ code, params }: Problem): ConsoleError {
  return new ConsoleError(...([code, params] as unknown as ConstructorParameters<typeof ConsoleError>));
}
