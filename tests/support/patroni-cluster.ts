import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';
import { SCHEMA, serverUser } from './postgres.ts';

const SCOPE = 'arcwarden';
const READY_WITHIN_MS = 120_000;
/** Seconds that `docs/team.md` recommends. */
const TIMES = { ttl: 20, loop_wait: 3, retry_timeout: 5 };

interface Ports {
  postgres: number;
  rest: number;
  client: number;
  peer: number;
}

interface Member {
  name: string;
  folder: string;
  ports: Ports;
  processes: ChildProcess[];
}

/** Three members, each with etcd, Patroni and PostgreSQL, on loopback. */
export class PatroniCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'arcwarden-patroni-'));
  readonly #programs: string;
  readonly #members: Member[] = [];
  readonly #user = serverUser();

  private constructor(programs: string) {
    this.#programs = programs;
  }

  /** `programs` is the folder of PostgreSQL’s programs. */
  static async start(programs: string): Promise<PatroniCluster> {
    const cluster = new PatroniCluster(programs);
    cluster.#giveToUser(cluster.folder);
    const ports = await freePorts(12);
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      const [postgres = 0, rest = 0, client = 0, peer = 0] = ports.slice(index * 4);
      const folder = join(cluster.folder, name);
      mkdirSync(folder, { mode: 0o700 });
      cluster.#giveToUser(folder);
      cluster.#members.push({ name, folder, ports: { postgres, rest, client, peer }, processes: [] });
    }
    for (const member of cluster.#members) cluster.#begin(member);
    await cluster.waitUntil(
      'a leader and two standbys',
      () => cluster.#roles().sort().join() === 'leader,standby,standby',
    );
    return cluster;
  }

  /** The address of a new database with the schema, which lists all members. */
  async createDatabase(): Promise<string> {
    const leader = this.#members[this.leader() ?? 0];
    const run = (...words: string[]): void => {
      execFileSync(join(this.#programs, 'psql'), [
        ...['-h', '127.0.0.1', '-p', String(leader?.ports.postgres), '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-qX'],
        ...words,
      ]);
    };
    run('-d', 'postgres', '-c', 'create database fleet');
    run('-d', 'fleet', '-f', SCHEMA);
    run('-d', 'fleet', '-c', 'create role alice login in role arcwarden_operator');
    const hosts = this.#members.map(({ ports }) => `127.0.0.1:${ports.postgres}`);
    return Promise.resolve(`postgresql://alice@${hosts.join(',')}/fleet?connect_timeout=2`);
  }

  /** Returns the number of the member that takes changes; `undefined` without one. */
  leader(): number | undefined {
    const at = this.#roles().indexOf('leader');
    return at < 0 ? undefined : at;
  }

  query(text: string): { code: number | null; out: string; error: string } {
    return this.#sql(this.#members[this.leader() ?? 0], 'fleet', text);
  }

  /** Stops the replication for a moment, so that the leader is ahead, and kills everything of its member. */
  async killLeader(): Promise<number> {
    const at = this.leader() ?? 0;
    const member = this.#members[at];
    if (member === undefined) throw new Error('no member');
    const postmaster = readFileSync(join(member.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
    const children = (): string[] =>
      spawnSync('pgrep', ['-P', postmaster], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter((pid) => pid !== '');
    const senders = spawnSync('pgrep', ['-P', postmaster, '-f', 'walsender'], { encoding: 'utf8' }).stdout;
    for (const pid of senders.split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGSTOP');
    await sleep(1_000);
    for (const each of member.processes) each.kill('SIGKILL');
    for (const pid of [postmaster, ...children()])
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended already.
      }
    member.processes = [];
    return at;
  }

  restart(at: number): void {
    const member = this.#members[at];
    if (member !== undefined) this.#begin(member);
  }

  async waitForStandbys(): Promise<void> {
    await this.waitUntil('two standbys', () => this.#roles().sort().join() === 'leader,standby,standby');
  }

  async waitUntil(what: string, isSo: () => boolean): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS;
    while (!isSo()) {
      if (Date.now() > until) throw new Error(`${what}: not in time; ${this.#lastWords()}`);
      await sleep(250);
    }
  }

  async stop(): Promise<void> {
    for (const { processes } of this.#members)
      for (const each of processes.reverse()) {
        if (each.exitCode !== null || each.signalCode !== null) continue;
        const ended = once(each, 'exit');
        each.kill('SIGTERM');
        await Promise.race([ended, sleep(20_000)]);
        each.kill('SIGKILL');
      }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #giveToUser(folder: string): void {
    if (this.#user !== undefined) chownSync(folder, this.#user.uid, this.#user.gid);
  }

  #begin(member: Member): void {
    const { name, folder, ports } = member;
    const peers = this.#members.map((each) => `${each.name}=http://127.0.0.1:${each.ports.peer}`).join(',');
    const isNew = spawnSync('test', ['-d', join(folder, 'etcd', 'member')]).status !== 0;
    const [client, peer] = [`http://127.0.0.1:${ports.client}`, `http://127.0.0.1:${ports.peer}`];
    const etcd = [
      ...['--name', name, '--data-dir', join(folder, 'etcd'), '--initial-cluster', peers],
      ...['--listen-client-urls', client, '--advertise-client-urls', client],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
      ...['--initial-cluster-state', isNew ? 'new' : 'existing'],
    ];
    const config = join(folder, 'patroni.json');
    // JSON is YAML as well.
    writeFileSync(config, JSON.stringify(this.#config(member)));
    member.processes = [this.#spawn(member, 'etcd', etcd), this.#spawn(member, 'patroni', [config])];
  }

  #config({ name, folder, ports }: Member): object {
    const login = (username: string): object => ({ username, password: 'practice' });
    return {
      scope: SCOPE,
      name,
      etcd3: { hosts: this.#members.map((each) => `127.0.0.1:${each.ports.client}`) },
      restapi: { listen: `127.0.0.1:${ports.rest}`, connect_address: `127.0.0.1:${ports.rest}` },
      bootstrap: {
        dcs: {
          ...TIMES,
          synchronous_mode: true,
          synchronous_mode_strict: true,
          postgresql: { use_pg_rewind: true, parameters: { max_connections: 100 } },
        },
        initdb: [{ encoding: 'UTF8' }, { auth: 'trust' }],
        pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust'],
      },
      postgresql: {
        listen: `127.0.0.1:${ports.postgres}`,
        connect_address: `127.0.0.1:${ports.postgres}`,
        data_dir: join(folder, 'data'),
        bin_dir: this.#programs,
        pgpass: join(folder, 'pgpass'),
        authentication: { superuser: login('postgres'), replication: login('replicator'), rewind: login('rewinder') },
        basebackup: [{ checkpoint: 'fast' }],
        parameters: { unix_socket_directories: folder },
      },
    };
  }

  #spawn({ folder }: Member, program: string, words: readonly string[]): ChildProcess {
    const log = openSync(join(folder, `${program}.log`), 'a');
    const user = this.#user;
    const as = user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
    const child = spawn('setpriv', [...as, '--pdeathsig', 'KILL', '--', program, ...words], {
      stdio: ['ignore', log, log],
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ETCD_UNSUPPORTED_ARCH: process.arch },
    });
    closeSync(log);
    return child;
  }

  #roles(): ('leader' | 'standby' | 'away')[] {
    return this.#members.map((member) => {
      const { code, out } = this.#sql(
        member,
        'postgres',
        `select pg_is_in_recovery(), current_setting('transaction_read_only')`,
      );
      if (code !== 0) return 'away';
      return out === 'f|off' ? 'leader' : 'standby';
    });
  }

  #sql(
    member: Member | undefined,
    database: string,
    text: string,
  ): { code: number | null; out: string; error: string } {
    const place = ['-h', '127.0.0.1', '-p', String(member?.ports.postgres), '-U', 'postgres', '-d', database, '-AtqX'];
    const { status, stdout, stderr } = spawnSync(join(this.#programs, 'psql'), [...place, '-c', text], {
      encoding: 'utf8',
      env: { ...process.env, PGCONNECT_TIMEOUT: '2' },
      timeout: 60_000,
      maxBuffer: 1 << 30,
    });
    return { code: status, out: stdout.trim(), error: stderr };
  }

  #lastWords(): string {
    return this.#members
      .map(({ folder, name }) => `${name}: ${readFileSync(join(folder, 'patroni.log'), 'utf8').slice(-800)}`)
      .join('\n');
  }
}
