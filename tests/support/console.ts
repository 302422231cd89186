import { AuditTrail } from '../../core/audit/store/audit.ts';
import { openAuthorities } from '../../core/authorities/store/store.ts';
import { createConsole, type Console } from '../../core/console/console.ts';
import type { ConsoleData } from '../../core/console/data.ts';
import { joinLines, readLine, writeJson } from '../../core/shared/stepwise/json-pieces.ts';
import { callFault, TEXT_METHODS, type ConsoleApi, type ConsoleEvents } from '../../core/contract.ts';
import type { ImportReport } from '../../core/inventory/contract.ts';
import { memoryTickets } from '../../core/node/tickets.ts';
import { openNotificationStore } from '../../core/notifications/store/store.ts';
import { openRevocationStore } from '../../core/revocation/store/store.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import { instantFromMs, epochMs } from '../../core/shared/instant.ts';
import type { Host, Tickets, Vault } from '../../core/shared/ports.ts';
import { sourceUse, type FileTicket, type FileUse } from '../../core/shared/ticket.ts';
import type { Problem, Result } from '../../core/shared/problem.ts';
import type { Api } from '../../renderer/parts/window/api.ts';
import { openStore } from '../../core/settings/store/store.ts';
import { ConsoleState } from '../../renderer/shell/console.svelte.ts';
import { memoryClaims } from './claims.ts';
import { MemoryFiles, TEST_NOW, testPorts, type RecordingOutside, type TestPorts } from './ports.ts';

export const NOW_MS = epochMs(TEST_NOW);

/** The problem that the page receives for a bug in main. */
export const PROBLEM: Problem = { code: 'internal', params: { id: '7f3c' }, logId: '7f3c' };

export const DATA_FOLDER = '/data';

const DROPPED: readonly FileUse[] = ['read:import', 'read:evidence'];

/** The original timer, stored because tests replace the timers. */
const soon = globalThis.setImmediate;

/** With the real cost, tests would spend most of their time deriving keys. */
const LOW_COST = { N: 16, r: 8, p: 1 };

type Feature = keyof ConsoleApi;
type Method<F extends Feature, M extends keyof ConsoleApi[F]> = Extract<
  ConsoleApi[F][M],
  (...parameters: never[]) => Promise<unknown>
>;
type Argument<F extends Feature, M extends keyof ConsoleApi[F]> = Parameters<Method<F, M>>[0];
type Call = (argument: unknown) => Promise<unknown>;

/** Replacements for methods of the services: a delay, a failure, or a result that no real file yields. */
export type Overrides = { [F in Feature]?: Partial<ConsoleApi[F]> };

export interface ConsoleChoices {
  /** Contents by absolute path. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  overrides?: Overrides;
  vault?: Vault;
  /** Receives commands and messages instead of programs and servers. */
  outside?: RecordingOutside;
}

/** The services of a console with ports in memory, and the state that its page receives. */
export class TestConsole {
  readonly api: Api;
  readonly files: MemoryFiles;
  readonly ports: TestPorts & { tickets: Tickets; host: Host };
  readonly data: ConsoleData;
  readonly overrides: Overrides;
  /** The calls of the page, in order. */
  readonly asked: { method: string; argument: unknown }[] = [];
  /** The admin's choices in the dialogs of the system. No target means a cancelled dialog. */
  sources: string[] = [];
  target: string | null = '/saved';
  isPrinted = true;
  readonly copied: string[] = [];
  readonly #console: Console;
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();
  readonly #pending = new Set<Promise<unknown>>();

  constructor(ports: TestPorts, data: ConsoleData, overrides: Overrides) {
    this.files = ports.files;
    this.data = data;
    this.overrides = overrides;
    const tickets = memoryTickets();
    const host: Host = {
      about: () => ({ version: '0.1.0', node: '20', system: 'Windows Server 2022' }),
      chooseSources: async (kind) => this.sources.map((path) => tickets.issue(path, sourceUse(kind))),
      chooseTarget: async (_name, format) =>
        this.target === null ? null : tickets.issue(this.target, `write:${format}`),
      copy: async (text) => void this.copied.push(text),
      user: () => 'admin',
      toast: async () => {},
      print: async () => this.isPrinted,
      // The admin agrees in every dialog of the system.
      confirm: async () => true,
    };
    this.ports = { ...ports, tickets, host };
    this.#console = createConsole({
      ports: this.ports,
      ...data,
      dataFolder: DATA_FOLDER,
      systemLanguage: 'en',
      claim: memoryClaims(),
      announce: (feature, event, payload) => this.emit(feature, event, payload),
    });
    const calls = Object.entries(this.#console.api).map(([feature, methods]) => [
      feature,
      Object.fromEntries(Object.keys(methods as object).map((method) => [method, this.#crossChannel(feature, method)])),
    ]);
    this.api = { ...(Object.fromEntries(calls) as ConsoleApi), on: this.#events() };
  }

  get clockMs(): number {
    return epochMs(this.ports.clock.moment);
  }

  set clockMs(ms: number) {
    this.ports.clock.moment = instantFromMs(ms);
  }

  /** Returns the arguments of every call of a method. */
  calls<F extends Feature, M extends keyof ConsoleApi[F] & string>(feature: F, method: M): Argument<F, M>[] {
    const name = `${feature}.${method}`;
    return this.asked.flatMap((call) => (call.method === name ? [call.argument as Argument<F, M>] : []));
  }

  /** Replaces the answer to a method; without `answer`, the service answers again. */
  override<F extends Feature, M extends keyof ConsoleApi[F]>(feature: F, method: M, answer?: ConsoleApi[F][M]): void {
    const { [method]: _before, ...others } = this.overrides[feature] ?? {};
    Object.assign(this.overrides, { [feature]: { ...others, ...(answer !== undefined && { [method]: answer }) } });
  }

  fail<F extends Feature, M extends keyof ConsoleApi[F]>(feature: F, method: M, problem = PROBLEM): void {
    const answer = (): Promise<Result<never>> => Promise.resolve({ ok: false, problem });
    this.override(feature, method, answer as ConsoleApi[F][M]);
  }

  /**
   * Holds back each answer to a method until the returned function is called with the number of the call, counted from
   * 0.
   */
  hold<F extends Feature, M extends keyof ConsoleApi[F]>(feature: F, method: M): (call: number) => void {
    const gates = new Map<number, Gate>();
    const gate = (call: number): Gate => {
      const known = gates.get(call) ?? new Gate();
      gates.set(call, known);
      return known;
    };
    let calls = 0;
    const real = this.#console.api[feature][method] as Call;
    const answer: Call = async (argument) => {
      const { opened } = gate((calls += 1) - 1);
      const result = await real(argument);
      await opened;
      return result;
    };
    this.override(feature, method, answer as ConsoleApi[F][M]);
    return (call) => gate(call).open();
  }

  emit<F extends keyof ConsoleEvents, E extends keyof ConsoleEvents[F]>(
    feature: F,
    event: E,
    payload: ConsoleEvents[F][E],
  ): void {
    for (const listener of this.#listeners.get(`${feature}.${String(event)}`) ?? []) listener(structuredClone(payload));
  }

  /** Waits until all pending calls of the page are answered, including calls that follow from them. */
  async settle(): Promise<void> {
    do {
      await Promise.allSettled(this.#pending);
      await new Promise((done) => soon(done));
    } while (this.#pending.size > 0);
  }

  /** Adds files and imports them together, at the time of the console's clock. */
  async import(files: Readonly<Record<string, string | Uint8Array>>): Promise<ImportReport> {
    for (const [path, content] of Object.entries(files)) this.files.put(path, content);
    const result = await this.#console.importPaths(Object.keys(files));
    if (!result.ok) throw new Error(JSON.stringify([result.problem, ...this.ports.log.entries], null, 1));
    return result.value;
  }

  /** Returns a copy of the data folder, with which other consoles can start. */
  async copyData(): Promise<Record<string, Uint8Array>> {
    const paths = this.files.paths().filter((path) => path.startsWith(DATA_FOLDER));
    return Object.fromEntries(
      await Promise.all(
        paths.map(async (path): Promise<[string, Uint8Array]> => [path, await this.files.read(path, Infinity)]),
      ),
    );
  }

  /** Opens a window of this console, with settings and inventory loaded. */
  async open(system: { language?: string; dark?: boolean } = {}): Promise<ConsoleState> {
    const state = this.openWindow(system);
    await state.settings.load();
    await state.inventory.load();
    return state;
  }

  openWindow({ language = 'en', dark = false }: { language?: string; dark?: boolean } = {}): ConsoleState {
    return new ConsoleState(this.api, { language, dark, readClock: () => this.clockMs });
  }

  /** Issues a ticket, by default with the uses of a dropped file. */
  ticket(path: string, ...uses: FileUse[]): FileTicket {
    const [first = 'read:import', ...others] = uses.length > 0 ? uses : DROPPED;
    return this.ports.tickets.issue(path, first, ...others);
  }

  clusterId(name: string): ClusterId {
    const cluster = this.data.store.clusters().find((each) => each.name === name);
    if (cluster === undefined) throw new Error(`no cluster ${name}`);
    return cluster.id;
  }

  credentialId(name: string): CredentialId {
    const credentials = this.data.store.clusters().flatMap((cluster) => cluster.credentials);
    const found = credentials.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no credential ${name}`);
    return found.id;
  }

  /**
   * Returns a method that copies values in both directions, as between processes, and throws if main would refuse the
   * argument.
   */
  #crossChannel(feature: string, method: string): Call {
    const real = (this.#console.api as unknown as Record<string, Record<string, Call>>)[feature]?.[method];
    return (sent) => {
      const argument: unknown = structuredClone(sent);
      const fault = callFault(`${feature}.${method}`, argument);
      if (fault !== undefined) throw new Error(`main refuses ${feature}.${method}: ${fault}`);
      this.asked.push({ method: `${feature}.${method}`, argument });
      const override = (this.overrides as Record<string, Record<string, Call> | undefined>)[feature]?.[method];
      const answer = (override ?? real)?.(argument);
      const isText = TEXT_METHODS.has(`${feature}.${method}`);
      const copied = Promise.resolve(answer).then((result) =>
        isText ? joinLines(writeJson(result).map(readLine)) : structuredClone(result),
      );
      const pending = copied.finally(() => this.#pending.delete(pending));
      this.#pending.add(pending);
      return pending;
    };
  }

  #events(): Api['on'] {
    const listen = (name: string) => (listener: (payload: unknown) => void) => {
      const listeners = this.#listeners.get(name) ?? new Set();
      this.#listeners.set(name, listeners.add(listener));
      return () => listeners.delete(listener);
    };
    const events = (feature: string) => new Proxy({}, { get: (_, event) => listen(`${feature}.${String(event)}`) });
    return new Proxy({}, { get: (_, feature) => events(String(feature)) }) as Api['on'];
  }
}

/** Holds callers back until it is opened; later callers pass immediately. */
class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((open) => (this.open = open));
}

/** Opens a console on an empty data folder, at `TEST_NOW`. */
export async function openConsole({
  files = {},
  overrides = {},
  vault,
  outside,
}: ConsoleChoices = {}): Promise<TestConsole> {
  const memory = new MemoryFiles();
  for (const [path, content] of Object.entries(files)) memory.put(path, content);
  const ports = testPorts(memory, outside);
  if (vault !== undefined) ports.vault = vault;
  const data: ConsoleData = {
    store: await openStore(ports, DATA_FOLDER),
    authorities: await openAuthorities(ports, DATA_FOLDER, { scryptCost: LOW_COST }),
    notifications: await openNotificationStore(ports, DATA_FOLDER),
    revocations: await openRevocationStore(ports, DATA_FOLDER),
    audit: await AuditTrail.open(ports, DATA_FOLDER),
  };
  return new TestConsole(ports, data, overrides);
}
