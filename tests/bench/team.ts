/**
 * Lets consoles write to a shared store in a real PostgreSQL while everything around them fails, and measures what a
 * change costs and how soon others see it. `--seconds 600` makes the first part longer. Exits with 1 if a limit is missed.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStores } from '../../core/node/postgres/shared-stores.ts';
import type { SharedStore } from '../../core/shared/shared-store.ts';
import { fillListedFolder } from '../support/large-inventory.ts';
import { findPostgres, NO_POSTGRES, PostgresServer } from '../support/postgres.ts';
import { judgeHistory } from '../support/shared-history.ts';
import { runStorm } from '../support/shared-storm.ts';
import { count, limitWork, note, recordAtMost } from './support/figures.ts';
import { median, runIn } from './support/measure.ts';
import { openConsole } from './support/opened-console.ts';

const CONSOLES = 20;
const USUAL_SECONDS = 60;
const MOST_SEEN_AFTER_MS = 1_000;
const MOST_COST = 1.2;
const CLUSTERS = 25_000;
const CREDENTIALS = 40;
/** About the size of a certificate in a cluster file, in characters. */
const CREDENTIAL_LENGTH = 1_500;
const CHANGES = 300;
const ROUNDS = 7;
const FIRST_ROWS_WITHIN_MS = 2_000;
const OPENINGS = 3;

async function storm(server: PostgresServer, seconds: number): Promise<void> {
  const { attempts, database, faults } = await runStorm(server, { writers: CONSOLES, seconds });
  const { faults: found, acknowledged, notDone, unknown, foundLater } = judgeHistory(attempts, database);
  for (const fault of found.slice(0, 20)) console.log(`  ${fault}`);
  for (const [what, count] of Object.entries(faults)) note(what, count, '');
  note(`changes acknowledged to ${CONSOLES} consoles`, acknowledged / seconds, '/s');
  note('changes that were not done', notDone, '');
  note('changes whose console did not learn the outcome', unknown, '');
  note('of these, changes that were done', foundLater, '');
  recordAtMost(0, 'lost changes, lost updates and forks of the trail', found.length, '');
}

function change(cluster: string, value: string, basedOn: number) {
  const lines = [{ by: 'bench', action: 'store.changed', subject: cluster, params: {} }];
  const objects = [{ clusterId: cluster, kind: 'cluster', basedOn, value }] as const;
  return { request: randomBytes(16).toString('hex'), objects, lines };
}

/** Measures how long after a change other consoles have read it. */
async function spread(address: string): Promise<void> {
  const seenMs: number[] = [];
  const committedMs = new Map<number, number>();
  const readers = Array.from({ length: CONSOLES }, () => postgresStores().open(address));
  const stops = readers.map((reader) => {
    let revision = 0;
    let reading = Promise.resolve();
    const read = async (): Promise<void> => {
      for await (const object of reader.changesSince(revision)) {
        revision = object.revision;
        const from = committedMs.get(revision);
        if (from !== undefined) seenMs.push(performance.now() - from);
      }
    };
    return reader.watch(() => {
      reading = reading.then(read);
    });
  });
  const writer = postgresStores().open(address);
  await sleep(1_000);
  let revision = 0;
  for (let turn = 0; turn < CHANGES; turn += 1) {
    const next = revision + 1;
    committedMs.set(next, performance.now());
    revision = await writer.commit(change('spread', JSON.stringify({ turn }), revision));
    await sleep(20);
  }
  await sleep(1_000);
  for (const stop of stops) await stop();
  for (const store of [...readers, writer]) await store.close();
  const sorted = seenMs.toSorted((one, other) => one - other);
  note('changes read by other consoles', sorted.length / (CHANGES * CONSOLES), 'x');
  const late = sorted[Math.floor(sorted.length * 0.95)] ?? Infinity;
  recordAtMost(MOST_SEEN_AFTER_MS, `a change is read by ${CONSOLES} consoles, at 95 %`, late, 'ms');
}

async function measureChange(store: SharedStore): Promise<number> {
  const value = randomBytes((CREDENTIALS * CREDENTIAL_LENGTH) / 2).toString('hex');
  const { revision } = await store.head();
  let basedOn = revision;
  const from = performance.now();
  for (let turn = 0; turn < CHANGES; turn += 1) basedOn = await store.commit(change('measured', value, basedOn));
  return (performance.now() - from) / CHANGES;
}

/** Compares a change in a large fleet with one in a fleet of one cluster, in turns. */
async function compareSizes(server: PostgresServer): Promise<void> {
  const [small, large] = [server.createDatabase(), server.createDatabase()];
  const credential = `(select string_agg(md5(random()::text || n || m), '') from generate_series(1, ${Math.ceil((CREDENTIALS * CREDENTIAL_LENGTH) / 32)}) as m)`;
  const fill = `insert into arcwarden.object select 'cluster-' || n, 'cluster', 1, ${credential} from generate_series(1, ${CLUSTERS}) as n`;
  const { code, error } = server.sql(large.slice(large.lastIndexOf('/') + 1), `${fill}; checkpoint`);
  if (code !== 0) throw new Error(error);
  const [one, many] = [postgresStores().open(small), postgresStores().open(large)];
  await measureChange(one);
  await measureChange(many);
  const costs: { one: number; many: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const turn = { one: 0, many: 0 };
    for (const name of round % 2 === 0 ? (['one', 'many'] as const) : (['many', 'one'] as const))
      turn[name] = await measureChange(name === 'one' ? one : many);
    costs.push(turn);
  }
  await one.close();
  await many.close();
  note('a change in a fleet of one cluster', median(costs.map((each) => each.one)), 'ms');
  note(`a change among ${CLUSTERS * CREDENTIALS} credentials`, median(costs.map((each) => each.many)), 'ms');
  recordAtMost(
    MOST_COST,
    'a change in the large fleet beside one in the small',
    median(costs.map((each) => each.many / each.one)),
    'x',
  );
}

function runArcwarden(...words: string[]): void {
  const program = join(process.cwd(), 'out/arcwarden.cjs');
  execFileSync(process.execPath, [program, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Measures how soon a console shows rows if its data folder is the copy of a large shared store. */
async function openCopy(server: PostgresServer, work: string): Promise<void> {
  const executable = process.env['ARCWARDEN_APP'];
  if (executable === undefined) throw new Error('ARCWARDEN_APP names no console; run: npm run bench team');
  const [empty, filled, copy] = ['empty', 'filled', 'copy'].map((name) => join(work, name)) as [string, string, string];
  for (const folder of [empty, filled, copy]) mkdirSync(folder);
  await fillListedFolder(filled, CLUSTERS, CREDENTIALS, Date.now());
  // Both consoles open with the same view.
  copyFileSync(join(filled, 'settings.json'), join(copy, 'settings.json'));
  const address = server.createDatabase();
  const from = performance.now();
  runArcwarden('store', 'copy', filled, address);
  const copiedAt = performance.now();
  runArcwarden('store', 'use', address, '--data', copy);
  const size = CLUSTERS * CREDENTIALS;
  note(`store copy of ${count(size)} into the database`, (copiedAt - from) / 1_000, 's');
  note(`store use with ${count(size)}`, (performance.now() - copiedAt) / 1_000, 's');
  const more: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    const idle = await openConsole(executable, empty, 0);
    await idle.application.close();
    const shared = await openConsole(executable, copy, 0);
    await shared.application.close();
    more.push(shared.first - idle.first);
  }
  const measure = `first rows of ${count(size)} in a shared store, more than an empty console`;
  limitWork(FIRST_ROWS_WITHIN_MS, measure, median(more));
}

async function main(work: string): Promise<void> {
  const programs = findPostgres();
  if (programs === undefined) return console.log(`  left out: ${NO_POSTGRES}`);
  const at = process.argv.indexOf('--seconds');
  const server = await PostgresServer.start(programs);
  try {
    await storm(server, at < 0 ? USUAL_SECONDS : Number(process.argv[at + 1]));
    await spread(server.createDatabase());
    await compareSizes(server);
    await openCopy(server, work);
  } finally {
    await server.stop();
  }
}

void runIn('team', main);
