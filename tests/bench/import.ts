/**
 * Importing and inspecting certificates, beside what cannot be saved: checking their signatures on the same cores, or
 * finding, reading and hashing their files. Exits with 1 when a limit is missed. Options: `--sizes 1000,10000`, `--corpus DIR`
 * (kept and used again).
 *
 * Processor time of all threads counts, the middle of some rounds of each, peer and own work in turn: waiting for the disk
 * is no part of it. The least would tell of the one round in which the engine happened to compile early. By the clock each is
 * held against what the peer took before and after it, which is noted.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { inspectPaths } from '../../core/inventory/read/inspect.ts';
import { InventoryService } from '../../core/inventory/service.ts';
import { nodeClock, nodeScheduler } from '../../core/node/clock.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { openStore } from '../../core/settings/store/store.ts';
import { RecordingOutside } from '../support/ports.ts';
import { toPem } from '../support/certificates.ts';
import { SignedFleet, withManyNames } from '../support/signed-fleet.ts';
import { atMost, count, growth, note, type Sized } from './support/figures.ts';
import { findReadAndHash, SignatureChecker } from './support/import-peers.ts';
import {
  collectGarbage,
  LARGEST_SIZE,
  median,
  option,
  runIn,
  sizes,
  timed,
  timedWithBlocks,
  type Blocking,
  type Time,
} from './support/measure.ts';
import { makePart, signedCorpus } from './support/signed-corpus.ts';

const RATIO_LIMIT = 1.5;
const AGAIN_LIMIT = 3;
/** Other calls have their turn each fifty milliseconds, after what was begun by then. */
const BLOCKED_LIMIT_MS = 100;
const CANCEL_LIMIT_MS = 200;
/** After which parts of the time that an import takes it is cancelled. */
const CANCELLED_AT = [0.25, 0.5, 0.75];
const COPIES = { count: 20_000, limitMs: 2_000 };
const NAMES = { count: 32_766, limitMs: 500 };
const WITHOUT_KEY_IDS = { count: 10_000, limitMs: 3_000 };
/** As many clusters without key ids as candidates of one name are tried, with as many nodes as that takes. */
const NAMESAKES = { clusters: 32, workers: 151, rsaKeys: 16 };
/** Smaller sizes are measured more often: what is done once, as starting threads, is more of them, and differs. */
const ROUNDS = { least: 2, most: 12, certificates: 100_000 };
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

interface Opened {
  service: InventoryService;
  close: () => Promise<void>;
}

async function openService(folder: string): Promise<Opened> {
  const store = await openStore(ports, folder);
  const service = new InventoryService({ ports, store });
  return { service, close: () => store.close() };
}

/** One import into a store of its own. */
async function importOnce(paths: readonly string[], folder: string): Promise<Blocking<number>> {
  const { service, close } = await openService(folder);
  const measured = await timedWithBlocks(async () => (await service.importFiles(paths)).added.length);
  await close();
  rmSync(folder, { recursive: true, force: true });
  return measured;
}

// ---- Beside its peers -----------------------------------------------------------------------------------------------

interface Compared {
  size: number;
  ms: number;
  processorMs: number;
  blockedMs: number;
  /** How many times as much processor time as the peer takes. */
  ratio: number;
  ratioByClock: number;
}

/** Own work, and the peer before and after it. */
type Round = Blocking<unknown> & { before: Time; after: Time };

/** What the peer took is what it took in all the rounds `beside`, since the work differs and the peer does not. */
function compared(size: number, rounds: readonly Round[], beside = rounds): Compared {
  const processorMs = median(rounds.map(({ processor }) => processor));
  return {
    size,
    ms: median(rounds.map(({ wall }) => wall)),
    processorMs,
    // Other programs lengthen it, too: they take caches away.
    blockedMs: Math.min(...rounds.map(({ blockedMs }) => blockedMs)),
    ratio: processorMs / median(beside.flatMap(({ before, after }) => [before.processor, after.processor])),
    ratioByClock: median(rounds.map(({ wall, before, after }) => wall / ((before.wall + after.wall) / 2))),
  };
}

function tell(
  measure: string,
  peer: string,
  { size, ms, processorMs, blockedMs, ratio, ratioByClock }: Compared,
  limit = RATIO_LIMIT,
): void {
  const what = `${measure} ${count(size)}`;
  atMost(limit, `${what} beside ${peer}`, ratio, 'x');
  note(`${what} beside ${peer}, by the clock`, ratioByClock, 'x');
  note(`${what}, by the clock`, ms / 1_000, 's');
  note(`${what}, processor time`, processorMs / 1_000, 's');
  atMost(BLOCKED_LIMIT_MS, `${what}, longest block of the main thread`, blockedMs, 'ms');
}

/**
 * Collecting what a large import has left would hold up the main thread during the next one. After shorter work nothing is
 * collected: the engine would drop compiled code with it, and every round would be a first one.
 */
async function besidePeer<T>(
  peer: () => Promise<Time>,
  { before, collects = false }: { before: Time; collects?: boolean },
  work: () => Promise<T>,
): Promise<Blocking<T> & { before: Time; after: Time }> {
  if (collects) collectGarbage();
  const measured = await timedWithBlocks(work);
  return { ...measured, before, after: await peer() };
}

interface BySize {
  importing: Compared;
  inspecting: Compared;
}

async function measureSize(
  size: number,
  paths: readonly string[],
  checker: SignatureChecker,
  work: string,
): Promise<BySize> {
  const peer = (): Promise<Time> => timed(() => checker.check());
  await peer();
  let last = await peer();
  const rounds = Math.max(ROUNDS.least, Math.min(ROUNDS.most, Math.floor(ROUNDS.certificates / size)));
  const importing = [];
  const inspecting = [];
  const firstAgain: Round[] = [];
  const again: Round[] = [];
  const collects = size >= LARGEST_SIZE;
  for (let round = 0; round < rounds; round += 1) {
    const folder = join(work, 'store');
    const opened = await openService(folder);
    const own = await besidePeer(peer, { before: last, collects }, () => opened.service.importFiles(paths));
    const { added } = own.value;
    if (added.length !== size) throw new Error(`imported ${added.length} of ${size}`);
    importing.push(own);
    if (size === Math.max(...sizes())) {
      const { first, later } = await importAgain(paths, size, opened);
      firstAgain.push(first);
      again.push(later);
    }
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
    const inspect = async (): Promise<number> => (await inspectPaths(ports, paths)).records.length;
    const inspected = await besidePeer(peer, { before: await peer(), collects }, inspect);
    if (inspected.value !== size) throw new Error(`inspected ${inspected.value} of ${size}`);
    inspecting.push(inspected);
    last = inspected.after;
  }
  if (again.length > 0) {
    const both = [...firstAgain, ...again];
    note(`finding, reading and hashing ${count(size)} files`, Math.min(...both.map(({ before }) => before.wall)), 'ms');
    tell('first import again of', 'finding, reading and hashing', compared(size, firstAgain, both), AGAIN_LIMIT);
    tell('import again of', 'finding, reading and hashing', compared(size, again, both), AGAIN_LIMIT);
  }
  const alone = importing.map(({ before }) => before);
  note(`crypto.verify alone, every core, ${count(size)}`, Math.min(...alone.map(({ wall }) => wall)), 'ms');
  note(`crypto.verify alone, processor time, ${count(size)}`, Math.min(...alone.map((one) => one.processor)), 'ms');
  return { importing: compared(size, importing), inspecting: compared(size, inspecting) };
}

/**
 * The same files once more, into the store that has them: the first time finds out that nothing changes, later ones only look
 * whether everything is as it was.
 */
async function importAgain(
  paths: readonly string[],
  size: number,
  { service }: Opened,
): Promise<{ first: Round; later: Round }> {
  const peer = (): Promise<Time> => timed(() => findReadAndHash(paths));
  const once = async (before: Time): Promise<Round> => {
    const own = await besidePeer(peer, { before, collects: size >= LARGEST_SIZE }, () => service.importFiles(paths));
    const { added, unchanged } = own.value;
    if (added.length > 0 || unchanged.length !== size) throw new Error('not everything was known');
    return own;
  };
  const first = await once(await peer());
  return { first, later: await once(first.after) };
}

// ---- Cancelling -----------------------------------------------------------------------------------------------------

/** The longest time from cancelling to the end, at several moments of an import. */
async function cancelling(paths: readonly string[], { size, ms }: Compared, work: string): Promise<void> {
  const times: number[] = [];
  for (const share of CANCELLED_AT) {
    const folder = join(work, `cancelled-${share}`);
    const { service, close } = await openService(folder);
    let from = Number.NaN;
    const timer = setTimeout(() => {
      from = performance.now();
      service.cancelImports();
    }, share * ms);
    // One that was quicker than expected is not cancelled any more, and says nothing.
    const isCancelled = await service.importFiles(paths).then(
      () => false,
      () => true,
    );
    if (isCancelled) times.push(performance.now() - from);
    clearTimeout(timer);
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
  atMost(CANCEL_LIMIT_MS, `import of ${count(size)}, from cancelling to its end`, Math.max(...times), 'ms');
}

// ---- Hostile shapes -------------------------------------------------------------------------------------------------

async function writeHostile(folder: string): Promise<{ copies: string; names: string; bare: string }> {
  const [copies, names, bare] = [join(folder, 'copies'), join(folder, 'names'), join(folder, 'bare')];
  for (const path of [copies, names]) mkdirSync(path, { recursive: true });
  const [, , , copied] = await new SignedFleet({ rsaKeys: 0 }).certificates(1);
  const pem = toPem(copied?.der ?? Buffer.alloc(0));
  for (let at = 0; at < COPIES.count; at += 1) writeFileSync(join(copies, `copy-${at}.crt`), pem);
  writeFileSync(join(names, 'names.crt'), toPem(withManyNames(NAMES.count)));
  const namesakes = new SignedFleet({ ...NAMESAKES, hasKeyIds: false });
  for (let at = 0; at < NAMESAKES.clusters; at += 1) await namesakes.writeCluster(join(bare, `cluster-${at}`), at);
  return { copies, names, bare };
}

async function hostile(work: string): Promise<void> {
  const { copies, names, bare } = await writeHostile(join(work, 'hostile'));
  const one = async (text: string, path: string, limitMs: number): Promise<void> => {
    const times: Time[] = [];
    for (let round = 0; round < HOSTILE_ROUNDS; round += 1) times.push(await importOnce([path], join(work, 'store')));
    atMost(limitMs / 1_000, text, Math.min(...times.map(({ processor }) => processor)) / 1_000, 's');
    note(`${text}, by the clock`, Math.min(...times.map(({ wall }) => wall)) / 1_000, 's');
  };
  await one(`import of ${count(COPIES.count)} copies of one certificate`, copies, COPIES.limitMs);
  await one(`import of one certificate with ${count(NAMES.count)} names`, names, NAMES.limitMs);
  const many = `import of ${count(WITHOUT_KEY_IDS.count)} without key ids, ${NAMESAKES.clusters} CAs of each name`;
  await one(many, bare, WITHOUT_KEY_IDS.limitMs);
}

// ---- The run --------------------------------------------------------------------------------------------------------

async function main(work: string): Promise<void> {
  const made = await timed(() => signedCorpus(option('corpus') ?? work, sizes()));
  const { folders, signed, share } = made.value;
  note(`making ${count(Math.max(...sizes()))} signed certificates`, made.wall / 1_000, 's');
  const perSize = (size: number): string[] => folders.slice(0, sizes().indexOf(size) + 1);
  // Compiles what is measured.
  await importOnce(perSize(sizes()[0] ?? 0), join(work, 'warm'));
  const all: BySize[] = [];
  for (const size of sizes()) {
    const checker = new SignatureChecker(signed.slice(0, Math.round(size * share)));
    const measured = await measureSize(size, perSize(size), checker, work);
    await checker.close();
    tell('import of', 'crypto.verify', measured.importing);
    tell('inspect of', 'crypto.verify', measured.inspecting);
    all.push(measured);
  }
  const sized = (part: keyof BySize): Sized[] =>
    all.map(({ [part]: { size, processorMs } }) => ({ size, ms: processorMs }));
  growth('import, processor time, certificates', sized('importing'));
  growth('inspect, processor time, certificates', sized('inspecting'));
  const middle = all.at(-2) ?? all.at(-1);
  if (middle !== undefined) await cancelling(perSize(middle.importing.size), middle.importing, work);
  await hostile(work);
}

void (isMainThread ? runIn('import', main) : makePart());
