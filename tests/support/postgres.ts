import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';

const DEBIAN = '/usr/lib/postgresql';
const READY_WITHIN_MS = 30_000;
export const SCHEMA = join(process.cwd(), 'core/node/postgres/schema/1-create.sql');

export const NO_POSTGRES = 'no PostgreSQL server is installed here (Debian: postgresql)';

/** Returns the folder of PostgreSQL's programs; `undefined` without a server. */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : [];
  return versions.map((version) => join(DEBIAN, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root. */
export function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid = 0, gid = 0] = ['-u', '-g'].map((what) =>
    Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' })),
  );
  return { uid, gid };
}

/** A real PostgreSQL on a free port of 127.0.0.1, in a folder of its own. Its superuser is `postgres`. */
export class PostgresServer {
  readonly port: number;
  readonly folder: string;
  readonly #programs: string;
  readonly #user = serverUser();
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(programs: string, folder: string, port: number) {
    this.#programs = programs;
    this.folder = folder;
    this.port = port;
  }

  static async start(programs: string): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-postgres-'));
    const [port = 0] = await freePorts(1);
    const server = new PostgresServer(programs, folder, port);
    if (server.#user !== undefined) chownSync(folder, server.#user.uid, server.#user.gid);
    server.#run('initdb', '--no-sync', '--auth=trust', '--encoding=UTF8', '--username=postgres', '-D', server.#data);
    await server.begin();
    return server;
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  /** Starts the server, also after a kill. */
  async begin(): Promise<void> {
    const settings = [`port=${this.port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${this.folder}`];
    const words = ['-D', this.#data, ...[...settings, 'max_connections=60'].flatMap((each) => ['-c', each])];
    const user =
      this.#user === undefined ? [] : [`--reuid=${this.#user.uid}`, `--regid=${this.#user.gid}`, '--clear-groups'];
    // The kernel ends the server when this process ends, since nobody else would.
    const program = ['--pdeathsig', 'KILL', ...user, '--', join(this.#programs, 'postgres'), ...words];
    const log = openSync(join(this.folder, 'log'), 'a');
    this.#process = spawn('setpriv', program, { stdio: ['ignore', log, log], cwd: this.folder });
    closeSync(log);
    const until = Date.now() + READY_WITHIN_MS;
    while (this.sql('postgres', 'select 1').code !== 0) {
      if (Date.now() > until) throw new Error(readFileSync(join(this.folder, 'log'), 'utf8').slice(-3_000));
      await sleep(50);
    }
  }

  /** Kills the server and all its processes, as a loss of power does. */
  async kill(): Promise<void> {
    const pid = execFileSync('head', ['-1', join(this.#data, 'postmaster.pid')], { encoding: 'utf8' }).trim();
    const children = spawnSync('pgrep', ['-P', pid], { encoding: 'utf8' }).stdout.trim().split('\n');
    for (const each of [pid, ...children]) if (each !== '') process.kill(Number(each), 'SIGKILL');
    await this.#end();
    rmSync(join(this.#data, 'postmaster.pid'), { force: true });
  }

  async stop(): Promise<void> {
    await this.#end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes every login but that of the superuser need a password. */
  requirePassword(): void {
    const rules = ['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'];
    writeFileSync(join(this.#data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
    this.sql('postgres', 'select pg_reload_conf()');
  }

  /** Accepts only TLS from now on, and only logins with a client certificate of the same CA, whose CN is the user. */
  requireTls(files: Record<'ca' | 'certificate' | 'key', string>): void {
    for (const [name, path] of Object.entries(files)) {
      const target = join(this.#data, `${name}.pem`);
      copyFileSync(path, target);
      chmodSync(target, 0o600);
      if (this.#user !== undefined) chownSync(target, this.#user.uid, this.#user.gid);
    }
    const settings = { ssl: 'on', ssl_ca_file: 'ca.pem', ssl_cert_file: 'certificate.pem', ssl_key_file: 'key.pem' };
    for (const [name, value] of Object.entries(settings)) this.sql('postgres', `alter system set ${name} = '${value}'`);
    const rules = ['host all postgres 127.0.0.1/32 trust', 'hostssl all all 127.0.0.1/32 cert'];
    writeFileSync(join(this.#data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
    this.sql('postgres', 'select pg_reload_conf()');
  }

  sql(database: string, text: string, user = 'postgres'): { code: number | null; out: string; error: string } {
    return this.#psql(user, '-d', database, '-c', text);
  }

  /** Creates a database with the schema; returns the address for an operator. */
  createDatabase(): string {
    this.#databases += 1;
    const name = `fleet${this.#databases}`;
    for (const { code, error } of [
      this.sql('postgres', `create database ${name}`),
      this.#psql('postgres', '-d', name, '-f', SCHEMA),
      this.sql(
        name,
        `do $$ begin if not exists (select from pg_roles where rolname = 'alice') then
        create role alice login in role arcwarden_operator; end if; end $$`,
      ),
    ])
      if (code !== 0) throw new Error(error);
    return this.address(name);
  }

  address(database: string, user = 'alice'): string {
    return `postgresql://${user}@127.0.0.1:${this.port}/${database}`;
  }

  #psql(user: string, ...words: string[]): { code: number | null; out: string; error: string } {
    const place = ['-h', '127.0.0.1', '-p', String(this.port), '-U', user, '-v', 'ON_ERROR_STOP=1', '-AtqX'];
    const { status, stdout, stderr } = spawnSync(join(this.#programs, 'psql'), [...place, ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    return { code: status, out: stdout.trim(), error: stderr };
  }

  async #end(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    // SIGINT: a fast shutdown, which ends connections.
    running.kill('SIGINT');
    await ended;
  }

  #run(program: string, ...words: string[]): void {
    execFileSync(join(this.#programs, program), words, { stdio: 'pipe', cwd: this.folder, ...this.#user });
  }
}
