import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';
import { serverUser } from './postgres.ts';

const READY_WITHIN_MS = 20_000;
/** Debian keeps it outside of the path of ordinary users. */
const PROGRAM = '/usr/sbin/pgbouncer';

export const NO_POOLER = 'pgbouncer is not installed here (Debian: pgbouncer)';

export function hasPooler(): boolean {
  return spawnSync(PROGRAM, ['--version']).status === 0;
}

/** A real pgbouncer in transaction mode, on a free port of 127.0.0.1, before the server on `port`. */
export class Pooler {
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.#folder = folder;
    this.port = port;
    this.#process = process;
  }

  static async start(serverPort: number): Promise<Pooler> {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-pooler-'));
    const [port = 0] = await freePorts(1);
    const settings = join(folder, 'pgbouncer.ini');
    const lines = [
      '[databases]',
      `* = host=127.0.0.1 port=${serverPort}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${join(folder, 'users.txt')}`,
      'pool_mode = transaction',
      'default_pool_size = 4',
    ];
    writeFileSync(settings, `${lines.join('\n')}\n`);
    writeFileSync(join(folder, 'users.txt'), '"alice" ""\n');
    chmodSync(folder, 0o700);
    // pgbouncer refuses to run as root.
    const user = serverUser();
    if (user !== undefined)
      for (const path of [folder, settings, join(folder, 'users.txt')]) chownSync(path, user.uid, user.gid);
    const words = user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
    const started = spawn('setpriv', ['--pdeathsig', 'KILL', ...words, '--', PROGRAM, settings], { stdio: 'ignore' });
    const pooler = new Pooler(folder, port, started);
    await pooler.#waitUntilReady();
    return pooler;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #waitUntilReady(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS;
    while (!(await accepts(this.port))) {
      if (Date.now() > until || this.#process.exitCode !== null) throw new Error('pgbouncer does not start');
      await sleep(50);
    }
  }
}

function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    const end = (isAccepted: boolean): void => {
      socket.destroy();
      resolve(isAccepted);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
