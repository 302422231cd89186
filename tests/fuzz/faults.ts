import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LOCK_NAME } from '../../core/node/folder-lock.ts';
import { Pki } from '../core/inventory/pki.ts';
import { NOW, readState, type FolderState } from './faults/state.ts';

/*
 * Runs every writing command of the command line with a full disk, a failing disk and a kill, at many of its system
 * calls on the data folder. `strace` injects the faults. After each trial, a new process reads the folder, and the
 * command runs again.
 */

const PROGRAM = resolve('out/arcwarden.cjs');
const PASSPHRASE = 'correct horse battery staple';
/** The maximum number of trials per command, spread evenly over its system calls. */
const TRIALS_OF_A_COMMAND = 45;
const LEAST_TRIALS = 700;

interface Command {
  words: readonly string[];
  /** Expected result of repeating a successful command. */
  again: 'is-done' | 'adds' | 'is-refused';
  /** Whether the command may save only some clusters; it then reports how many. */
  isByCluster?: boolean;
}

const PASS = ['--passphrase-file', 'pass'];

/** Commands to test; each runs after `PREPARATION`. */
const COMMANDS: readonly Command[] = [
  { words: ['inventory', 'import', 'new'], again: 'is-done', isByCluster: true },
  { words: ['inventory', 'rename', 'east', 'plant7'], again: 'is-done' },
  { words: ['inventory', 'move', '$EAST', '--into', 'west'], again: 'is-done' },
  { words: ['inventory', 'move', '$EAST', '--new-cluster', 'north'], again: 'is-done' },
  { words: ['inventory', 'move', '$EAST', '--foreign'], again: 'is-done' },
  { words: ['inventory', 'merge', 'east', 'west'], again: 'is-done' },
  { words: ['inventory', 'forget', 'east'], again: 'is-done' },
  { words: ['inventory', 'restore', 'south'], again: 'is-done' },
  { words: ['revocation', 'mark-inactive', 'lost'], again: 'is-done' },
  {
    words: [
      'revocation',
      'build',
      '--name',
      'other',
      '--group',
      'ops',
      '--out',
      '$DATA/../o.yaml',
      '--i-understand',
      'revoke future certificates',
    ],
    again: 'is-done',
  },
  { words: ['settings', 'set', 'language', 'ja'], again: 'is-done' },
  { words: ['channel', 'add', 'second', '--kind', 'event-log'], again: 'adds' },
  { words: ['channel', 'change', 'first', '--disable'], again: 'is-done' },
  { words: ['channel', 'remove', 'first'], again: 'is-refused' },
  { words: ['silence', 'snooze', '$EAST', '--until', '2026-12-01T00:00:00Z', '--reason', 'known'], again: 'is-done' },
  { words: ['authority', 'new', 'other', '--kind', 'kubernetes', ...PASS], again: 'is-refused' },
  { words: ['authority', 'issue', 'kept', 'admin', ...PASS], again: 'adds' },
  { words: ['authority', 'revoke', 'kept', 'front-proxy-client'], again: 'is-refused' },
  { words: ['authority', 'renew', 'kept', 'front-proxy-client', ...PASS], again: 'adds' },
  { words: ['authority', 'change-passphrase', 'kept', ...PASS, '--new-passphrase-file', 'pass2'], again: 'is-refused' },
  { words: ['authority', 'remove', 'kept', '--yes'], again: 'is-refused' },
];

const PREPARATION: readonly (readonly string[])[] = [
  ['inventory', 'import', 'in'],
  ['inventory', 'forget', 'south'],
  ['channel', 'add', 'first', '--kind', 'event-log'],
  ['authority', 'new', 'kept', '--kind', 'kubernetes', ...PASS],
  ['authority', 'issue', 'kept', 'front-proxy-client', ...PASS],
];

const ERRORS: Record<string, readonly string[]> = {
  openat: ['ENOSPC', 'EIO'],
  write: ['ENOSPC', 'EIO'],
  pwrite64: ['ENOSPC', 'EIO'],
  fsync: ['EIO'],
  fdatasync: ['ENOSPC', 'EIO'],
  rename: ['ENOSPC', 'EIO'],
  link: ['ENOSPC', 'EIO'],
  unlink: ['EIO'],
  mkdir: ['ENOSPC', 'EIO'],
  rmdir: ['EIO'],
  ftruncate: ['EIO'],
};
const CALLS = Object.keys(ERRORS);

/**
 * A system call. `number` is the position among the calls with this name and path in one thread, as counted by `strace
 * -P`.
 */
interface Call {
  name: string;
  /** Relative to the data folder. */
  path: string;
  number: number;
  onlyReads: boolean;
}

interface Trial {
  call: Call;
  fault: string;
}

/**
 * Gives temporary files the same names in every traced run, without affecting the keys, which the crypto library
 * generates.
 */
const FIXED_NAMES = `const crypto = require('node:crypto');
let made = 0;
crypto.randomBytes = (size) => { const bytes = Buffer.alloc(size, 1); bytes.writeUInt32BE(made += 1, size - 4); return bytes; };
`;

class Workshop {
  readonly folder: string;
  readonly data: string;
  readonly #east: string;

  constructor(folder: string, east: string) {
    this.folder = folder;
    this.data = join(folder, 'data');
    this.#east = east;
  }

  words(words: readonly string[]): string[] {
    const given = words.map((word) => word.replace('$EAST', this.#east).replace('$DATA', this.data));
    return [PROGRAM, ...given, '--data', this.data, '--now', NOW];
  }

  reset(prepared: string): void {
    rmSync(this.folder, { recursive: true, force: true });
    cpSync(prepared, this.folder, { recursive: true });
  }
}

interface Outcome {
  code: number | null;
  text: string;
}

const ENVIRONMENT = { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', UV_THREADPOOL_SIZE: '1' };

function start(program: string, words: readonly string[], folder: string): Promise<Outcome> {
  return new Promise((settle, fail) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: { ...ENVIRONMENT, HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
    child.on('error', fail);
    child.on('close', (code) => settle({ code, text }));
  });
}

const run = (workshop: Workshop, words: readonly string[]): Promise<Outcome> =>
  start(process.execPath, workshop.words(words), workshop.folder);

async function look(workshop: Workshop): Promise<FolderState> {
  const { code, text } = await start(
    process.execPath,
    [process.argv[1] ?? '', '--state', workshop.data],
    workshop.folder,
  );
  if (code !== 0) throw new Error(`the folder cannot be read: ${text}`);
  return JSON.parse(text) as FolderState;
}

function strace(workshop: Workshop, options: readonly string[], words: readonly string[]): Promise<Outcome> {
  const log = join(workshop.folder, 'trace');
  return start(
    'strace',
    ['-f', '-qq', '-y', '-o', log, ...options, process.execPath, '-r', './fixed-names.cjs', ...workshop.words(words)],
    workshop.folder,
  );
}

/** Runs a command and lists its system calls on the data folder. */
async function listCalls(workshop: Workshop, words: readonly string[]): Promise<Call[]> {
  const { code, text } = await strace(workshop, ['--seccomp-bpf', '-e', `trace=${CALLS.join(',')}`], words);
  if (code !== 0) throw new Error(`${words.join(' ')}: exit ${code}: ${text}`);
  const calls: Call[] = [];
  const counts = new Map<string, number>();
  for (const line of readFileSync(join(workshop.folder, 'trace'), 'utf8').split('\n')) {
    const [, thread = '', name = '', rest = ''] = /^(\d+) +(\w+)\((.*)$/u.exec(line) ?? [];
    const named = [...rest.matchAll(/["<](\/[^">]*)[">]/gu)].map(([, path = '']) => path);
    const paths = [...new Set(named)].filter((path) => path.startsWith(`${workshop.data}/`) || path === workshop.data);
    for (const path of paths)
      counts.set(`${thread} ${name} ${path}`, (counts.get(`${thread} ${name} ${path}`) ?? 0) + 1);
    const path = paths.find((each) => each.endsWith('.tmp')) ?? paths[0];
    if (path === undefined || !CALLS.includes(name)) continue;
    const onlyReads = name === 'openat' && !rest.includes('O_CREAT');
    const number = counts.get(`${thread} ${name} ${path}`) ?? 1;
    calls.push({ name, path: path.slice(workshop.data.length), number, onlyReads });
  }
  return calls;
}

function chooseTrials(calls: readonly Call[], most: number): Trial[] {
  const all = calls.flatMap((call): Trial[] => {
    if (call.onlyReads) return [{ call, fault: 'EIO' }];
    return [...(ERRORS[call.name] ?? []), 'kill'].map((fault) => ({ call, fault }));
  });
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);
}

interface Expected {
  before: FolderState;
  after: FolderState;
  isAuditedFirst: boolean;
}

type Wrong = 'lost' | 'half done' | 'false message';
interface Verdict {
  wrong: Wrong;
  why: string;
}

/** Matches messages that claim that nothing has changed. */
const SAYS_UNCHANGED =
  /could not be (?:saved|written|removed)|was not written|[Nn]othing (?:was|is) (?:changed|written|done|signed)|unchanged/u;
const SAYS_BROKEN = /Something went wrong inside|at .*\.cjs:\d+/u;
const SAYS_ABSENT =
  /is not in the inventory|[Nn]o (?:cluster|such) .* found|has no such|There is no|not there any more/u;

const same = ({ clusters, others }: FolderState): string => JSON.stringify({ clusters, others });

/** Returns whether each cluster is either unchanged or completely changed. */
function isByClusterWhole({ clusters }: FolderState, { before, after }: Expected): boolean {
  const has = (name: string, state: FolderState): boolean =>
    JSON.stringify(state.clusters[name]) === JSON.stringify(clusters[name]);
  return [...Object.keys(after.clusters), ...Object.keys(clusters)].every(
    (name) => has(name, before) || has(name, after),
  );
}

async function attempt(
  workshop: Workshop,
  command: Command,
  { call, fault }: Trial,
  expected: Expected,
): Promise<Verdict[] | undefined> {
  const inject = fault === 'kill' ? 'signal=SIGKILL' : `error=${fault}`;
  // With `--seccomp-bpf`, strace 6.1 sends no signal at a call that it selects by path.
  const options = [
    ...(fault === 'kill' ? [] : ['--seccomp-bpf']),
    '-P',
    workshop.data + call.path,
    '-e',
    `trace=${call.name}`,
    '-e',
    `inject=${call.name}:${inject}:when=${call.number}`,
  ];
  const { code, text } = await strace(workshop, options, command.words);
  const isKilled = code === null || code > 128;
  const trace = readFileSync(join(workshop.folder, 'trace'), 'utf8');
  if (fault === 'kill' ? !isKilled : !trace.includes('INJECTED')) return undefined;
  // A killed process leaves its lock, which becomes stale only after five seconds.
  if (isKilled) rmSync(join(workshop.data, LOCK_NAME), { recursive: true, force: true });

  const verdicts: Verdict[] = [];
  const found = await look(workshop);
  const isDone = same(found) === same(expected.after);
  const isUndone = same(found) === same(expected.before);
  const isWhole = isDone || isUndone || (command.isByCluster === true && isByClusterWhole(found, expected));
  if (!isWhole) verdicts.push({ wrong: 'half done', why: same(found) });
  if (code === 0 && !isDone) verdicts.push({ wrong: 'lost', why: 'exit 0, and it is not there' });
  if (!isKilled && code !== 0) {
    if (!isUndone && SAYS_UNCHANGED.test(text) && command.isByCluster !== true)
      verdicts.push({ wrong: 'false message', why: text });
    if (SAYS_BROKEN.test(text) || SAYS_ABSENT.test(text) || text.trim() === '')
      verdicts.push({ wrong: 'false message', why: text });
  }
  if (isDone && !isUndone && expected.isAuditedFirst && found.audit.lines <= expected.before.audit.lines)
    verdicts.push({ wrong: 'lost', why: 'it is done, and the audit trail has no line' });

  if (isDone && !isUndone && command.again === 'adds') return verdicts;
  const again = await run(workshop, command.words);
  const isAnswered = again.code === 0 || (isDone && command.again === 'is-refused' && again.code === 2);
  if (!isAnswered) verdicts.push({ wrong: 'half done', why: `again: exit ${again.code}: ${again.text}` });
  const last = await look(workshop);
  if (same(last) !== same(expected.after)) verdicts.push({ wrong: 'half done', why: `afterwards ${same(last)}` });
  if (!last.audit.isSound) verdicts.push({ wrong: 'lost', why: 'the audit trail is damaged' });
  if (JSON.stringify(last.findings) !== JSON.stringify(expected.after.findings))
    verdicts.push({ wrong: 'lost', why: `damage: ${last.findings.join(', ')}` });
  return verdicts;
}

/** Creates a folder with everything that the commands need; returns the id of a certificate of `east`. */
async function prepare(folder: string): Promise<string> {
  mkdirSync(folder);
  const pki = new Pki();
  let east = '';
  for (const [cluster, place] of [
    ['east', 'in'],
    ['west', 'in'],
    ['south', 'in'],
    ['delta', 'new'],
    ['gamma', 'new'],
  ] as const) {
    const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, 3000], usage: 'ca' });
    const names = `DNS:kubernetes,DNS:kubernetes.default.svc,DNS:${cluster}`;
    const api = pki.issue({ subject: '/CN=kube-apiserver', issuer: ca, days: [-5, 300], usage: 'server', names });
    const path = join(folder, place, cluster, 'pki');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'ca.crt'), ca.crt);
    writeFileSync(join(path, 'kubeconfig'), kubeconfig(cluster, ca.crt));
    writeFileSync(join(path, 'apiserver.crt'), api.crt);
    if (cluster === 'east') east = api.id;
  }
  pki.remove();
  writeFileSync(join(folder, 'in/west/lost.yaml'), REVOCATION);
  writeFileSync(join(folder, 'pass'), `${PASSPHRASE}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'pass2'), `another ${PASSPHRASE}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'fixed-names.cjs'), FIXED_NAMES);
  for (const words of PREPARATION) {
    const { code, text } = await run(new Workshop(folder, east), words);
    if (code !== 0) throw new Error(`${words.join(' ')}: exit ${code}: ${text}`);
  }
  return east;
}

const kubeconfig = (cluster: string, ca: string): string => `apiVersion: v1
kind: Config
clusters:
- name: ${cluster}
  cluster: { server: 'https://10.0.0.1:6443', certificate-authority-data: ${Buffer.from(ca).toString('base64')} }
contexts:
- { name: x, context: { cluster: ${cluster}, user: y } }
users:
- { name: y, user: {} }
`;

const REVOCATION = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata: { name: lost, namespace: kube-system }
spec:
  revocations:
  - { kind: Group, group: 'some:group', notBefore: '2020-04-17T17:22:05Z' }
`;

const COUNTS: Record<Wrong, number> = { lost: 0, 'half done': 0, 'false message': 0 };

async function proveCommand(
  command: Command,
  prepared: string,
  { workshops, most }: { workshops: readonly [Workshop, ...Workshop[]]; most: number },
): Promise<number> {
  const [first] = workshops;
  first.reset(prepared);
  const before = await look(first);
  const calls = await listCalls(first, command.words);
  const after = await look(first);
  if (same(before) === same(after) && !command.words.includes('--out') && !command.words.includes('change-passphrase'))
    throw new Error(`${command.words.join(' ')} changes nothing`);
  const writes = calls.filter(({ name }) => name === 'write' || name === 'rename');
  const firstChange = writes.find(({ path }) => !path.includes(LOCK_NAME) && !path.startsWith('/audit'));
  const firstLine = writes.find(({ path }) => path === '/audit.jsonl');
  const isAuditedFirst =
    firstLine !== undefined && firstChange !== undefined && writes.indexOf(firstLine) < writes.indexOf(firstChange);
  const expected = { before, after, isAuditedFirst };
  const trials = chooseTrials(calls, most);
  let tried = 0;
  let missed = 0;
  const waiting = [...trials];
  await Promise.all(
    workshops.map(async (workshop) => {
      for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
        workshop.reset(prepared);
        const verdicts = await attempt(workshop, command, trial, expected);
        if (verdicts === undefined) missed += 1;
        else tried += 1;
        for (const { wrong, why } of verdicts ?? []) {
          COUNTS[wrong] += 1;
          const { call, fault } = trial;
          console.log(
            `${wrong}: ${command.words.join(' ')}, ${fault} at ${call.name} ${call.number} of ${call.path}: ${why.slice(0, 600)}`,
          );
        }
      }
    }),
  );
  console.log(
    `${command.words.slice(0, 4).join(' ')}: ${tried} trials at ${calls.length} calls${missed > 0 ? `, ${missed} calls not met` : ''}`,
  );
  return tried;
}

async function main(): Promise<void> {
  const [option, folderToRead] = process.argv.slice(2);
  if (option === '--state') {
    process.stdout.write(JSON.stringify(await readState(folderToRead ?? '')));
    return;
  }
  if (spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status !== 0) throw new Error('strace cannot trace here');
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-faults-'));
  try {
    const prepared = join(folder, 'prepared');
    const east = await prepare(prepared);
    const [first, ...others] = cpus().map((_, at) => new Workshop(join(folder, `place-${at}`), east));
    const most = Number(option) || TRIALS_OF_A_COMMAND;
    const chosen = COMMANDS.filter(
      ({ words }) => option === undefined || Number(option) > 0 || words.join(' ').includes(option),
    );
    let trials = 0;
    for (const command of chosen)
      trials += await proveCommand(command, prepared, { workshops: [first!, ...others], most });
    const { lost, 'half done': half, 'false message': wrong } = COUNTS;
    console.log(`${trials} trials: ${lost} lost, ${half} half done, ${wrong} false messages`);
    const isEnough = option !== undefined || trials >= LEAST_TRIALS;
    if (!isEnough) console.log(`At least ${LEAST_TRIALS} trials are needed.`);
    process.exitCode = lost + half + wrong === 0 && isEnough ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
