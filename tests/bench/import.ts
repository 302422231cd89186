/**
 * Importing and inspecting certificates, beside what cannot be saved: checking their signatures on the same cores, or
 * reading and hashing their files. Exits with 1 when a limit is missed. Options: `--sizes 1000,10000`, `--corpus DIR`
 * (kept and used again).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { inspectPaths } from '../../core/inventory/read/inspect.ts';
import { InventoryService } from '../../core/inventory/service.ts';
import { nodeClock, nodeScheduler } from '../../core/node/clock.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { openStore } from '../../core/store/store.ts';
import { RecordingOutside } from '../support/ports.ts';
import { toPem } from '../support/certificates.ts';
import { SignedFleet, withManyNames, type Signed } from '../support/signed-fleet.ts';

const RATIO_LIMIT = 1.5;
const EXPONENT_LIMIT = 1.1;
const BLOCKED_LIMIT_MS = 50;
/** The monitor counts the time between two of its own ticks. */
const TICK_MS = 5;
const COPIES = { count: 20_000, limitMs: 2_000 };
const NAMES = { count: 32_766, limitMs: 500 };
const WITHOUT_KEY_IDS = { count: 10_000, limitMs: 3_000 };
/** As many clusters without key ids as candidates of one name are tried, with as many nodes as that takes. */
const NAMESAKES = { clusters: 32, workers: 151, rsaKeys: 16 };
const PEER_ROUNDS = 2;

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

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

// ---- Measuring ------------------------------------------------------------------------------------------------------

let missed = false;

function told(text: string, value: string, limit?: { text: string; held: boolean }): void {
  if (limit?.held === false) missed = true;
  const verdict = limit === undefined ? '' : `   limit ${limit.text} ${limit.held ? 'held' : 'MISSED'}`;
  console.log(`  ${text.padEnd(62)} ${value.padStart(12)}${verdict}`);
}

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

function ratio(text: string, ms: number, peerMs: number): void {
  const times = ms / peerMs;
  const limit = { text: `${RATIO_LIMIT}x`, held: times <= RATIO_LIMIT };
  told(text, `${inSeconds(ms)} ${times.toFixed(2)}x`, limit);
}

function within(text: string, ms: number, limitMs: number): void {
  told(text, inSeconds(ms), { text: inSeconds(limitMs), held: ms <= limitMs });
}

interface Measured<T> {
  ms: number;
  blockedMs: number;
  cpuMs: number;
  value: T;
}

async function measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
  (globalThis as { gc?: () => void }).gc?.();
  const delays = monitorEventLoopDelay({ resolution: TICK_MS });
  const cpu = process.cpuUsage();
  delays.enable();
  const start = performance.now();
  const value = await work();
  const ms = performance.now() - start;
  // A delay is counted by the tick that comes late.
  await new Promise((done) => setTimeout(done, 2 * TICK_MS));
  delays.disable();
  const { user, system } = process.cpuUsage(cpu);
  return { ms, blockedMs: delays.max / 1e6 - TICK_MS, cpuMs: (user + system) / 1_000, value };
}

/** The exponent of growth between two sizes: 1 when ten times as much takes ten times as long. */
function growth(text: string, series: readonly { size: number; ms: number }[]): void {
  const seconds = series.map(({ size, ms }) => `${size.toLocaleString('en')}: ${inSeconds(ms)}`).join(', ');
  const exponents = series.slice(1).map(({ size, ms }, at) => {
    const before = series[at];
    return before === undefined ? 0 : Math.log(ms / before.ms) / Math.log(size / before.size);
  });
  const most = Math.max(...exponents);
  const limit = { text: `exponent ${EXPONENT_LIMIT}`, held: most <= EXPONENT_LIMIT };
  told(`${text}: ${seconds}`, exponents.map((one) => one.toFixed(2)).join(' '), limit);
}

// ---- Peers ----------------------------------------------------------------------------------------------------------

const CHECKER = `
const { createPublicKey, verify } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');
const keys = workerData.keys.map((key) => createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' }));
const signed = workerData.signed.map(({ key, data, signature }) => ({ key: keys[key], data, signature }));
parentPort.on('message', () => {
  let right = 0;
  for (const { key, data, signature } of signed) if (verify('sha256', data, key, signature)) right += 1;
  parentPort.postMessage(right);
});
parentPort.postMessage('ready');
`;

/** Milliseconds for checking the signatures with keys that have been read, on every core. */
async function checkingAlone(signed: readonly Signed[]): Promise<number> {
  const threads = availableParallelism();
  const workers = Array.from({ length: threads }, (_, thread) => {
    const own = signed.filter((_one, at) => at % threads === thread);
    const numbers = new Map<string, number>();
    const keys: Buffer[] = [];
    const parts = own.map(({ spki, data, signature }) => {
      const name = spki.toString('latin1');
      if (!numbers.has(name)) numbers.set(name, keys.push(spki) - 1);
      return { key: numbers.get(name), data, signature };
    });
    return new Worker(CHECKER, { eval: true, workerData: { keys, signed: parts } });
  });
  const answers = (): Promise<unknown[]> =>
    Promise.all(workers.map((worker) => new Promise((done) => worker.once('message', done))));
  await answers();
  let best = Infinity;
  for (let round = 0; round < PEER_ROUNDS; round += 1) {
    const start = performance.now();
    const answered = answers();
    for (const worker of workers) worker.postMessage('go');
    const right = (await answered).reduce<number>((sum, one) => sum + Number(one), 0);
    best = Math.min(best, performance.now() - start);
    if (right !== signed.length) throw new Error('a signature of the fleet is wrong');
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return best;
}

const FILES_AT_ONCE = 16;

/** Reads files as an import does, several at once, and hashes each. */
async function readingAndHashing(paths: readonly string[]): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      ports.crypto.sha256(await ports.files.read(path, 1 << 24));
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, reader));
}

// ---- What is imported -----------------------------------------------------------------------------------------------

interface Corpus {
  /** Folders with as many certificates as the sizes have in addition to the ones before. */
  folders: string[];
  signed: Signed[];
  /** Of a cluster’s files, the part that a CA has signed. */
  share: number;
}

/** Signatures are kept as one file: keys, data and signatures, each after its length. */
function packed(signed: readonly Signed[]): Buffer {
  const length = (bytes: Buffer): Buffer => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(bytes.length);
    return four;
  };
  const parts = signed.flatMap(({ spki, data, signature }) => [spki, data, signature]);
  return Buffer.concat(parts.flatMap((part) => [length(part), part]));
}

function unpacked(bytes: Buffer): Signed[] {
  const signed: Signed[] = [];
  let at = 0;
  const next = (): Buffer => {
    const start = at + 4;
    at = start + bytes.readUInt32BE(at);
    return bytes.subarray(start, at);
  };
  while (at < bytes.length) signed.push({ spki: next(), data: next(), signature: next() });
  return signed;
}

async function corpusIn(folder: string, sizes: readonly number[]): Promise<Corpus> {
  const folders = sizes.map((_, at) => join(folder, `fleet-${at}`));
  const record = join(folder, `signatures-${sizes.join('-')}.bin`);
  const fleet = new SignedFleet();
  const share = fleet.signedPerCluster / fleet.perCluster;
  if (existsSync(record)) return { folders, share, signed: unpacked(readFileSync(record)) };
  let number = 0;
  for (const [at, size] of sizes.entries()) {
    for (; number * fleet.perCluster < size; number += 1) {
      const name = `cluster-${String(number).padStart(5, '0')}`;
      await fleet.writeCluster(join(folders[at] ?? '', name), number);
    }
  }
  writeFileSync(record, packed(fleet.signed));
  return { folders, share, signed: fleet.signed };
}

async function openService(folder: string): Promise<{ service: InventoryService; close: () => Promise<void> }> {
  const store = await openStore(ports, folder);
  const service = new InventoryService({ ports, store, announce: () => undefined });
  return { service, close: () => store.close() };
}

/** One import into a store of its own. */
async function importOnce(paths: readonly string[], folder: string): Promise<Measured<number>> {
  const { service, close } = await openService(folder);
  const measured = await measure(async () => (await service.importFiles(paths)).added.length);
  await close();
  rmSync(folder, { recursive: true, force: true });
  return measured;
}

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

// ---- The run --------------------------------------------------------------------------------------------------------

async function main(work: string): Promise<void> {
  const sizes = (option('sizes') ?? '1000,10000,100000').split(',').map(Number);
  const { folders, signed, share } = await corpusIn(option('corpus') ?? work, sizes);
  const perSize = (size: number): string[] => folders.slice(0, sizes.indexOf(size) + 1);
  console.log(`import: clusters of 40 files, half RSA 2048, half P-256; Node ${process.version}`);
  const series: { importing: { size: number; ms: number }[]; inspecting: { size: number; ms: number }[] } = {
    importing: [],
    inspecting: [],
  };
  // Compiles what is measured.
  await importOnce(perSize(sizes[0] ?? 0), join(work, 'warm'));
  for (const size of sizes) {
    const own = await importOnce(perSize(size), join(work, 'store'));
    if (own.value !== size) throw new Error(`imported ${own.value} of ${size}`);
    series.importing.push({ size, ms: own.ms });
    const inspected = await measure(async () => (await inspectPaths(ports, perSize(size))).records.length);
    if (inspected.value !== size) throw new Error(`inspected ${inspected.value} of ${size}`);
    series.inspecting.push({ size, ms: inspected.ms });
    const peer = await checkingAlone(signed.slice(0, Math.round(size * share)));
    console.log(`${size.toLocaleString('en')} certificates`);
    told('crypto.verify alone, every core', inSeconds(peer));
    ratio('import, files to stored', own.ms, peer);
    told('  processor time', inSeconds(own.cpuMs));
    const held = own.blockedMs <= BLOCKED_LIMIT_MS;
    told('  longest block', `${own.blockedMs.toFixed(0)} ms`, { text: `${BLOCKED_LIMIT_MS} ms`, held });
    ratio('inspect', inspected.ms, peer);
    told('  longest block', `${inspected.blockedMs.toFixed(0)} ms`);
  }
  await again(perSize(sizes.at(-1) ?? 0), join(work, 'again'));
  console.log('growth');
  growth('import', series.importing);
  growth('inspect', series.inspecting);
  await hostile(work);
  process.exitCode = missed ? 1 : 0;
}

async function again(folders: readonly string[], data: string): Promise<void> {
  const { service, close } = await openService(data);
  const first = await service.importFiles(folders);
  const paths = first.added.map(({ source }) => source.path);
  const peer = await measure(() => readingAndHashing(paths));
  const second = await measure(() => service.importFiles(folders));
  const { added, unchanged } = second.value;
  if (added.length > 0 || unchanged.length !== paths.length) throw new Error('not everything was known');
  console.log(`${paths.length.toLocaleString('en')} known, unchanged files`);
  told('reading and hashing them', inSeconds(peer.ms));
  ratio('import again', second.ms, peer.ms);
  const held = second.blockedMs <= BLOCKED_LIMIT_MS;
  told('  longest block', `${second.blockedMs.toFixed(0)} ms`, { text: `${BLOCKED_LIMIT_MS} ms`, held });
  await close();
}

async function hostile(work: string): Promise<void> {
  const { copies, names, bare } = await writeHostile(join(work, 'hostile'));
  console.log('hostile shapes');
  const one = async (text: string, path: string, limitMs: number): Promise<void> =>
    within(text, (await importOnce([path], join(work, 'store'))).ms, limitMs);
  await one(`${COPIES.count.toLocaleString('en')} copies of one certificate`, copies, COPIES.limitMs);
  await one(`one certificate with ${NAMES.count.toLocaleString('en')} names`, names, NAMES.limitMs);
  const many = WITHOUT_KEY_IDS.count.toLocaleString('en');
  await one(
    `${many} certificates without key ids, ${NAMESAKES.clusters} CAs of each name`,
    bare,
    WITHOUT_KEY_IDS.limitMs,
  );
}

const work = mkdtempSync(join(tmpdir(), 'arcwarden-bench-'));
void main(work).finally(() => rmSync(work, { recursive: true, force: true }));
