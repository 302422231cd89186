import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../core/audit/store/audit-lines.ts';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import { VERBS } from '../../../core/cli/run.ts';
import type { Methods } from '../../../core/shared/contract/method.ts';
import { METHODS } from '../../../core/contract.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import type { MemoryFiles } from '../../support/ports.ts';
import { kubeconfig, Pki } from '../inventory/pki.ts';
import { DATA, PASSPHRASE } from '../authorities/operations/scenario.ts';
import { worldWith, type TestWorld } from '../cli/test-world.ts';

const pki = new Pki();
afterAll(() => pki.remove());
const ca = pki.ca('/CN=kubernetes');
/** A file with a private key, which must not appear in the trail. */
const KUBECONFIG = kubeconfig({
  cluster: 'east',
  ca: ca.crt,
  client: pki.issue({ subject: '/O=system:masters/CN=admin', issuer: ca, days: [-1, 300] }),
});
const NEXT_PASSPHRASE = 'eleven pipers piping';
const CHANNEL_SECRET = 'the secret of the receiver';
const CHANNEL = {
  name: 'monitor',
  enabled: true,
  settings: {
    kind: 'webhook',
    url: 'https://monitor.example/hooks/T0/B0/of-the-receiver',
    secret: { kind: 'entered', secret: CHANNEL_SECRET },
    caFile: { kind: 'none' },
  },
};
/** A token that somebody pasted into a name field. */
const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${'eyJpc3MiOiJrdWJlcm5ldGVzIn0'}.c2lnbmF0dXJl`;
const SECRETS = [
  'hunter2',
  PASSPHRASE,
  NEXT_PASSPHRASE,
  CHANNEL_SECRET,
  TOKEN,
  'PRIVATE KEY',
  'hooks/T0/B0/of-the-receiver',
];

const ID = 'f'.repeat(64);
const RUN = '0123456789abcdef';
const LAB = 'fedcba9876543210';
const answers = { texts: [], answers: {}, clusters: [], failures: [] };
const updateAnswers = {
  texts: [],
  typed: { clusters: [] },
  parts: 'all',
  clusters: [],
  versions: [],
  onlySystem: false,
};

/** Returns the entries of the trail from index `from` on. */
async function readTrail(ports: Parameters<typeof AuditTrail.open>[0], from = 0): Promise<AuditEntry[]> {
  return (await (await AuditTrail.open(ports, DATA, { readOnly: true })).list()).slice(from);
}

/** Returns the action of each act with its phases, in order, grouped by the id of the act. */
function phasesByAct(lines: readonly AuditEntry[]): string[][] {
  const acts = new Map<unknown, string[]>();
  for (const { action, params } of lines)
    if ('act' in params)
      acts.set(params['act'], [...(acts.get(params['act']) ?? [action]), `${String(params['phase'])}`]);
  return [...acts.values()];
}

async function snapshot(files: MemoryFiles): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const path of files.paths())
    if (!path.startsWith(`${DATA}/audit`)) all[path] = new TextDecoder().decode(await files.read(path, Infinity));
  return all;
}

function refuseAppending(files: MemoryFiles): void {
  files.append = (path) => Promise.reject(new ConsoleError('file.not-writable', { path }));
}

describe('the methods of the contract', () => {
  let console: TestConsole;
  let authorityId: string;
  let clusterId: string;
  let entryId: string;

  /** One call of every method that changes or exports something, in an order that lets most calls succeed. */
  const CALLS: Record<string, () => unknown> = {
    'authority.unlock': () => ({ authorityId, passphrase: PASSPHRASE, remember: false }),
    'authority.changePassphrase': () => ({ authorityId, current: PASSPHRASE, next: NEXT_PASSPHRASE }),
    'authority.create': () => ({ name: TOKEN, kind: 'kubernetes', passphrase: PASSPHRASE }),
    'authority.issue': () => ({ authorityId, profile: 'admin', values: {}, dns: [], ip: [] }),
    'authority.signRequest': () => ({ authorityId, profile: 'admin', source: read('/k', 'read:requests') }),
    'authority.renew': () => ({ authorityId, entryId }),
    'authority.export': () => ({ authorityId, entryId, format: 'pem', withKey: true, target: target('pem') }),
    'authority.exportCrl': () => ({ authorityId, caId: entryId, format: 'pem', target: target('crl') }),
    'authority.revoke': () => ({ authorityId, entryId, reason: 'unspecified' }),
    'authority.rotateCa': () => ({ authorityId }),
    'authority.createIdentity': () => ({ authorityId, name: 'a', clientType: 'Admin', target: target('yaml') }),
    'authority.rotateIdentity': () => ({ authorityId, identity: 'a', target: target('yaml') }),
    'authority.revokeIdentity': () => ({ authorityId, identity: 'a' }),
    'authority.reinstateIdentity': () => ({ authorityId, identity: 'a', target: target('yaml') }),
    'authority.assignRole': () => ({ authorityId, assignment: { identity: 'a', role: 'Reader', scope: {} } }),
    'authority.unassignRole': () => ({ authorityId, assignment: { identity: 'a', role: 'Reader', scope: {} } }),
    'authority.decideAccess': () => ({ authorityId, identity: 'a', action: 'read', target: { provider: 'Node' } }),
    'authority.lock': () => ({ authorityId, forget: true }),
    'authority.remove': () => ({ authorityId }),
    'inventory.importFiles': () => ({ tickets: [read('/k', 'read:import')], passphrase: PASSPHRASE }),
    'inventory.rename': () => ({ clusterId, name: 'plant7' }),
    'inventory.undoRename': () => ({ clusterId }),
    'inventory.merge': () => ({ clusterId, into: 'other' }),
    'inventory.move': () => ({ clusterId, credentialIds: [ID], to: { foreign: true } }),
    'inventory.decide': () => ({ id: ID }),
    'inventory.liftRevocation': () => ({ clusterId, name: 'old', namespace: 'kube-system', lifted: true }),
    'inventory.forget': () => ({ clusterId }),
    'inventory.restore': () => ({ clusterId }),
    'notifications.saveChannel': () => CHANNEL,
    'notifications.testDraft': () => CHANNEL,
    'notifications.testChannel': () => ({ channelId: RUN }),
    'notifications.removeChannel': () => ({ channelId: RUN }),
    'notifications.mark': () => ({
      ...{ clusterId, credentialId: ID, kind: 'snoozed', reason: 'ticket 42', until: '2026-12-24T12:00:00Z' },
    }),
    'notifications.unmark': () => ({ credentialId: ID }),
    'notifications.passOutage': () => ({ clusterId, by: TOKEN, note: TOKEN }),
    'export.board': () => ({
      format: 'csv',
      filter: { query: '', states: [], layers: [] },
      sort: { column: 'expires', descending: false },
      target: target('csv'),
    }),
    'export.report': () => ({ target: target('html') }),
    'export.print': () => undefined,
    'maintenance.exportPlan': () => ({ format: 'ics', target: target('ics') }),
    'repair.exportPlan': () => ({ answers, format: 'md', target: target('md') }),
    'repair.printPlan': () => answers,
    'update.printPlan': () => updateAnswers,
    'update.exportPlan': () => ({ answers: updateAnswers, format: 'md', target: target('md') }),
    'update.exportWindow': () => ({ answers: updateAnswers, target: target('ics') }),
    'audit.export': () => ({ format: 'json', target: target('json') }),
    'revocation.discard': () => ({ documentId: RUN }),
    'revocation.restore': () => ({ documentId: RUN }),
    'revocation.save': () => ({ documentId: RUN, text: 'kind: RenewRevocation', target: target('yaml') }),
    'revocation.copy': () => ({ documentId: RUN, text: 'kind: RenewRevocation' }),
    'revocation.exportBundle': () => ({ documentId: RUN, text: 'kind: RenewRevocation', target: target('zip') }),
    'revocation.send': () => ({ documentId: RUN, text: 'kind: RenewRevocation', clusterId }),
    'runs.start': () => ({
      ...{ source: { kind: 'repair', answers }, stepIds: ['one'], target: { kind: 'local' }, values: [] },
    }),
    'runs.resume': () => ({ id: RUN }),
    'runs.answer': () => ({ id: RUN, stepId: 'one', answer: { kind: 'run' } }),
    'runs.cancel': () => ({ id: RUN }),
    'runs.exportEvidence': () => ({ id: RUN, target: target('zip') }),
    'lab.create': () => ({ source: read('/lab', 'read:import'), pace: 1, etcdClientIssuer: 'etcd-ca' }),
    'lab.start': () => ({ lab: LAB }),
    'lab.stop': () => ({ lab: LAB }),
    'lab.switchOff': () => ({ lab: LAB, machine: 'cloud-agent' }),
    'lab.switchOn': () => ({ lab: LAB, machine: 'cloud-agent' }),
    'lab.remove': () => ({ lab: LAB }),
    'lab.import': () => ({ lab: LAB }),
    'sample.open': () => undefined,
    'sample.remove': () => undefined,
    'settings.change': () => ({ timeZone: 'utc' }),
  };

  const read = (path: string, use: 'read:import' | 'read:requests'): FileTicket => console.ticket(path, use);
  const target = (format: string): FileTicket => console.ticket(`/saved.${format}`, `write:${format}` as 'write:csv');
  const call = (name: string): Promise<{ ok: boolean; problem?: { code: string } }> => {
    const [feature = '', method = ''] = name.split('.');
    const { [feature]: methods } = console.api as unknown as Record<string, Record<string, never>>;
    const argument = CALLS[name]?.();
    return (methods as unknown as Record<string, (given?: unknown) => Promise<never>>)[method]!(argument);
  };

  beforeEach(async () => {
    console = await openConsole({ files: { '/k': KUBECONFIG } });
    await console.import({ '/k': KUBECONFIG });
    clusterId = console.clusterId('east');
    const made = await console.api.authority.create({ name: 'k', kind: 'kubernetes', passphrase: PASSPHRASE });
    if (!made.ok) throw new Error(made.problem.code);
    authorityId = made.value.id;
    entryId = made.value.rows[0]?.id ?? '';
  });

  test('the list of calls contains every method that changes or exports something', () => {
    const declared = Object.entries<Methods>(METHODS).flatMap(([feature, methods]) =>
      Object.entries(methods).flatMap(([name, { effect }]) => (effect.kind === 'reads' ? [] : [`${feature}.${name}`])),
    );
    expect(Object.keys(CALLS).sort()).toEqual(declared.sort());
  });

  test('the trail contains the beginning and the end of each call under one id, and no secret', async () => {
    let before = (await readTrail(console.ports)).length;
    const failed: string[] = [];
    for (const name of Object.keys(CALLS)) {
      const { ok, problem } = await call(name);
      if (!ok) failed.push(`${name} ${problem?.code}`);
      const lines = await readTrail(console.ports, before);
      before += lines.length;
      expect(phasesByAct(lines), name).toEqual([[expect.any(String), 'begun', ok ? 'done' : 'failed']]);
    }
    expect(Object.keys(CALLS).length - failed.length, failed.join('\n')).toBeGreaterThan(20);
    const text = new TextDecoder().decode(await console.files.read(`${DATA}/audit.jsonl`, Infinity));
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(text).toContain('[secret removed]');
  });

  test('a call is refused and changes nothing if the trail cannot be written', async () => {
    refuseAppending(console.files);
    const before = await snapshot(console.files);
    const copied = console.copied.length;
    for (const name of Object.keys(CALLS)) {
      const { ok, problem } = await call(name);
      expect([name, ok, problem?.code]).toEqual([name, false, 'audit.not-writable']);
    }
    expect(await snapshot(console.files)).toEqual(before);
    expect(console.copied).toHaveLength(copied);
  });

  test('a change that affects only the appearance of the window is not recorded', async () => {
    const before = (await readTrail(console.ports)).length;
    await console.api.settings.change({
      theme: 'dark',
      detailsShare: 40,
      window: { width: 800, height: 600, maximized: false },
    });
    expect(await readTrail(console.ports, before)).toEqual([]);
    await console.api.settings.change({ theme: 'light', serialSpelling: 'serialnumber' });
    expect((await readTrail(console.ports, before)).map(({ subject }) => subject)).toEqual([
      'serialSpelling',
      'serialSpelling',
    ]);
  });
});

describe('commands', () => {
  let world: TestWorld;

  /**
   * One command line for every command that changes or exports something, in an order that lets most of them succeed.
   */
  const LINES: Record<string, string> = {
    'authority new': 'k2 --kind kubernetes',
    'authority issue': 'retail-east admin',
    'authority sign-csr': 'retail-east admin a.csr --allow system:masters',
    'authority judge-csr': 'a.csr --out judged.yaml',
    'authority renew': 'retail-east kubernetes-admin',
    'authority export': 'retail-east kubernetes --format pem --with-key --out ca.pem',
    'authority crl': 'retail-east kubernetes --out ca.crl',
    'authority revoke': 'retail-east kubernetes-admin --reason keyCompromise',
    'authority rotate-ca': 'retail-east',
    'authority change-passphrase': 'retail-east --new-passphrase-file next.txt',
    'authority identity new': 'retail-east a --out a.yaml',
    'authority identity login': 'retail-east a --login-file a.yaml --out b.yaml',
    'authority identity rotate': 'retail-east a --out a.yaml',
    'authority identity revoke': 'retail-east a',
    'authority identity reinstate': 'retail-east a --out a.yaml',
    'authority role add': 'retail-east night --file role.yaml',
    'authority role remove': 'retail-east night',
    'authority role assign': 'retail-east a Reader --group g',
    'authority role unassign': 'retail-east a Reader --group g',
    'authority may': 'retail-east a read Node',
    'authority token create': '--secret secret.yaml',
    'authority create': '--file spec.yaml --out made',
    'authority remove': 'retail-east --yes',
    'inventory import': 'east.kubeconfig --passphrase-file next.txt',
    'inventory list': '--csv --out list.csv',
    'inventory link': 'east --deployment ca-1',
    'inventory rename': 'east plant7',
    'inventory merge': 'plant7 west',
    'inventory move': 'ffffffff --foreign',
    'inventory forget': 'plant7',
    'inventory restore': 'plant7',
    'expiry plan': '--ics plan.ics',
    'expiry report': '--out report.html',
    'repair plan': '--failure F01 --out repair.md',
    'repair run': '--failure F01 --target local --yes',
    'update plan': '--out update.md',
    'update run': '--target local --yes',
    'audit export': '--out trail.json',
    'channel add':
      'monitor --kind webhook --url https://monitor.example/hooks/T0/B0/of-the-receiver --secret-env ARCWARDEN_CHANNEL_HOOK',
    'channel change': 'monitor --disable',
    'channel test': 'monitor',
    'channel remove': 'monitor',
    'silence snooze': 'admin --until 2026-12-24T12:00:00Z --reason ticket',
    'silence acknowledge': 'admin --until 2026-12-24T12:00:00Z --reason ticket',
    'silence remove': 'admin',
    'inventory acknowledge': `plant7 --note ${TOKEN}`,
    'inventory hand-over': 'plant7 --by Suzuki',
    'inventory withdraw': 'plant7',
    'settings set': 'timeZone utc',
    'settings reset': 'timeZone',
    'sample open': '',
    'sample remove': '',
    'lab create': '/lab --pace none',
    'lab start': '/lab',
    'lab stop': '/lab',
    'lab off': '/lab',
    'lab on': '/lab',
    'lab remove': '/lab --yes',
    'store use': 'postgresql://anna:hunter2@localhost/fleet',
    'store copy': '/data /other',
    'revocation build': '--name lost --dns gone.example --out o.yaml',
    'revocation from-authority': 'retail-east --name revoked --out r.yaml',
    'revocation bundle': 'o.yaml --out o.zip',
    'revocation discard': '0123456789abcdef --yes',
    'revocation mark-inactive': 'lost',
    'revocation mark-active': 'lost',
    'runs export': '0123456789abcdef --out run.zip',
  };
  const run = (verb: string) => world.run(...verb.split(' '), ...(LINES[verb] ?? '').split(' ').filter(Boolean));

  beforeEach(async () => {
    world = await worldWith('kubernetes');
    world.store = await openStore(world.ports, DATA);
    world.put('east.kubeconfig', KUBECONFIG).put('next.txt', NEXT_PASSPHRASE);
  });

  test('the list of command lines contains every command that changes or exports something', () => {
    const declared = VERBS.flatMap(({ name, effect }) => (effect.kind === 'reads' ? [] : [name.join(' ')]));
    expect(Object.keys(LINES).sort()).toEqual(declared.sort());
  });

  test('the trail contains the beginning and the end of each command under one id, and no secret', async () => {
    let before = 0;
    const failed: string[] = [];
    for (const verb of Object.keys(LINES)) {
      const { code, notices } = await run(verb);
      if (code > 1) failed.push(`${verb}: ${notices}`);
      const lines = await readTrail(world.ports, before);
      before += lines.length;
      const ended = expect.stringMatching(code < 2 ? /^done$/u : /^(?:done|failed)$/u) as string;
      expect(phasesByAct(lines), `${verb}: ${notices}`).toEqual([[expect.any(String), 'begun', ended]]);
    }
    expect(Object.keys(LINES).length - failed.length, failed.join('')).toBeGreaterThan(20);
    const text = new TextDecoder().decode(await world.files.read(`${DATA}/audit.jsonl`, Infinity));
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  test('a command is refused and changes nothing if the trail cannot be written', async () => {
    refuseAppending(world.files);
    const before = await snapshot(world.files);
    for (const verb of Object.keys(LINES)) {
      const { code, notices } = await run(verb);
      expect([verb, code, notices]).toEqual([verb, 2, expect.stringContaining('Nothing was done: the audit trail')]);
    }
    expect(await snapshot(world.files)).toEqual(before);
  });

  test('an export does not create a missing data folder', async () => {
    const { files } = world;
    for (const path of files.paths()) if (path.startsWith(DATA)) files.drop(path);
    await run('expiry report');
    expect(files.paths().filter((path) => path.startsWith(DATA))).toEqual([]);
  });
});
