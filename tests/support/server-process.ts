import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithUs } from '../../build/processes.mjs';

const GRACE_MS = 60_000;
const POLL_MS = 100;

/** A program that runs until it is stopped; its output is written to a file. */
export class ServerProcess {
  readonly name: string;
  readonly #log: string;
  readonly #child: ChildProcess;
  readonly #forget: () => void;

  constructor(
    name: string,
    program: string,
    args: readonly string[],
    log: string,
    environment: NodeJS.ProcessEnv = {},
  ) {
    this.name = name;
    this.#log = log;
    const descriptor = openSync(log, 'a');
    // The kernel ends the program when this process ends, since no other process would stop it.
    this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, ...args], {
      stdio: ['ignore', descriptor, descriptor],
      // Excludes the configuration of the machine.
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
    });
    closeSync(descriptor);
    this.#child.on('error', () => undefined);
    this.#forget = this.#child.pid === undefined ? () => undefined : endWithUs(this.#child.pid);
  }

  get #isRunning(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /**
   * Waits until `isReady` returns true. Throws an error with the program's last output if the program ends or takes too
   * long.
   */
  async waitUntilReady(isReady: () => Promise<boolean>, limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (!(await isReady())) {
      if (!this.#isRunning) throw new Error(`${this.name} ended: ${this.lastWords()}`);
      if (Date.now() > end) throw new Error(`${this.name} was not ready in time: ${this.lastWords()}`);
      await sleep(POLL_MS);
    }
  }

  lastWords(): string {
    return readFileSync(this.#log, 'utf8').slice(-3_000);
  }

  async stop(): Promise<void> {
    if (this.#isRunning) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      const killer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(killer);
    }
    this.#forget();
  }
}
