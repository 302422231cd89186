/**
 * Lets consoles write to a shared store in a real PostgreSQL while everything around them fails, and measures what a
 * change costs and how soon others see it. `--seconds 600` makes the first part longer. Exits with 1 if a limit is missed.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStores } from '../../core/node/postgres/shared-stores.ts';
import type { SharedStore } from '../../core/shared/shared-store.ts';
import { findPostgres, NO_POSTGRES, PostgresServer } from '../support/postgres.ts';
import { judgeHistory } from '../support/shared-history.ts';
import { runStorm } from '../support/shared-storm.ts';
import { note, recordAtMost } from './support/figures.ts';
import { median, runIn } from './support/measure.ts';

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

async function main(): Promise<void> {
  const programs = findPostgres();
  if (programs === undefined) return console.log(`  left out: ${NO_POSTGRES}`);
  const at = process.argv.indexOf('--seconds');
  const server = await PostgresServer.start(programs);
  try {
    await storm(server, at < 0 ? USUAL_SECONDS : Number(process.argv[at + 1]));
    await spread(server.createDatabase());
    await compareSizes(server);
  } finally {
    await server.stop();
  }
}

void runIn('team', main);
