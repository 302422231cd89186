import { commandText } from '../../../core/plan/model/plan.ts';
import type { RevocationApi, RevocationDocument } from '../../../core/revocation/contract.ts';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import { openAuthorities } from '../../../core/authorities/store/store.ts';
import { createConsole } from '../../../core/console/console.ts';
import { callFault } from '../../../core/contract.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { instantFromMs, MINUTE_MS, epochMs, type Instant } from '../../../core/shared/instant.ts';
import type { Result } from '../../../core/shared/problem.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { Settings } from '../../../core/shared/settings.ts';
import type { RevocationDocumentId, RevocationJudgement } from '../../../core/revocation/model/view.ts';
import type { FileTicket, FileUse } from '../../../core/shared/ticket.ts';
import { memoryTickets } from '../../../core/node/tickets.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { openRevocationStore } from '../../../core/revocation/store/store.ts';
import { openNotificationStore } from '../../../core/notifications/store/store.ts';
import type { AuditEntry } from '../../../core/audit/store/audit-lines.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { memoryClaims } from '../../support/claims.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { certificatesFor } from '../../support/random-revocations.ts';
import { listDone } from '../../support/trail.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../fixtures/revocation/article.yaml'), 'utf8');
const PATH = '/files/lost.yaml';
const UNDO = '/files/lost.undo.yaml';
const RETAIL = 'retail' as ClusterId;
const KEY = '# -----BEGIN PRIVATE KEY-----\n';

let made = 0;

interface Started {
  api: RevocationApi;
  files: MemoryFiles;
  ticket: (path: string, use: FileUse) => FileTicket;
  now: Instant;
  clusters: Cluster[];
  copied: string[];
  trail: () => Promise<AuditEntry[]>;
  wait: (ms: number) => void;
}

/** Starts a console with the inventory of a simulated deployment. */
async function start(files = new MemoryFiles(), settings: Partial<Settings> = {}): Promise<Started> {
  const { clusters, state } = certificatesFor(3);
  const base = memoryStore();
  for (const cluster of clusters) await base.update(cluster);
  const store: Store = {
    ...base,
    settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    changeSettings: () => Promise.reject(new Error('not asked for')),
    close: () => Promise.resolve(),
  };
  const ports = testPorts(files);
  const { now } = state.state;
  ports.clock.moment = now;
  // A second console for the same folder generates other ids.
  const ids = { next: () => ((made += 1) * 7).toString(16).padStart(16, '0') };
  const tickets = memoryTickets();
  const copied: string[] = [];
  const host = {
    about: () => ({ version: '1', node: '20', system: 'test' }),
    chooseSources: () => Promise.resolve([]),
    chooseTarget: () => Promise.resolve(null),
    copy: (text: string) => Promise.resolve(void copied.push(text)),
    user: () => 'CONTOSO\\admin',
  };
  const audit = await AuditTrail.open(ports, '/data');
  const { api } = createConsole({
    ports: { ...ports, ids, tickets, host },
    store,
    notifications: await openNotificationStore(ports, '/data'),
    audit,
    dataFolder: '/data',
    systemLanguage: 'en',
    claim: memoryClaims(),
    announce: () => undefined,
    authorities: await openAuthorities(ports, '/data'),
    revocations: await openRevocationStore(ports, '/data'),
  });
  return {
    files,
    clusters,
    now,
    copied,
    // Rejects invalid arguments, as the real channel does.
    api: checkArguments(api.revocation),
    ticket: (path, use) => tickets.issue(path, use),
    trail: async () => listDone(await audit.list()),
    wait: (ms) => {
      ports.clock.moment = instantFromMs(epochMs(ports.clock.moment) + ms);
    },
  };
}

function checkArguments(api: RevocationApi): RevocationApi {
  return Object.fromEntries(
    Object.entries(api).map(([method, call]) => [
      method,
      (argument: never) => {
        expect(callFault(`revocation.${method}`, argument)).toBeUndefined();
        return (call as (argument: never) => unknown)(argument);
      },
    ]),
  ) as unknown as RevocationApi;
}

async function getValue<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

async function getCode(answer: Promise<Result<unknown>>): Promise<string> {
  const result = await answer;
  return result.ok ? 'none' : result.problem.code;
}

async function readText(files: MemoryFiles, path: string): Promise<string> {
  return new TextDecoder().decode(await files.read(path, Infinity));
}

let one: Started;

beforeEach(async () => {
  one = await start();
});

/** Makes a document that needs no confirmation. */
async function soundDocument({ api, clusters }: Started): Promise<RevocationDocument> {
  const admin = clusters.flatMap(({ credentials }) => credentials).find(({ role }) => role === 'scheduler');
  if (admin === undefined) throw new Error('none');
  const choice = { goal: 'serial' as const, serials: [], certificates: [admin.id] };
  const { draft } = await getValue(api.propose({ choice }));
  const { id } = await getValue(api.create({ goal: 'serial' }));
  const { text } = await getValue(api.edit({ text: '', objectIndex: 0, change: { kind: 'begin', draft } }));
  await getValue(api.keep({ documentId: id, text, objectIndex: 0, step: 'save', goal: 'serial' }));
  return getValue(api.open({ documentId: id }));
}

test('copying an unknown object fails and creates no draft', async () => {
  const { api } = one;
  expect(await getCode(api.copyRead({ name: 'gone', namespace: 'kube-system' }))).toBe('revocation.unknown');
  expect(await getCode(api.copyRead({ name: 'gone', namespace: 'kube-system', clusterId: RETAIL }))).toBe(
    'revocation.unknown',
  );
  expect(await getValue(api.list())).toMatchObject({ documents: [], read: [] });
});

describe('the way from a goal to a file', () => {
  test('the console proposes entries for a choice, edits, judges and saves them, and records the file in the audit trail', async () => {
    const { api, files, ticket, trail, now } = one;
    const document = await soundDocument(one);
    const { id: documentId, text } = document;
    const judgement = await getValue(api.judge({ text, documentId }));
    expect(judgement).toMatchObject({ isSound: true, guard: { consequences: [] } });
    expect(judgement.impact.matched).toBe(1);
    const saved = await getValue(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }));
    expect(await readText(files, PATH)).toBe(text);
    expect(saved.file).toMatchObject({ name: 'lost.yaml', path: PATH, at: now, edited: false, onDisk: 'same' });
    const name = judgement.objects[0]?.draft.name ?? '';
    const undo = parseAllDocuments(await readText(files, UNDO)).map((each) => each.toJS() as unknown);
    expect(undo).toEqual([
      {
        apiVersion: 'certificates.microsoft.com/v1',
        kind: 'RenewRevocation',
        metadata: { name, namespace: 'kube-system' },
      },
    ]);
    expect(await trail()).toMatchObject([
      {
        by: 'CONTOSO\\admin',
        action: 'revocation.written',
        subject: name,
        params: { path: PATH, sha256: saved.file?.sha256, entries: 1, matched: 1 },
      },
    ]);
    // After saving, commands contain the path of the file.
    const { plan } = await getValue(api.judge({ text, documentId }));
    const apply = plan.steps.find(({ id }) => id === 'apply')?.command;
    expect(apply && commandText(apply)).toBe(`kubectl apply -f '${PATH}' --kubeconfig <kubeconfig>`);
  });

  test('text written by another program is not overwritten until the admin agrees', async () => {
    const { api, files, ticket } = one;
    const { id: documentId, text } = await soundDocument(one);
    await getValue(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }));
    const mine = text.replace('serialnumber', 'serialnumber # mine');
    const theirs = `${text}# theirs\n`;
    files.put(PATH, theirs);
    const seen = await getValue(api.open({ documentId }));
    const diskSha256 = createHash('sha256').update(theirs).digest('hex');
    expect(seen).toMatchObject({ file: { onDisk: 'changed', diskSha256 } });
    expect(await getCode(api.save({ documentId, text: mine }))).toBe('revocation.file-changed');
    // Choosing the same file again does not count as agreement.
    expect(await getCode(api.save({ documentId, text: mine, target: ticket(PATH, 'write:yaml') }))).toBe(
      'revocation.file-changed',
    );
    expect(await readText(files, PATH)).toBe(theirs);
    expect(await getValue(api.readFile({ documentId }))).toEqual({ text: theirs });
    const saved = await getValue(api.save({ documentId, text: mine, overwrite: true }));
    expect(saved).toMatchObject({ text: mine, file: { edited: false, onDisk: 'same' } });
    expect(await readText(files, PATH)).toBe(mine);
  });

  test('text written by another program just before saving is not overwritten', async () => {
    const { api, files, ticket } = one;
    const { id: documentId, text } = await soundDocument(one);
    await getValue(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }));
    const read = files.read.bind(files);
    files.read = (path, limit) => {
      if (path === UNDO) files.put(PATH, '# theirs\n');
      return read(path, limit);
    };
    expect(await getCode(api.save({ documentId, text }))).toBe('revocation.file-changed');
    expect(await readText(files, PATH)).toBe('# theirs\n');
  });

  test('text written by another program can be loaded', async () => {
    const { api, files, ticket } = one;
    const { id: documentId, text } = await soundDocument(one);
    await getValue(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }));
    files.put(PATH, ARTICLE);
    const reloaded = await getValue(api.reload({ documentId }));
    expect(reloaded).toMatchObject({ text: ARTICLE, file: { edited: false, onDisk: 'same' } });
  });

  test('a missing file is written again, and an unreadable file is reported', async () => {
    const { api, files, ticket } = one;
    const { id: documentId, text } = await soundDocument(one);
    await getValue(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }));
    files.drop(PATH);
    expect(await getValue(api.open({ documentId }))).toMatchObject({ file: { onDisk: 'gone' } });
    expect(await getCode(api.reload({ documentId }))).toBe('file.not-found');
    await getValue(api.save({ documentId, text }));
    expect(await readText(files, PATH)).toBe(text);
    files.lock(PATH);
    expect(await getValue(api.open({ documentId }))).toMatchObject({ file: { onDisk: 'unreadable' } });
  });

  test('a file in place of the undo manifest is kept, unless it is an undo manifest', async () => {
    const { api, files, ticket } = one;
    const { id: documentId, text } = await soundDocument(one);
    files.put(UNDO, 'kind: ConfigMap\n');
    expect(await getCode(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }))).toBe(
      'revocation.undo-taken',
    );
    expect(files.paths()).not.toContain(PATH);
    expect(await readText(files, UNDO)).toBe('kind: ConfigMap\n');
    files.put(UNDO, 'kind: RenewRevocation\nmetadata:\n  name: former\n');
    await getValue(api.save({ documentId, text, target: ticket(PATH, 'write:yaml') }));
    expect(await readText(files, UNDO)).not.toContain('former');
  });
});

describe('the console does not release', () => {
  async function unsound(text: string): Promise<RevocationDocumentId> {
    return (await getValue(one.api.create({ text }))).id;
  }

  /**
   * Returns the outcome of each way to release a text: saving, copying, a bundle, and sending it to a simulated copy.
   */
  async function waysOut(documentId: RevocationDocumentId, text: string, understood?: string): Promise<string[]> {
    const { api, ticket } = one;
    const release = { documentId, text, ...(understood !== undefined && { understood }) };
    return [
      await getCode(api.save({ ...release, target: ticket(PATH, 'write:yaml') })),
      await getCode(api.copy(release)),
      await getCode(api.exportBundle({ ...release, target: ticket('/files/lost.zip', 'write:zip') })),
      await getCode(api.send({ ...release, clusterId: RETAIL })),
    ];
  }

  const all = (code: string): string[] => [code, code, code, code];

  test('text with an error that cannot be confirmed, whatever text was checked before', async () => {
    const text = ARTICLE.replace('170.63.128.124', '10.0.0.0/8');
    const documentId = await unsound(text);
    expect(await waysOut(documentId, text)).toEqual(all('revocation.not-sound'));
    expect(await waysOut(documentId, '')).toEqual(all('revocation.not-sound'));
    expect(one.copied).toEqual([]);
    expect(await one.trail()).toEqual([]);
    expect(one.files.paths().filter((path) => path.startsWith('/work'))).toEqual([]);
  });

  test('text with unconfirmed consequences, but releases it once they are confirmed', async () => {
    const documentId = await unsound(ARTICLE);
    const { guard } = await getValue(one.api.judge({ text: ARTICLE }));
    expect(await waysOut(documentId, ARTICLE)).toEqual(all('revocation.not-understood'));
    expect(await waysOut(documentId, ARTICLE, 'revoke')).toEqual(all('revocation.not-understood'));
    expect(await waysOut(documentId, ARTICLE, ` ${guard.phrase} `)).toEqual(all('none'));
    const trail = await one.trail();
    expect(trail.map(({ action }) => action)).toEqual([
      'revocation.written',
      'revocation.copied',
      'revocation.bundled',
      'revocation.sent',
    ]);
    for (const { params } of trail) expect(params).toMatchObject({ understood: guard.phrase });
  });

  test('text with a secret', async () => {
    const { id: documentId, text } = await soundDocument(one);
    expect(await waysOut(documentId, `${text}${KEY}`)).toEqual(all('revocation.secret-in-text'));
  });

  test('text for an unknown document or cluster', async () => {
    const { api } = one;
    const { id: documentId, text } = await soundDocument(one);
    const unknown = 'f'.repeat(16) as RevocationDocumentId;
    expect(await getCode(api.save({ documentId: unknown, text }))).toBe('revocation.document-unknown');
    expect(await getCode(api.save({ documentId, text }))).toBe('revocation.no-file');
    const moc = one.clusters.find(({ kind }) => kind === 'moc')?.id ?? RETAIL;
    for (const clusterId of ['nowhere' as ClusterId, moc])
      expect(await getCode(api.send({ documentId, text, clusterId }))).toBe('cluster.unknown');
  });
});

describe('the article’s sample', () => {
  test('opens from its file, is corrected by one click per entry, is saved byte for byte, and opens again', async () => {
    const { api, files, ticket } = one;
    files.put(PATH, ARTICLE);
    const {
      id: documentId,
      text: opened,
      step,
    } = await getValue(api.openFile({ source: ticket(PATH, 'read:revocation') }));
    expect({ opened, step }).toEqual({ opened: ARTICLE, step: 'entries' });
    const dangersIn = ({ findings }: RevocationJudgement) =>
      findings.filter(({ rule }) => rule === 'revocation.no-not-before');
    let text = opened;
    let judgement = await getValue(api.judge({ text, documentId }));
    expect(dangersIn(judgement)).toHaveLength(4);
    while (dangersIn(judgement).length > 0) {
      const [danger] = dangersIn(judgement);
      const [fix] = danger?.fixes ?? [];
      if (fix === undefined) throw new Error('no fix');
      ({ text } = await getValue(api.edit({ text, objectIndex: danger?.objectIndex ?? -1, change: fix })));
      judgement = await getValue(api.judge({ text, documentId }));
    }
    expect(text.split('\n')).toHaveLength(ARTICLE.split('\n').length + 4);
    expect(judgement.isSound).toBe(true);
    const { phrase } = judgement.guard;
    const release = { documentId, text, understood: phrase };
    await getValue(api.save(release));
    expect(await readText(files, PATH)).toBe(text);
    const [listed] = (await getValue(api.list())).documents;
    expect(listed).toMatchObject({ names: ['my-renew-revocation'], entries: 5 });
    expect(await getValue(api.openFile({ source: ticket(PATH, 'read:revocation') }))).toMatchObject({
      id: documentId,
      text,
    });
    expect((await getValue(api.list())).documents).toHaveLength(1);
  });
});

describe('drafts', () => {
  test('still exist after the console has ended in any way', async () => {
    const { api, files } = one;
    const { id: documentId } = await getValue(api.create({ goal: 'node' }));
    const kept = { text: '# half a', objectIndex: 3, step: 'entries', goal: 'node' } as const;
    await getValue(api.keep({ documentId, ...kept, kubeconfig: 'C:\\k' }));
    const again = await start(files);
    expect(await getValue(again.api.open({ documentId }))).toMatchObject({
      id: documentId,
      ...kept,
      kubeconfig: 'C:\\k',
    });
  });

  test('begin at the step that fits their goal or text', async () => {
    const { api } = one;
    expect(await getValue(api.create({}))).toMatchObject({ step: 'goal', text: '' });
    expect(await getValue(api.create({ goal: 'group' }))).toMatchObject({ step: 'choose' });
    expect(await getValue(api.create({ text: ARTICLE }))).toMatchObject({ step: 'entries', text: ARTICLE });
  });

  test('are sorted by latest change; moving to another step is not a change', async () => {
    const { api, wait } = one;
    const first = await getValue(api.create({ text: '# a' }));
    wait(MINUTE_MS);
    const second = await getValue(api.create({ text: '# b' }));
    const ids = async (): Promise<string[]> => (await getValue(api.list())).documents.map(({ id }) => id);
    expect(await ids()).toEqual([second.id, first.id]);
    wait(MINUTE_MS);
    const documentId = first.id;
    await getValue(api.keep({ documentId, text: '# a', objectIndex: 0, step: 'impact' }));
    expect(await ids()).toEqual([second.id, first.id]);
    await getValue(api.keep({ documentId, text: '# c', objectIndex: 0, step: 'impact' }));
    expect(await ids()).toEqual([first.id, second.id]);
  });

  test('never contain a secret: the previous text is kept', async () => {
    const { api } = one;
    const { id: documentId } = await getValue(api.create({ text: '# a\n' }));
    const keep = api.keep({ documentId, text: `# a\n${KEY}`, objectIndex: 0, step: 'entries' });
    expect(await keep).toEqual({ ok: false, problem: { code: 'revocation.secret-in-text', params: { line: 2 } } });
    expect(await getValue(api.open({ documentId }))).toMatchObject({ text: '# a\n' });
    expect(await getCode(api.create({ text: KEY }))).toBe('revocation.secret-in-text');
  });

  test('are removed without their file, and can be restored while the console runs', async () => {
    const { api, files, ticket } = one;
    files.put(PATH, ARTICLE);
    const { id: documentId } = await getValue(api.openFile({ source: ticket(PATH, 'read:revocation') }));
    expect(await getValue(api.discard({ documentId }))).toMatchObject({ entries: 5 });
    expect(await getCode(api.open({ documentId }))).toBe('revocation.document-unknown');
    expect((await getValue(api.list())).documents).toEqual([]);
    expect(await readText(files, PATH)).toBe(ARTICLE);
    await getValue(api.restore({ documentId }));
    expect(await getValue(api.open({ documentId }))).toMatchObject({ text: ARTICLE });
    expect(await getCode(api.restore({ documentId }))).toBe('revocation.document-unknown');
  });

  test('are compared with a file by text, whatever the encoding of the file', async () => {
    const { api, files, ticket } = one;
    files.put(PATH, Buffer.from(`\uFEFF${ARTICLE}`, 'utf16le'));
    const opened = await getValue(api.openFile({ source: ticket(PATH, 'read:revocation') }));
    expect(opened).toMatchObject({ text: ARTICLE, file: { edited: false, onDisk: 'same' } });
    const text = `${ARTICLE}# more\n`;
    const kept = { documentId: opened.id, text, objectIndex: 0, step: 'entries' } as const;
    expect(await getValue(api.keep(kept))).toMatchObject({ file: { edited: true, onDisk: 'same' } });
  });

  test.each([
    ['binary content', Buffer.from([0, 1, 2, 0, 0, 0, 0, 0, 9, 0, 0, 0]), 'revocation.not-text'],
    ['invalid UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'revocation.not-text'],
    ['a secret', Buffer.from(KEY), 'revocation.secret-in-text'],
    ['too much text', Buffer.alloc(1_000_001, '#'), 'revocation.too-large'],
    ['far too much text', Buffer.alloc(5 * 1024 * 1024, '#'), 'file.too-large'],
  ])('are not created from a file with %s', async (_title, content, code) => {
    one.files.put(PATH, content);
    expect(await getCode(one.api.openFile({ source: one.ticket(PATH, 'read:revocation') }))).toBe(code);
    expect((await getValue(one.api.list())).documents).toEqual([]);
  });
});

describe('a judged text', () => {
  test('has a paged list of its certificates, each with the matching entry', async () => {
    const { api } = one;
    const text = ARTICLE;
    const all = await getValue(api.matches({ text, list: 'matches', offset: 0, limit: 1_000 }));
    expect(all.total).toBe((await getValue(api.judge({ text }))).impact.matched);
    expect(all.rows).toHaveLength(all.total);
    const pages = [];
    for (let offset = 0; offset < all.total; offset += 3)
      pages.push(...(await getValue(api.matches({ text, list: 'matches', offset, limit: 3 }))).rows);
    expect(pages).toEqual(all.rows);
    const exempt = await getValue(api.matches({ text, list: 'exempt', offset: 0, limit: 1_000 }));
    expect(exempt.rows.map(({ role }) => role)).toContain('kubelet-server');
  });

  test('has a forecast of the renewals that would be refused', async () => {
    const { api } = one;
    const { rows, total, byEntry } = await getValue(api.foresee({ text: ARTICLE }));
    expect(rows).toHaveLength(total);
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).sort());
    const sum = (entryIndex: number): number =>
      rows.filter(({ entries }) => entries.some((entry) => entry.entryIndex === entryIndex)).length;
    for (const { entryIndex, count } of byEntry) expect(count).toBe(sum(entryIndex));
    expect(byEntry.map(({ entryIndex }) => entryIndex)).toContain(1);
  });

  test('can be tried on a copy of a cluster, without an entry in the audit trail', async () => {
    const { api, trail } = one;
    const { text } = await soundDocument(one);
    const question = { text, clusterId: RETAIL, hours: 30, withoutRepair: false };
    const dryRun = await getValue(api.performDryRun(question));
    expect(dryRun).toMatchObject({ clusterId: RETAIL, repair: { holds: true } });
    expect(await getCode(api.performDryRun({ ...question, text: '' }))).toBe('revocation.not-sound');
    expect(await getCode(api.performDryRun({ ...question, clusterId: 'x' as ClusterId }))).toBe('cluster.unknown');
    expect(await trail()).toEqual([]);
  });

  test('has the same effect in a dry run as when it is sent to a copy', async () => {
    const { api, trail } = one;
    const { id: documentId, text } = await soundDocument(one);
    const sent = await getValue(api.send({ documentId, text, clusterId: RETAIL }));
    const tried = await getValue(api.performDryRun({ text, clusterId: RETAIL, hours: 120, withoutRepair: false }));
    expect(sent).toEqual(tried);
    expect(await trail()).toMatchObject([
      { action: 'revocation.sent', params: { target: 'engine-copy', clusterId: RETAIL, cluster: 'retail' } },
    ]);
  });

  test('cannot be edited where its layout does not allow a change', async () => {
    const text = ARTICLE.replace('group: system:nodes', 'group: [a]');
    const change = { kind: 'set', entryIndex: 1, field: 'group', value: 'b' } as const;
    expect(await getCode(one.api.edit({ text, objectIndex: 0, change }))).toBe('revocation.not-editable');
    const most = `# ${'#'.repeat(999_990)}\n`;
    const append = { kind: 'begin', draft: { entries: [] } } as const;
    expect(await getCode(one.api.edit({ text: most, objectIndex: 0, change: append }))).toBe('revocation.too-large');
  });
});

test('new entries by serial number have the chosen spelling, which is then not reported', async () => {
  const other = await start(new MemoryFiles(), { serialSpelling: 'SerialNumber' });
  const { text } = await soundDocument(other);
  expect(text).toContain('kind: SerialNumber\n');
  const { findings } = await getValue(other.api.judge({ text }));
  expect(findings.map(({ rule }) => rule)).not.toContain('revocation.kind-spelling');
  expect((await soundDocument(one)).text).toContain('kind: serialnumber\n');
});

test('the offered kubeconfigs are those in the inventory that belong to one cluster', async () => {
  const { kubeconfigs } = await getValue(one.api.list());
  const paths = one.clusters.flatMap(({ credentials }) =>
    credentials.flatMap(({ layer, sources }) => (layer === 'workstation' ? sources.map(({ path }) => path) : [])),
  );
  expect(paths.length).toBeGreaterThan(0);
  expect(kubeconfigs).toEqual([...new Set(paths)].sort());
});
