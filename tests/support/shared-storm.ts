import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleProgram } from './bundle-program.ts';
import type { PostgresServer } from './postgres.ts';
import type { Attempt, DatabaseContent } from './shared-history.ts';

const WRITER = 'tests/support/shared-writer.ts';
const BETWEEN_FAULTS_MS = 250;

/** Passes connections on; can cut one, or keep its next answer from the client and then cut it. */
class FaultyNetwork {
  readonly #server: Server;
  readonly #connections = new Set<{ cut: () => void; loseAnswer: () => void }>();

  private constructor(to: () => number) {
    this.#server = createServer((client) => this.#connect(client, to()));
  }

  static async start(to: () => number): Promise<FaultyNetwork> {
    const network = new FaultyNetwork(to);
    await new Promise<void>((resolve) => network.#server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  fail(how: 'cut' | 'loseAnswer'): void {
    const all = [...this.#connections];
    if (all.length > 0) all[randomInt(all.length)]?.[how]();
  }

  close(): void {
    for (const { cut } of this.#connections) cut();
    this.#server.close();
  }

  #connect(client: Socket, port: number): void {
    const server = connect(port, '127.0.0.1');
    let losesAnswer = false;
    const cut = (): void => {
      client.destroy();
      server.destroy();
      this.#connections.delete(connection);
    };
    const connection = { cut, loseAnswer: () => (losesAnswer = true) };
    this.#connections.add(connection);
    client.on('error', cut).on('close', cut);
    server.on('error', cut).on('close', cut);
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => (losesAnswer ? cut() : client.write(bytes)));
  }
}

export interface StormReport {
  attempts: Attempt[];
  database: DatabaseContent;
  faults: Record<'writers killed' | 'connections cut' | 'answers lost' | 'backends ended' | 'servers killed', number>;
}

/** Consoles, each a process, that count up counters in a shared store. */
export class Writers {
  readonly #folder: string;
  readonly #program: string;
  readonly #address: string;
  readonly #running: ChildProcess[] = [];
  #started = 0;

  private constructor(folder: string, program: string, address: string) {
    this.#folder = folder;
    this.#program = program;
    this.#address = address;
  }

  static async start(address: string, count: number): Promise<Writers> {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-writers-'));
    const writers = new Writers(folder, await bundleProgram(folder, WRITER), address);
    for (let at = 0; at < count; at += 1) writers.#begin(at);
    return writers;
  }

  /** Kills a console at any moment, and starts another in its place. */
  replaceOne(): void {
    const at = randomInt(this.#running.length);
    this.#running[at]?.kill('SIGKILL');
    this.#begin(at);
  }

  /** Returns everything that the consoles have tried so far. */
  listAttempts(): Attempt[] {
    const names = readdirSync(this.#folder).filter((name) => name.startsWith('attempts-'));
    return names.flatMap((name) => readAttempts(join(this.#folder, name)));
  }

  /** Returns, for each console, what it said about the hosts while it could not write. */
  listWaits(): string[][] {
    const names = readdirSync(this.#folder).filter((name) => name.startsWith('attempts-'));
    return names.map((name) =>
      readReports(join(this.#folder, name)).flatMap((each) => ('waitsFor' in each ? each.waitsFor : [])),
    );
  }

  /** Kills all consoles; returns when nobody is in the middle of anything. */
  async stop(): Promise<void> {
    for (const writer of this.#running) writer.kill('SIGKILL');
    await sleep(500);
  }

  remove(): void {
    for (const writer of this.#running) writer.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #begin(at: number): void {
    this.#started += 1;
    const out = openSync(join(this.#folder, `attempts-${this.#started}`), 'w');
    const stdio = ['ignore', out, 'inherit'] as const;
    this.#running[at] = spawn(process.execPath, [this.#program, this.#address], { stdio: [...stdio] });
    closeSync(out);
  }
}

/** Lets consoles write for `seconds`, while consoles, connections, answers and the server are lost. */
export async function runStorm(
  server: PostgresServer,
  { writers: count, seconds }: { writers: number; seconds: number },
): Promise<StormReport> {
  const address = server.createDatabase();
  const database = address.slice(address.lastIndexOf('/') + 1);
  const network = await FaultyNetwork.start(() => server.port);
  const writers = await Writers.start(address.replace(`:${server.port}/`, `:${network.port}/`), count);
  const faults = {
    'writers killed': 0,
    'connections cut': 0,
    'answers lost': 0,
    'backends ended': 0,
    'servers killed': 0,
  };
  try {
    const until = Date.now() + seconds * 1_000;
    for (let turn = 1; Date.now() < until; turn += 1) {
      await sleep(BETWEEN_FAULTS_MS);
      if (turn % 40 === 0) {
        faults['servers killed'] += 1;
        await server.kill();
        await sleep(randomInt(1_000));
        await server.begin();
      } else if (turn % 10 === 0) {
        faults['writers killed'] += 1;
        writers.replaceOne();
      } else if (turn % 5 === 0) {
        faults['backends ended'] += 1;
        const one = `select pid from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`;
        server.sql('postgres', `select pg_terminate_backend(pid) from (${one} order by random() limit 1) as one`);
      } else if (turn % 2 === 0) {
        faults['connections cut'] += 1;
        network.fail('cut');
      } else {
        faults['answers lost'] += 1;
        network.fail('loseAnswer');
      }
    }
    await writers.stop();
    return { attempts: writers.listAttempts(), database: readDatabase((text) => server.sql(database, text)), faults };
  } finally {
    writers.remove();
    network.close();
  }
}

/** The last line of an attempt counts; the last line of a killed writer may be cut. */
function readAttempts(path: string): Attempt[] {
  const attempts = new Map<string, Attempt>();
  for (const report of readReports(path)) if ('request' in report) attempts.set(report.request, report);
  return [...attempts.values()];
}

function readReports(path: string): (Attempt | { waitsFor: string })[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Attempt | { waitsFor: string });
}

type Query = (text: string) => { code: number | null; out: string; error: string };

export function readDatabase(query: Query): DatabaseContent {
  const read = <T>(text: string): T => {
    const { code, out, error } = query(`select coalesce(json_agg(r), '[]') from (${text}) as r`);
    if (code !== 0) throw new Error(error);
    return JSON.parse(out) as T;
  };
  const [head] = read<DatabaseContent['head'][]>('select revision, lines, hash from arcwarden.head');
  if (head === undefined) throw new Error('the database has no head');
  const objects = read<{ cluster_id: string; count: number }[]>(
    `select cluster_id, (value::json ->> 'count')::int as count from arcwarden.object`,
  );
  return {
    head,
    changes: read('select revision, request from arcwarden.change'),
    counts: new Map(objects.map(({ cluster_id: cluster, count }) => [cluster, count])),
    lines: read('select line, revision, hash, text from arcwarden.audit_line'),
  };
}
