/**
 * Measures how long the command line takes to import and inspect certificates, compared with a Python program that does
 * the same (`support/import-peer.py`), and to import them again, compared with finding, reading and hashing their
 * files. Also measures how quickly the console answers during an import, how soon a cancelled import ends, and how long
 * hostile files take. Exits with 1 if a limit is exceeded. Options: `--sizes 1000,10000`, `--corpus DIR` (kept and
 * reused).
 *
 * Counts the processor time of all threads, which excludes waiting for the disk; the peer and our own program take
 * turns.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { findPython } from '../../build/tools.mjs';
import { InventoryService } from '../../core/inventory/service.ts';
import { nodeClock, nodeScheduler } from '../../core/node/clock.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { openStore } from '../../core/settings/store/store.ts';
import { RecordingOutside } from '../support/ports.ts';
import { encodeCertificatePem } from '../support/certificates.ts';
import { SignedFleet, certificateWithNames } from '../support/signed-fleet.ts';
import { recordAtMost, count, growth, limitWork, note, type Sized } from './support/figures.ts';
import {
  collectGarbage,
  median,
  option,
  medianRatio,
  runIn,
  sizes,
  measureTime,
  type Measured,
  type Time,
} from './support/measure.ts';
import { measureCall, watchMain, useConsole } from './support/meanwhile.ts';
import { makePart, makeCorpus } from './support/signed-corpus.ts';
import { run, runArcwarden } from './support/whole-process.ts';

const PEER = join(process.cwd(), 'tests', 'bench', 'support', 'import-peer.py');
const BESIDE_PEER = { limit: 1.7, goal: 1 };
/** The limit applies from this number of certificates; with fewer, V8 spends most of the time compiling the program. */
const LEAST_HELD = 10_000;
const AGAIN_LIMIT = 3;
const CANCEL_LIMIT_MS = 200;
/** Imports are cancelled after these fractions of their duration. */
const CANCELLED_AT = [0.25, 0.5, 0.75];
const COPIES = { count: 20_000, limitMs: 2_000 };
const NAMES = { count: 32_766, limitMs: 500 };
const WITHOUT_KEY_IDS = { count: 10_000, limitMs: 3_000 };
/**
 * Hostile clusters without key ids: 32, since the importer tries that many CAs with the same name, with enough workers
 * for `WITHOUT_KEY_IDS.count` certificates.
 */
const NAMESAKES = { clusters: 32, workers: 151, rsaKeys: 16 };
/** Smaller sizes get more rounds, since random variation is a larger share of their time. */
const ROUNDS = { most: 5, certificates: 30_000 };
const HOSTILE_ROUNDS = 2;

const ports = {
  files: createFiles(),
  clock: nodeClock(),
  scheduler: nodeScheduler(),
  crypto: nodeCrypto(),
  keys: nodeKeys(),
  ids: nodeIds(),
  log: { write: () => undefined },
  processes: new RecordingOutside().processes,
  host: { user: () => 'bench' },
};

// ---- Whole processes compared with a Python program -----------------------------------------------------------------

interface Verb {
  name: string;
  own: readonly string[];
  peer: readonly string[];
}

const VERBS: readonly Verb[] = [
  { name: 'import', own: ['inventory', 'import', '--data', 'store'], peer: ['--store', 'store'] },
  { name: 'inspect', own: ['inspect', '--json'], peer: [] },
];

interface Rounds {
  own: number[];
  /** Empty if Python or its package cryptography is not installed. */
  peer: number[];
}

function runRounds(
  { own, peer }: Verb,
  paths: readonly string[],
  { rounds, work, mostCode = 1 }: { rounds: number; work: string; mostCode?: number },
): Rounds {
  const python = findPython('cryptography');
  const times: Rounds = { own: [], peer: [] };
  const keep = (list: number[], { processor }: Time): void => {
    list.push(processor);
    rmSync(join(work, 'store'), { recursive: true, force: true });
  };
  for (let round = 0; round < rounds; round += 1) {
    keep(times.own, runArcwarden(work, [...own, ...paths], { mostCode }));
    if (python !== undefined) keep(times.peer, run(work, [python, PEER, ...peer, ...paths]));
  }
  return times;
}

/**
 * Measures a command and its peer for each size. Subtracts the time for an empty folder, to exclude the start-up time.
 */
function measureBesidePeer(verb: Verb, work: string, perSize: (size: number) => string[]): void {
  const empty = join(work, 'empty');
  mkdirSync(empty, { recursive: true });
  const start = runRounds(verb, [empty], { rounds: ROUNDS.most, work, mostCode: 2 });
  const more = (times: readonly number[], from: readonly number[]): number[] => times.map((ms) => ms - median(from));
  const series = sizes().map((size): Sized => {
    const rounds = Math.max(1, Math.min(ROUNDS.most, Math.floor(ROUNDS.certificates / size)));
    const times = runRounds(verb, perSize(size), { rounds, work });
    const [own, peer] = [more(times.own, start.own), more(times.peer, start.peer)];
    if (peer.length > 0) tellBeside(`${verb.name} of ${count(size)}`, size, own, peer);
    return { size, ms: median(own) };
  });
  growth(`${verb.name}, processor time, certificates`, series);
}

function tellBeside(what: string, size: number, own: readonly number[], peer: readonly number[]): void {
  const measure = `${what} beside a Python program, goal ${BESIDE_PEER.goal}`;
  const tell = size < LEAST_HELD ? note : recordAtMost.bind(undefined, BESIDE_PEER.limit);
  tell(measure, medianRatio(own, peer), 'x');
  note(`${what}, the Python program, processor time`, median(peer) / 1_000, 's');
}

/**
 * Throws unless both programs find the same certificates, and the peer finds the signer of each one that is not a CA.
 */
function checkPeer(paths: readonly string[], work: string): void {
  const python = findPython('cryptography');
  if (python === undefined) {
    console.log('  python3-cryptography is not importable; on Debian: apt-get install python3-cryptography');
    return;
  }
  const parseOutput = ({ output }: { output: string }): unknown => JSON.parse(readFileSync(output, 'utf8'));
  const { records: own } = parseOutput(runArcwarden(work, ['inspect', '--json', ...paths])) as {
    records: { id: string }[];
  };
  const peer = parseOutput(run(work, [python, PEER, ...paths])) as {
    id: string;
    isCa: boolean;
    signer?: string | null;
  }[];
  const ids = (records: readonly { id: string }[]): string => JSON.stringify(records.map(({ id }) => id).sort());
  if (ids(own) !== ids(peer)) throw new Error('the peer found other certificates');
  if (peer.some(({ isCa, signer }) => !isCa && typeof signer !== 'string')) throw new Error('the peer missed a signer');
}

// ---- In one process -------------------------------------------------------------------------------------------------

interface Opened {
  service: InventoryService;
  close: () => Promise<void>;
}

async function openService(folder: string): Promise<Opened> {
  const store = await openStore(ports, folder);
  const service = new InventoryService({ ports, store });
  return { service, close: () => store.close() };
}

async function importOnce(paths: readonly string[], folder: string): Promise<Measured<number>> {
  const { service, close } = await openService(folder);
  const measured = await measureTime(async () => (await service.importFiles(paths)).added.length);
  await close();
  rmSync(folder, { recursive: true, force: true });
  return measured;
}

/** The times of a repeated import, and of the peer before and after it. */
type Again = Time & { peers: readonly Time[] };

async function measureSize(size: number, paths: readonly string[], work: string): Promise<number> {
  const folder = join(work, 'store');
  const opened = await openService(folder);
  const { value, wall } = await measureTime(() => opened.service.importFiles(paths));
  if (value.added.length !== size) throw new Error(`imported ${value.added.length} of ${size}`);
  note(`import of ${count(size)}, by the clock`, wall / 1_000, 's');
  if (size === Math.max(...sizes())) tellAgain(size, await importAgain(paths, size, opened));
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
  return wall;
}

/**
 * Imports the same files twice more into the store that already contains them: the second import finds that nothing has
 * changed, and the third only checks for changes.
 */
async function importAgain(paths: readonly string[], size: number, { service }: Opened): Promise<Again[]> {
  const peer = (): Promise<Time> => measureTime(() => findReadAndHash(paths));
  const rounds: Again[] = [];
  let before = await peer();
  for (let at = 0; at < 2; at += 1) {
    // Without this, garbage from the previous import would count towards the next one.
    collectGarbage();
    const own = await measureTime(() => service.importFiles(paths));
    const { added, unchanged } = own.value;
    if (added.length > 0 || unchanged.length !== size) throw new Error('not everything was known');
    const after = await peer();
    rounds.push({ ...own, peers: [before, after] });
    before = after;
  }
  return rounds;
}

/** Records the second and the third import. Only the third has a limit. */
function tellAgain(size: number, [second, third]: readonly Again[]): void {
  const peers = [second, third].flatMap((again) => again?.peers ?? []);
  const peer = median(peers.map(({ processor }) => processor));
  note(`finding, reading and hashing ${count(size)} files, processor time`, peer / 1_000, 's');
  const tell = (what: string, again: Again | undefined, record: typeof note): void => {
    const ratio = (again?.processor ?? Number.NaN) / peer;
    record(`${what} of ${count(size)} beside finding, reading and hashing`, ratio, 'x');
    note(`${what} of ${count(size)}, by the clock`, (again?.wall ?? Number.NaN) / 1_000, 's');
  };
  tell('second import', second, note);
  tell('third import', third, recordAtMost.bind(undefined, AGAIN_LIMIT));
}

/** Reads and hashes all files in these folders. Uses synchronous calls, which cost least, even on a busy machine. */
function findReadAndHash(folders: readonly string[]): void {
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) findReadAndHash([path]);
      else createHash('sha256').update(readFileSync(path)).digest();
    }
  }
}

// ---- In the console -------------------------------------------------------------------------------------------------

/** Measures how long main is blocked, and how quickly it answers other calls, while a thread imports files. */
async function importInConsole(paths: readonly string[], size: number, work: string): Promise<void> {
  const folder = join(work, 'console');
  mkdirSync(folder);
  await useConsole(folder, async (page, application) => {
    await application.evaluate(
      ({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
      },
      [...paths],
    );
    const chosen = await page.evaluate(() => window.arcwarden.call('application.chooseSources', { kind: 'folders' }));
    const { value: tickets } = chosen as { value: string[] };
    const tellLongestBlock = await watchMain(application);
    const what = `import of ${count(size)} in the console`;
    await measureCall(page, what, 'inventory.importFiles', { tickets });
    await tellLongestBlock(`longest block of main during ${what}`);
  });
}

// ---- Cancelling -----------------------------------------------------------------------------------------------------

/** Cancels imports at several moments, and measures the longest time from cancelling an import to its end. */
async function measureCancelling(paths: readonly string[], { size, ms }: Sized, work: string): Promise<void> {
  const times: number[] = [];
  for (const share of CANCELLED_AT) {
    const folder = join(work, `cancelled-${share}`);
    const { service, close } = await openService(folder);
    let from = Number.NaN;
    const timer = setTimeout(() => {
      from = performance.now();
      service.cancelImports();
    }, share * ms);
    // An import that ended before it was cancelled does not count.
    const isCancelled = await service.importFiles(paths).then(
      () => false,
      () => true,
    );
    if (isCancelled) times.push(performance.now() - from);
    clearTimeout(timer);
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
  recordAtMost(CANCEL_LIMIT_MS, `import of ${count(size)}, from cancelling to its end`, Math.max(...times), 'ms');
}

// ---- Hostile files --------------------------------------------------------------------------------------------------

async function writeHostile(folder: string): Promise<{ copies: string; names: string; bare: string }> {
  const [copies, names, bare] = [join(folder, 'copies'), join(folder, 'names'), join(folder, 'bare')];
  for (const path of [copies, names]) mkdirSync(path, { recursive: true });
  const [, , , copied] = await new SignedFleet({ rsaKeys: 0 }).certificates(1);
  const pem = encodeCertificatePem(copied?.der ?? Buffer.alloc(0));
  for (let at = 0; at < COPIES.count; at += 1) writeFileSync(join(copies, `copy-${at}.crt`), pem);
  writeFileSync(join(names, 'names.crt'), encodeCertificatePem(certificateWithNames(NAMES.count)));
  const namesakes = new SignedFleet({ ...NAMESAKES, hasKeyIds: false });
  for (let at = 0; at < NAMESAKES.clusters; at += 1) await namesakes.writeCluster(join(bare, `cluster-${at}`), at);
  return { copies, names, bare };
}

async function hostile(work: string): Promise<void> {
  const { copies, names, bare } = await writeHostile(join(work, 'hostile'));
  const one = async (text: string, path: string, limitMs: number): Promise<void> => {
    const times: Time[] = [];
    for (let round = 0; round < HOSTILE_ROUNDS; round += 1) times.push(await importOnce([path], join(work, 'store')));
    limitWork(limitMs, text, Math.min(...times.map(({ processor }) => processor)));
    note(`${text}, by the clock`, Math.min(...times.map(({ wall }) => wall)) / 1_000, 's');
  };
  await one(`import of ${count(COPIES.count)} copies of one certificate`, copies, COPIES.limitMs);
  await one(`import of one certificate with ${count(NAMES.count)} names`, names, NAMES.limitMs);
  const many = `import of ${count(WITHOUT_KEY_IDS.count)} without key ids, ${NAMESAKES.clusters} CAs of each name`;
  await one(many, bare, WITHOUT_KEY_IDS.limitMs);
}

async function main(work: string): Promise<void> {
  const made = await measureTime(() => makeCorpus(option('corpus') ?? work, sizes()));
  const folders = made.value;
  note(`making ${count(Math.max(...sizes()))} signed certificates`, made.wall / 1_000, 's');
  const foldersForSize = (size: number): string[] => folders.slice(0, sizes().indexOf(size) + 1);
  const smallest = foldersForSize(sizes()[0] ?? 0);
  checkPeer(smallest, work);
  for (const verb of VERBS) measureBesidePeer(verb, work, foldersForSize);
  // Warms up the code to measure.
  await importOnce(smallest, join(work, 'warm'));
  const all: Sized[] = [];
  for (const size of sizes()) all.push({ size, ms: await measureSize(size, foldersForSize(size), work) });
  const largest = Math.max(...sizes());
  await importInConsole(foldersForSize(largest), largest, work);
  const middle = all.at(-2) ?? all.at(-1);
  if (middle !== undefined) await measureCancelling(foldersForSize(middle.size), middle, work);
  await hostile(work);
}

void (isMainThread ? runIn('import', main) : makePart());
