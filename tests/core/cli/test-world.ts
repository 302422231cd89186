import { runCli } from '../../../core/cli/run.ts';
import type { CliEnvironment } from '../../../core/shared/verb/world.ts';
import type { AuthorityKind } from '../../../core/pki/model/authority.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import type { Language } from '../../../core/shared/text/text.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { memoryTickets } from '../../../core/node/tickets.ts';
import { testPorts, type MemoryFiles, type TestPorts } from '../../support/ports.ts';
import { aScenario, DATA, LOW_COST, PASSPHRASE } from '../authorities/operations/scenario.ts';

export interface Outcome {
  code: number;
  out: string;
  notices: string;
}

function unreachable(): never {
  throw new Error('no store is expected');
}

/** An in-memory environment in which command lines run. */
export class TestWorld {
  readonly ports: TestPorts;
  readonly environment = new Map<string, string>();
  /** Standard input. */
  input = '';
  /** Answers typed at a terminal; `undefined` cancels the question. Absent: there is no terminal. */
  typed: { answers: string[] | undefined } | undefined;
  readonly questions: string[] = [];
  readonly opened: ('reading' | 'alone')[] = [];
  /** Choices typed at a terminal, one per question. Absent: there is no terminal. */
  chosen: string[] | undefined;
  /** Folders locked by a process. */
  readonly claimed = new Set<string>();
  language: Language = 'en';
  isTerminal = false;
  /** Called with each progress line. Absent: standard error is not a terminal. */
  progress: ((line: string) => void) | undefined;
  /** Aborted by Ctrl+C. */
  readonly interrupting = new AbortController();
  /** The content of the data folder. Absent: no command may open it. */
  store: Store | undefined;
  isLocked = false;

  constructor(ports: TestPorts) {
    this.ports = ports;
    // Keeps a copy, because the writer wipes its buffer afterwards.
    const replace = ports.files.replace.bind(ports.files);
    ports.files.replace = (path, content) =>
      replace(path, content instanceof Uint8Array ? Uint8Array.from(content) : content);
  }

  get files(): MemoryFiles {
    return this.ports.files;
  }

  /** Adds a file to the working folder of the commands. */
  put(name: string, content: string | Uint8Array): this {
    this.files.put(`/folder/${name}`, content);
    return this;
  }

  async text(name: string): Promise<string> {
    return new TextDecoder().decode(await this.files.read(`/folder/${name}`, Infinity));
  }

  async run(...words: string[]): Promise<Outcome> {
    const outcome = { out: '', notices: '' };
    return { code: await runCli(words, this.#world(outcome)), ...outcome };
  }

  /** Runs a command with `--json`, expects this exit code, and returns the parsed output. */
  async json<T = Record<string, never>>(code: number, ...words: string[]): Promise<T> {
    const outcome = await this.run(...words, '--json');
    if (outcome.code !== code) throw new Error(`exit code ${outcome.code}: ${outcome.notices}`);
    return JSON.parse(outcome.out) as T;
  }

  #world(outcome: { out: string; notices: string }): CliEnvironment {
    const { typed, ports } = this;
    return {
      write: (text) => (outcome.out += typeof text === 'string' ? text : new TextDecoder().decode(text)),
      writeError: (text) => (outcome.notices += text),
      ...(this.progress !== undefined && { progress: this.progress }),
      isTerminal: this.isTerminal,
      language: this.language,
      version: '1.2.3',
      defaultDataFolder: DATA,
      absolute: (path) => (path.startsWith('/') ? path : `/folder/${path}`),
      ports: ({ now }) => {
        if (now !== undefined) ports.clock.moment = now;
        const host = {
          about: () => ({ version: '1.2.3', node: '22', system: 'test' }),
          chooseSources: unreachable,
          chooseTarget: unreachable,
          copy: unreachable,
          user: () => 'CORP\\admin',
        };
        return { ...ports, tickets: memoryTickets(), host };
      },
      checkData: () => Promise.resolve(),
      openToRead: async ({ ports: given }, open) => {
        this.opened.push('reading');
        const options = { readOnly: true, scryptCost: LOW_COST };
        return open(given, DATA, options);
      },
      workAlone: async ({ ports: given }, open, work) => {
        if (this.isLocked) throw new ConsoleError('store.locked', { path: DATA });
        this.opened.push('alone');
        const options = { readOnly: false, scryptCost: LOW_COST };
        const part = await open(given, DATA, options);
        try {
          return await work(part);
        } finally {
          // Several commands share the test's store, so it stays open.
          if ((part as object) !== this.store) await part.close();
        }
      },
      openStore: async () => this.store ?? unreachable(),
      environment: (name) => this.environment.get(name),
      input: async () => new TextEncoder().encode(this.input),
      ...(typed !== undefined && {
        ask: async (questions: readonly string[]) => {
          this.questions.push(...questions);
          return typed.answers;
        },
      }),
      ...(this.chosen !== undefined && {
        choose: async (question: string) => {
          this.questions.push(question);
          return this.chosen?.shift();
        },
      }),
      cancelling: () => this.interrupting.signal,
      claim: async (folder) => {
        if (this.claimed.has(folder)) throw new ConsoleError('store.locked', { path: folder });
        this.claimed.add(folder);
        return { check: () => undefined, release: async () => void this.claimed.delete(folder) };
      },
      isHeld: async (folder) => this.claimed.has(folder),
      computer: () => ({ name: 'host01', ip: '10.0.0.5' }),
    };
  }
}

export function emptyWorld(): TestWorld {
  return new TestWorld(testPorts());
}

/** Makes a world with one authority, whose passphrase is in the environment. */
export async function worldWith(kind: AuthorityKind): Promise<TestWorld> {
  const world = new TestWorld((await aScenario(kind)).ports);
  world.environment.set('ARCWARDEN_PASSPHRASE', PASSPHRASE);
  return world;
}
