import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partsFromVerb } from '../../../core/cli/help.ts';
import { VERBS } from '../../../core/cli/run.ts';
import { processEnvironment } from '../../../core/cli/process-environment.ts';
import { RevocationDocuments } from '../../../core/revocation/documents/documents.ts';
import { openRevocationStore } from '../../../core/revocation/store/store.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { makeStandIns, pathWith } from '../runs/stand-ins.ts';
import { SAMPLE_MARKER } from '../../../core/formats/sample-marker.ts';
import { runInFolder } from '../../support/command-line.ts';
import { BuiltProgram } from '../../support/built-program.ts';
import { findPostgres, NO_POSTGRES, PostgresServer } from '../../support/postgres.ts';
import { openssl } from '../../support/openssl.ts';

/* Compares the help of each verb with its exit code and JSON document for the demo fleet. */

const NOW = '2026-11-24T12:00:00Z';

type Known = Record<string, string>;
type Document = Record<string, unknown>;

const POSTGRES = findPostgres();
let server: PostgresServer | undefined;
let folder: string;
const known: Known = {};

const manifest = (name: string): string => `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: ${name}
  namespace: kube-system
spec:
  revocations:
  - kind: Group
    group: contoso:contractors
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-scripting-'));
  writeFileSync(join(folder, 'passphrase'), 'correct horse battery staple\n');
  writeFileSync(join(folder, 'new-passphrase'), 'another horse battery staple\n');
  writeFileSync(join(folder, 'evidence.log'), 'x509: certificate has expired or is not yet valid\n');
  writeFileSync(join(folder, 'session.txt'), 'PS C:\\> Get-AksHciVersion\n1.0.22.10209\n');
  writeFileSync(join(folder, 'role.yaml'), 'actions:\n  VirtualMachine: [read]\n');
  writeFileSync(join(folder, 'object.yaml'), manifest('contractors'));
  cpSync('docs/examples/control-plane-node.yaml', join(folder, 'spec.yaml'));
  openssl(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=alice',
    '-keyout',
    join(folder, 'alice.key'),
    '-out',
    join(folder, 'alice.csr'),
  );
  // The lab starts its machines with the command line that this process was started with.
  const started = process.argv[1];
  process.argv[1] = (await BuiltProgram.build()).file;
  const programs = makeStandIns(mkdtempSync(join(folder, 'programs-')));
  programs.put('powershell.exe', '');
  const { PATH } = process.env;
  process.env['PATH'] = pathWith(programs);
  if (POSTGRES !== undefined) {
    server = await PostgresServer.start(POSTGRES);
    known['address'] = server.createDatabase();
  }
  const calls = server === undefined ? CALLS : [...CALLS, ...WITH_DATABASE];
  for (const call of calls) called.set(verbName(call.words), await run(call));
  process.argv[1] = started ?? '';
  process.env['PATH'] = PATH;
}, 900_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Promised {
  verb: string;
  codes: readonly number[];
  /** Keys of the document, or of each entry if the document is a list. */
  keys: readonly string[];
  optional: readonly string[];
  isList: boolean;
}

/** Taken from the help: a question mark follows each key that may be absent, and a colon the words “a list”. */
const PROMISED: readonly Promised[] = VERBS.map((verb) => {
  const { about, options } = partsFromVerb(verb, translator('en'));
  const json = options.at(-1)?.text ?? '';
  const keys = json.replace(/^a list: /u, '').split(', ');
  return {
    verb: verb.name.join(' '),
    codes: /exit code (?:0: .*; )?1/iu.test([...about, ...options.map(({ text }) => text)].join(' ')) ? [0, 1] : [0],
    keys: keys.filter((key) => !key.endsWith('?')),
    optional: keys.filter((key) => key.endsWith('?')).map((key) => key.slice(0, -1)),
    isList: json.startsWith('a list: '),
  };
});

interface Printed {
  code: number | null;
  document: unknown;
}

const called = new Map<string, Printed>();

function verbName(words: readonly string[]): string {
  const verb = VERBS.find(({ name }) => name.every((word, index) => words[index] === word));
  return verb?.name.join(' ') ?? '';
}

async function run({ words, keep }: Call): Promise<Printed> {
  if (verbName(words) === 'revocation discard') await keepDraft();
  const filled = words.map((word) => word.replace(/^\{(\w+)\}$/u, (_, name: string) => known[name] ?? name));
  const { code, out, notices } = await runInFolder(folder, ...filled, '--json', '--now', NOW);
  if (out === '') return { code, document: notices };
  const document: unknown = JSON.parse(out);
  keep?.(document as Document);
  return { code, document };
}

/** Stores a draft, which only the window can do. */
async function keepDraft(): Promise<void> {
  const dataFolder = join(folder, 'default-data');
  const [translate, notice] = [translator('en'), () => undefined];
  const ports = processEnvironment().ports({ now: undefined, dataFolder, translate, notice });
  const store = await openRevocationStore(ports, dataFolder);
  await new RevocationDocuments(ports, store).create({ text: manifest('draft') });
  await store.close();
}

interface Call {
  words: readonly string[];
  keep?: (document: Document) => void;
}

const P = ['--passphrase-file', 'passphrase'];
const REPAIR = ['--failure', 'F11', '--cluster', 'retail-east'];

const first = (value: unknown): Document => (value as Document[])[0]!;

/** One call of each verb, ordered so that each finds the data that it needs. */
const CALLS: readonly Call[] = [
  // Without its marker, the demo fleet counts as real, and plans for it run on this computer.
  { words: ['sample', '--out', 'fleet'], keep: () => rmSync(join(folder, 'fleet', SAMPLE_MARKER)) },
  { words: ['inspect', 'fleet/retail-east'] },
  { words: ['inventory', 'import', 'fleet'] },
  {
    words: ['inventory', 'list'],
    keep: ({ credentials }) => void (known['credential'] = String(first(credentials)['id'])),
  },
  { words: ['inventory', 'places'] },
  {
    words: ['inventory', 'clusters'],
    keep: ({ clusters }) =>
      void (known['agent'] = String((clusters as Document[]).find(({ kind }) => kind === 'moc')?.['name'])),
  },
  { words: ['inventory', 'decisions'] },
  { words: ['inventory', 'diff'] },
  { words: ['inventory', 'link', 'retail-east', '--deployment', '{agent}'] },
  { words: ['inventory', 'acknowledge', 'logistics', '--note', 'waiting for the storage team'] },
  { words: ['inventory', 'hand-over', 'logistics', '--by', 'Suzuki'] },
  { words: ['inventory', 'withdraw', 'logistics'] },
  { words: ['inventory', 'rename', 'nagoya-lab', 'nagoya'] },
  { words: ['inventory', 'merge', 'nagoya', 'retail-east'] },
  { words: ['inventory', 'move', '{credential}', '--new-cluster', 'moved'] },
  { words: ['expiry', 'check'] },
  { words: ['expiry', 'poweroff'] },
  { words: ['expiry', 'forecast'] },
  { words: ['expiry', 'plan'] },
  { words: ['expiry', 'report', '--out', 'report.html'] },
  { words: ['authority', 'new', 'lab', '--kind', 'kubernetes', ...P] },
  { words: ['authority', 'new', 'moc', '--kind', 'moc', '--cloud-agent-fqdn', 'ca-1.contoso.example', ...P] },
  { words: ['authority', 'list'] },
  { words: ['authority', 'tree', 'lab'] },
  { words: ['authority', 'show', 'lab', 'cluster-ca'] },
  { words: ['authority', 'issue', 'lab', 'admin', ...P] },
  { words: ['authority', 'renew', 'lab', 'admin', ...P] },
  { words: ['authority', 'verify', 'lab', 'cluster-ca'] },
  { words: ['authority', 'export', 'lab', 'cluster-ca', '--format', 'pem', '--out', 'ca.pem'] },
  { words: ['authority', 'judge-csr', 'fleet/retail-east/csr.yaml'] },
  { words: ['authority', 'revoke', 'lab', 'admin'] },
  { words: ['revocation', 'from-authority', 'lab', '--name', 'revoked'] },
  { words: ['authority', 'sign-csr', 'lab', 'admin', 'alice.csr', ...P] },
  { words: ['authority', 'crl', 'lab', 'cluster-ca', '--out', 'ca.crl', ...P] },
  { words: ['authority', 'identity', 'new', 'moc', 'site', '--out', 'login.yaml', ...P] },
  { words: ['authority', 'identity', 'list', 'moc'] },
  {
    words: [
      'authority',
      'identity',
      'login',
      'moc',
      'site',
      '--login-file',
      'login.yaml',
      '--out',
      'access.yaml',
      ...P,
    ],
  },
  { words: ['authority', 'identity', 'rotate', 'moc', 'site', '--out', 'login2.yaml', ...P] },
  { words: ['authority', 'identity', 'revoke', 'moc', 'site', ...P] },
  { words: ['authority', 'identity', 'reinstate', 'moc', 'site', '--out', 'login3.yaml', ...P] },
  { words: ['authority', 'role', 'add', 'moc', 'Night shift', '--file', 'role.yaml'] },
  { words: ['authority', 'role', 'list', 'moc'] },
  { words: ['authority', 'role', 'show', 'moc', 'Night shift'] },
  { words: ['authority', 'role', 'assign', 'moc', 'site', 'Night shift', '--location', 'MocLocation'] },
  { words: ['authority', 'may', 'moc', 'site', 'read', 'VirtualMachine', '--location', 'MocLocation'] },
  { words: ['authority', 'role', 'unassign', 'moc', 'site', 'Night shift', '--location', 'MocLocation'] },
  { words: ['authority', 'role', 'remove', 'moc', 'Night shift'] },
  { words: ['authority', 'rotate-ca', 'moc', ...P] },
  {
    words: ['authority', 'token', 'create', '--secret', 'secret.yaml', '--show-token'],
    keep: ({ value }) => writeFileSync(join(folder, 'token'), String(value)),
  },
  { words: ['authority', 'token', 'check', 'secret.yaml', '--token-file', 'token'] },
  { words: ['authority', 'create', '-f', 'spec.yaml', '--out', 'cp-1'] },
  { words: ['authority', 'change-passphrase', 'lab', ...P, '--new-passphrase-file', 'new-passphrase'] },
  { words: ['authority', 'remove', 'lab', '--yes'] },
  { words: ['repair', 'diagnose', 'evidence.log'] },
  { words: ['repair', 'check-command', 'Get-AksHciCredential -name retail-east'] },
  { words: ['repair', 'plan', ...REPAIR] },
  { words: ['repair', 'run', ...REPAIR, '--target', 'local', '--yes'] },
  { words: ['update', 'plan', 'session.txt'] },
  { words: ['update', 'run', 'session.txt', '--target', 'local', '--yes'] },
  { words: ['runs', 'list'], keep: ({ runs }) => void (known['run'] = String(first(runs)['id'])) },
  { words: ['runs', 'show', '{run}'] },
  { words: ['runs', 'export', '{run}', '--out', 'run.zip'] },
  { words: ['revocation', 'lint', 'object.yaml'] },
  {
    words: ['revocation', 'preview', 'object.yaml'],
    keep: ({ guard }) => void (known['phrase'] = String((guard as Document)['phrase'])),
  },
  { words: ['revocation', 'build', 'object.yaml', '--i-understand', '{phrase}'] },
  { words: ['revocation', 'dry-run', 'object.yaml', '--cluster', 'retail-east'] },
  { words: ['revocation', 'bundle', 'object.yaml', '--out', 'bundle.zip', '--i-understand', '{phrase}'] },
  { words: ['revocation', 'verify-bundle', 'bundle.zip'] },
  { words: ['revocation', 'list'], keep: ({ read }) => void (known['object'] = String(first(read)['name'])) },
  { words: ['revocation', 'show', '{object}'] },
  { words: ['revocation', 'mark-inactive', '{object}'] },
  { words: ['revocation', 'mark-active', '{object}'] },
  { words: ['revocation', 'discard', 'draft', '--yes'] },
  { words: ['channel', 'add', 'monitor', '--kind', 'prometheus', '--file', 'metrics.prom'] },
  { words: ['channel', 'list'] },
  { words: ['channel', 'change', 'monitor', '--disable'] },
  { words: ['channel', 'test', 'monitor'] },
  { words: ['channel', 'remove', 'monitor'] },
  { words: ['silence', 'snooze', '{credential}', '--until', '2026-11-30T00:00:00Z', '--reason', 'planned'] },
  { words: ['silence', 'acknowledge', '{credential}', '--until', '2026-11-30T00:00:00Z', '--reason', 'planned'] },
  { words: ['silence', 'list'] },
  { words: ['silence', 'remove', '{credential}'] },
  { words: ['settings', 'set', 'theme', 'dark'] },
  { words: ['settings', 'reset', 'thresholds'] },
  { words: ['settings', 'list'] },
  { words: ['knowledge', 'search', 'kubeconfig'] },
  { words: ['audit', 'list'] },
  { words: ['audit', 'verify'] },
  { words: ['audit', 'export', '--out', 'audit.csv'] },
  { words: ['inventory', 'forget', 'retail-east'] },
  { words: ['inventory', 'restore', 'retail-east'] },
  { words: ['sample', 'open'] },
  { words: ['sample', 'remove'] },
  { words: ['lab', 'create', 'lab'] },
  { words: ['lab', 'off', 'lab'] },
  { words: ['lab', 'start', 'lab'] },
  { words: ['lab', 'on', 'lab', 'cloud-agent'] },
  { words: ['lab', 'status', 'lab'] },
  { words: ['lab', 'stop', 'lab'] },
  { words: ['lab', 'run', 'lab', 'lab-host01'] },
  { words: ['lab', 'remove', 'lab', '--yes'] },
  { words: ['store', 'schema'] },
  { words: ['store', 'status'] },
];

/** Calls of verbs that need a database. */
const WITH_DATABASE: readonly Call[] = [
  { words: ['store', 'copy', 'default-data', '{address}'] },
  { words: ['store', 'use', '{address}'] },
  { words: ['store', 'status'] },
];

test.for(PROMISED)(
  '$verb exits with a code and prints the keys that its help names',
  ({ verb, codes, keys, optional, isList }, { skip }) => {
    const isWithout = server === undefined && WITH_DATABASE.some(({ words }) => verbName(words) === verb);
    skip(isWithout, NO_POSTGRES);
    const printed = called.get(verb);
    expect(codes).toContain(printed?.code);
    expect(Array.isArray(printed?.document)).toBe(isList);
    const documents = (isList ? printed?.document : [printed?.document]) as Document[];
    // docs/data-formats.md lists the settings and their values.
    if (verb.startsWith('settings')) return;
    expect(documents).not.toEqual([]);
    for (const document of documents) {
      const found = Object.keys(document);
      expect(found).toEqual(expect.arrayContaining([...keys]));
      expect([...keys, ...optional]).toEqual(expect.arrayContaining(found));
    }
  },
);
