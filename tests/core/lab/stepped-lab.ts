import { X509Certificate } from 'node:crypto';
import { MACHINE_KINDS, type Lab } from '../../../core/lab/model/lab.ts';
import { runMachine } from '../../../core/lab/machines/run-machine.ts';
import { LabOperator } from '../../../core/lab/service.ts';
import { epochMs, instantFromMs, type Instant } from '../../../core/shared/instant.ts';
import type { CancelSignal, Scheduler, Tls, TlsServer } from '../../../core/shared/ports.ts';
import { MemoryFiles, SetClock, testPorts } from '../../support/ports.ts';
import { fakeCall } from './fake-call.ts';

const HOUR_MS = 3_600_000;
const FOLDER = '/lab';

/** One certificate as it was in a file, by Node's own reader. */
export interface SeenCertificate {
  serial: string;
  fromMs: number;
  toMs: number;
  seenMs: number;
}

/** Lets machines wait until the test says that time has passed. */
class SteppedScheduler implements Scheduler {
  #waiting: (() => void)[] = [];
  #arrived: (() => void) | undefined;
  #expected = 0;

  monotonicMs(): number {
    return 0;
  }

  yield(): Promise<void> {
    return Promise.resolve();
  }

  wait(_ms: number, signal?: CancelSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake);
      this.#waiting.push(wake);
      if (this.#waiting.length >= this.#expected) this.#arrived?.();
    });
  }

  /** Wakes every machine, and resolves when as many wait again. */
  async step(machines: number): Promise<void> {
    this.#expected = machines;
    const again = new Promise<void>((resolve) => (this.#arrived = resolve));
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
    if (this.#waiting.length < machines) await again;
  }
}

/** A lab in memory whose machines run their real code, on a clock that the test moves and on calls without sockets. */
export class SteppedLab {
  readonly clock = new SetClock();
  readonly files = new MemoryFiles();
  readonly log: string[] = [];
  readonly #ports;
  readonly #scheduler = new SteppedScheduler();
  readonly #servers = new Map<string, TlsServer>();
  readonly #running = new Map<string, { end: () => void; ended: Promise<void> }>();

  constructor(start: Instant) {
    this.clock.moment = start;
    const tls: Tls = {
      listen: async (server) => {
        const place = `${server.address}:${server.port}`;
        let { identity } = server;
        const own = {
          ...server,
          get identity() {
            return identity;
          },
        };
        this.#servers.set(place, own);
        return { replaceIdentity: (next) => (identity = next), close: async () => void this.#servers.delete(place) };
      },
      call: (call) => fakeCall(this.#ports, this.#servers.get(`${call.address}:${call.port}`), call),
      findPorts: async (_, count) => Array.from({ length: count }, (__, index) => 40_000 + index),
    };
    this.#ports = { ...testPorts(this.files), clock: this.clock, scheduler: this.#scheduler, tls };
  }

  async create(): Promise<Lab> {
    const claim = async () => ({ check: () => undefined, release: () => Promise.resolve() });
    const operator = new LabOperator({ ports: this.#ports, claim, readme: async () => 'a lab' });
    await operator.create({ folder: FOLDER, pace: 1, etcdClientIssuer: 'etcd-ca' });
    return this.describe();
  }

  async describe(): Promise<Lab> {
    return JSON.parse(await this.readText('lab.json')) as Lab;
  }

  async readText(file: string): Promise<string> {
    return new TextDecoder().decode(await this.files.read(`${FOLDER}/${file}`, 1e7));
  }

  /** Starts machines in the order of their kinds. */
  async start(lab: Lab, names = lab.machines.map(({ name }) => name)): Promise<void> {
    const order = [...lab.machines].sort(
      (one, other) => MACHINE_KINDS.indexOf(one.kind) - MACHINE_KINDS.indexOf(other.kind),
    );
    for (const { name } of order.filter((machine) => names.includes(machine.name))) {
      const controller = new AbortController();
      const print = (line: string): void => void this.log.push(line);
      const ended = runMachine(this.#ports, { folder: FOLDER, name, signal: controller.signal, print });
      this.#running.set(name, { end: () => controller.abort(), ended });
      // A machine listens before it waits for the first time.
      while (!this.log.some((line) => line.endsWith(`${name}: started`))) await new Promise(setImmediate);
    }
  }

  async stop(name: string): Promise<void> {
    const running = this.#running.get(name);
    this.#running.delete(name);
    running?.end();
    await running?.ended;
    for (let at = this.log.length - 1; at >= 0; at -= 1)
      if (this.log[at]?.endsWith(`${name}: started`)) this.log.splice(at, 1);
  }

  async stopAll(): Promise<void> {
    for (const name of [...this.#running.keys()]) await this.stop(name);
  }

  async pass(hours: number): Promise<void> {
    this.clock.moment = instantFromMs(epochMs(this.clock.moment) + hours * HOUR_MS);
    await this.#scheduler.step(this.#running.size);
  }

  async readCertificate(file: string): Promise<SeenCertificate> {
    const text = await this.readText(file);
    const base64 = /client-certificate-data: (\S+)/u.exec(text)?.[1] ?? /"ClientCertificate": "(\S+)"/u.exec(text)?.[1];
    const pem = base64 === undefined ? text : Buffer.from(base64, 'base64').toString('utf8');
    const { serialNumber, validFrom, validTo } = new X509Certificate(pem);
    const seenMs = epochMs(this.clock.moment);
    return { serial: serialNumber, fromMs: Date.parse(validFrom), toMs: Date.parse(validTo), seenMs };
  }
}
