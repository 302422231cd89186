import { beforeEach, describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import type { RevocationDraft } from '../../../../core/shared/renew-revocation/draft.ts';
import { getKnownIndex } from '../../../../core/revocation/model/postings.ts';
import type { RevocationDocument } from '../../../../core/revocation/contract.ts';
import type { RevocationDocumentId, RevocationGoal } from '../../../../core/revocation/model/view.ts';
import { candidateRows, candidatesFor } from '../../../../core/revocation/choose/candidates.ts';
import { propose } from '../../../../core/revocation/choose/suggest-entries.ts';
import { serialsIn } from '../../../../core/revocation/choose/serials.ts';
import { RevocationChoiceState } from '../../../../renderer/revocation/choose/choice.svelte.ts';
import { NoticesState } from '../../../../renderer/parts/window/notices.svelte.ts';
import { NowState } from '../../../../renderer/parts/window/now.svelte.ts';
import type { RevocationWork } from '../../../../renderer/revocation/work.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';
import { openConsole, type TestConsole } from '../../../support/console.ts';
import { certificateFiles } from '../../../support/fleet.ts';

const nowMs = epochMs(NOW);
const finance = { clusterId: 'finance' as ClusterId, cluster: 'finance' };
const admin = (changes: Partial<KnownCertificate> = {}): KnownCertificate =>
  aKnown({
    role: 'kubeconfig-client',
    name: 'kubernetes-admin',
    groups: ['system:masters'],
    notAfterMs: nowMs + 300 * DAY_MS,
    ...changes,
  });
const node = (name: string, changes: Partial<KnownCertificate> = {}): KnownCertificate =>
  aKnown({
    role: 'kubelet-client',
    name: `system:node:${name}`,
    cn: `system:node:${name}`,
    groups: ['system:nodes'],
    ...changes,
  });

const CERTIFICATES = [
  admin(),
  admin(finance),
  node('retail-md-0'),
  node('retail-md-1'),
  aKnown({ role: 'kubelet-server', name: 'retail-md-0', exempt: 'kubelet-server', serialHex: 'ab01' }),
  aKnown({ role: 'mocctl', layer: 'moc', name: 'kms', exempt: 'moc', serialHex: 'ab02' }),
  // `1000` in hex and `1000` in decimal are the serial numbers of two certificates.
  aKnown({ name: 'as-hex', serialHex: '1000' }),
  aKnown({ name: 'as-decimal', serialHex: '3e8' }),
];

/** Returns an empty document at the step “choose”. */
function aRevocation(id: string): RevocationDocument {
  return { id: id as RevocationDocumentId, text: '', objectIndex: 0, step: 'choose', createdAt: NOW, changedAt: NOW };
}

class FakeWork implements RevocationWork {
  document: RevocationWork['document'] = aRevocation('a'.repeat(16));
  text = '';
  objectIndex = 0;
  goal: RevocationGoal | undefined;
  step: RevocationWork['step'] = 'choose';
  kubeconfig: string | undefined;
  judgement: RevocationWork['judgement'];
  isJudging = false;
  readable: RevocationWork['readable'];
  taken: RevocationDraft[] = [];
  takes = true;
  create(goal: RevocationGoal): Promise<boolean> {
    this.goal = goal;
    return Promise.resolve(true);
  }
  take(draft: RevocationDraft): Promise<boolean> {
    if (this.takes) this.taken.push(draft);
    return Promise.resolve(this.takes);
  }
  go(step: RevocationWork['step']): void {
    this.step = step;
  }
  move(step: RevocationWork['step']): void {
    this.go(step);
  }
}

let certificates: KnownCertificate[];
let console: TestConsole;
let work: FakeWork;
let notices: NoticesState;
let choice: RevocationChoiceState;

const settle = (): Promise<void> => console.settle();

/** Answers as main does, from the certificates of this test. */
function answerFromCertificates(): void {
  const context = () => ({ certificates, clusters: [], nowMs, roleName: (role: string) => role });
  console.override('revocation', 'candidates', async (question) => ({
    ok: true,
    value: candidatesFor(question, context()),
  }));
  console.override('revocation', 'readSerials', async ({ text }) => ({
    ok: true,
    value: serialsIn(text, getKnownIndex(certificates), candidateRows({ clusters: [], certificates })),
  }));
  console.override('revocation', 'propose', async (request) => ({
    ok: true,
    value: propose(request.choice, { certificates, now: NOW, serialSpelling: 'serialnumber' }),
  }));
}

beforeEach(async () => {
  certificates = [...CERTIFICATES];
  console = await openConsole();
  answerFromCertificates();
  work = new FakeWork();
  notices = new NoticesState(() => 0);
  const now = new NowState(() => nowMs);
  choice = new RevocationChoiceState({ api: console.api, notices, work, now });
});

async function openFor(goal: RevocationGoal): Promise<void> {
  work.goal = goal;
  choice.open();
  await settle();
}

describe('the choice for a lost kubeconfig', () => {
  test('lists certificates of people, each with its cluster', async () => {
    await openFor('lost-kubeconfig');
    expect(choice.people.list.view.map(({ row }) => [row?.cluster, row?.name])).toEqual([
      ['finance', 'kubernetes-admin'],
      ['retail-east', 'kubernetes-admin'],
    ]);
  });

  test('makes entries by serial number and shows their impact', async () => {
    await openFor('lost-kubeconfig');
    choice.people.toggle(1);
    expect(choice.count).toBe(1);
    expect(await choice.make()).toBe(true);
    expect(work.taken[0]?.entries).toEqual([
      { description: 'kubernetes-admin', kind: 'serialnumber', serialNumber: CERTIFICATES[0]?.serialHex },
    ]);
    expect(work.step).toBe('impact');
    expect(choice.notes.map(({ text }) => text)).toContain('revocation.note.kubeconfig-unmanaged');
  });

  test('clears the choice once the entries are made', async () => {
    await openFor('lost-kubeconfig');
    choice.people.toggle(0);
    await choice.make();
    expect(choice.count).toBe(0);
  });

  test('includes a certificate only once if it was read for two clusters', async () => {
    const [first] = CERTIFICATES;
    if (first === undefined) throw new Error('there is none');
    certificates.push({ ...first, ...finance });
    await openFor('lost-kubeconfig');
    await choice.people.toggleAll();
    expect(choice.people.chosen.size).toBe(3);
    expect(choice.count).toBe(2);
  });

  test('states documented and inferred facts before anything is chosen', async () => {
    await openFor('lost-kubeconfig');
    const certainties = choice.facts.flatMap(({ citations }) => citations.map((each) => each.certainty));
    expect(new Set(certainties)).toEqual(new Set(['documented', 'inferred']));
  });

  test('treats a certificate as expired after the end of its last second', async () => {
    await openFor('lost-kubeconfig');
    const row = choice.people.list.rowAt(0);
    if (row === undefined) throw new Error('there is none');
    const isOverAfter = (ms: number): boolean => {
      const clock = new NowState(() => epochMs(row.notAfter) + ms);
      return new RevocationChoiceState({ api: console.api, notices, work, now: clock }).isOver(row);
    };
    expect([isOverAfter(-SECOND_MS), isOverAfter(0), isOverAfter(SECOND_MS - 1), isOverAfter(SECOND_MS)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a compromised machine', () => {
  test('makes an entry for each certificate of the machine', async () => {
    await openFor('node');
    choice.nodes.toggle(0);
    await choice.make();
    expect(work.taken[0]?.entries.map(({ serialNumber }) => serialNumber)).toEqual([CERTIFICATES[2]?.serialHex]);
  });

  test('makes entries for the names of the machine only on request', async () => {
    await openFor('node');
    choice.nodes.toggle(0);
    expect(choice.choice).toMatchObject({ goal: 'node', withNames: false });
    choice.withNames = true;
    expect(choice.choice).toMatchObject({ goal: 'node', withNames: true });
  });

  test('makes no entry without a valid certificate, and reports that', async () => {
    certificates = [node('retail-md-9', { notAfterMs: nowMs - DAY_MS })];
    await openFor('node');
    choice.nodes.toggle(0);
    expect(await choice.make()).toBe(false);
    expect(choice.fruitless?.length).toBeGreaterThan(0);
    expect(work.taken).toEqual([]);
    expect(work.step).toBe('choose');
    expect(choice.count).toBe(1);
  });

  test.each(['DNS', 'IP'] as const)(
    'makes an entry by %s with a cutoff, to be completed in the next step',
    async (kind) => {
      await openFor('node');
      expect(await choice.beginEntry(kind)).toBe(true);
      const field = kind === 'DNS' ? 'dns' : 'ip';
      expect(work.taken).toEqual([{ entries: [{ kind, [field]: '', notBefore: NOW }] }]);
      expect(work.step).toBe('entries');
    },
  );
});

describe('a group', () => {
  test('lists groups that have known certificates, with the number of certificates', async () => {
    await openFor('group');
    expect(choice.groups.list.view.map(({ row }) => [row?.group, row?.certificates])).toEqual([
      ['system:masters', 2],
      ['system:nodes', 2],
    ]);
  });

  test.each([
    ['system:nodes', 'all-kubelets'],
    ['system:masters', 'system-masters'],
    ['kubeadm:cluster-admins', 'system-masters'],
    ['contoso:operators', undefined],
    ['System:Nodes', undefined],
  ])('%s has the consequence %s', (group, consequence) => {
    expect(choice.groupConsequence(group)).toBe(consequence);
  });

  test('accepts a typed group without certificates, and gives it a cutoff like any other group', async () => {
    await openFor('group');
    choice.groups.toggle(1);
    for (const typed of [' contoso:operators ', 'contoso:operators', '', 'system:nodes']) choice.addGroup(typed);
    expect(choice.choice).toEqual({ goal: 'group', groups: ['system:nodes', 'contoso:operators'] });
    await choice.make();
    expect(work.taken[0]?.entries).toEqual([
      { kind: 'Group', group: 'system:nodes', notBefore: NOW },
      { kind: 'Group', group: 'contoso:operators', notBefore: NOW },
    ]);
  });

  test('can remove a group after it was typed', async () => {
    await openFor('group');
    choice.addGroup('a');
    choice.addGroup('b');
    choice.removeGroup('a');
    expect(choice.choice).toEqual({ goal: 'group', groups: ['b'] });
  });
});

describe('serial numbers', () => {
  async function pasteLines(...lines: string[]): Promise<void> {
    await openFor('serial');
    choice.serials.type(lines.join('\n'));
    await settle();
  }

  test('accepts serial numbers in any format and removes duplicates', async () => {
    await pasteLines('0xDEADBEEF', 'de:ad:be:ef', 'Serial Number: DE AD BE EF');
    expect(choice.choice).toEqual({ goal: 'serial', serials: ['deadbeef'], certificates: [] });
    expect(choice.serials.lines.map(({ state }) => state)).toEqual(['unknown', 'duplicate', 'duplicate']);
  });

  test('makes no entry for a serial number that can be read in two ways until it is clarified', async () => {
    await pasteLines('1000', 'deadbeef');
    const [line] = choice.serials.lines;
    expect(line?.readings.map(({ form, certificates: [named] }) => [form, named?.name])).toEqual([
      ['hex', 'as-hex'],
      ['decimal', 'as-decimal'],
    ]);
    expect(choice.blocked).toBe('open');
    expect(await choice.make()).toBe(false);
    expect(work.taken).toEqual([]);
    choice.serials.mean('1000', 'decimal');
    expect(choice.blocked).toBeUndefined();
    expect(choice.choice).toMatchObject({ serials: ['3e8', 'deadbeef'] });
  });

  test('keeps clarifications while other lines are typed', async () => {
    await pasteLines('1000');
    choice.serials.mean('1000', 'hex');
    choice.serials.type('1000\ndeadbeef');
    await settle();
    expect(choice.serials.lines[0]?.reading?.form).toBe('hex');
  });

  test.each([
    ['ab01', 'finding.revocation.kubelet-server'],
    ['ab02', 'finding.revocation.moc-certificate'],
  ])(
    'makes no entry for the serial number of a certificate that no entry can affect (%s), and shows the reason',
    async (serial, text) => {
      await pasteLines(serial);
      const [line] = choice.serials.lines;
      expect(line?.state).toBe('exempt');
      expect(line?.notes.map((note) => note.text)).toEqual([text]);
      expect(choice.count).toBe(0);
    },
  );

  test('accepts valid serial numbers beside an invalid line, and reports the line', async () => {
    await pasteLines('who knows', 'deadbeef', '-5', 'f'.repeat(41));
    expect(choice.serials.lines.map(({ state }) => state)).toEqual(['no-serial', 'unknown', 'no-serial', 'no-serial']);
    expect(choice.choice).toMatchObject({ serials: ['deadbeef'] });
  });

  test('accepts a serial number that two certificates share, and reports that', async () => {
    certificates.push(aKnown({ ...finance, serialHex: 'cafe01' }), aKnown({ serialHex: 'cafe01' }));
    await pasteLines('cafe01');
    expect(choice.serials.lines[0]?.notes).toMatchObject([
      { text: 'finding.revocation.serial-several', params: { count: 2 } },
    ]);
    expect(choice.count).toBe(1);
  });

  test('combines serial numbers with certificates from the inventory', async () => {
    await pasteLines('deadbeef');
    choice.certificates.search('as-hex');
    await settle();
    choice.certificates.toggle(0);
    expect(choice.count).toBe(2);
    await choice.make();
    expect(work.taken[0]?.entries.map(({ serialNumber }) => serialNumber)).toEqual(['1000', 'deadbeef']);
  });

  test('adds the serial numbers of a file to those that were pasted', async () => {
    console.files.put('/serials.txt', 'serial=CAFE01\nserial=CAFE02\n');
    console.sources = ['/serials.txt'];
    await pasteLines('deadbeef');
    await choice.serials.addFile();
    await settle();
    expect(choice.choice).toMatchObject({ serials: ['deadbeef', 'cafe01', 'cafe02'] });
  });

  test('shows no file that contains a key', async () => {
    console.files.put('/key.txt', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n');
    console.sources = ['/key.txt'];
    await openFor('serial');
    await choice.serials.addFile();
    expect(choice.serials.text).toBe('');
    expect(notices.list).toHaveLength(1);
  });

  test('reads serial numbers from the latest text if the text changes in the meantime', async () => {
    await openFor('serial');
    for (const text of ['d', 'de', 'deadbeef']) choice.serials.type(text);
    expect(choice.blocked).toBe('reading');
    await settle();
    expect(console.calls('revocation', 'readSerials')).toEqual([{ text: 'd' }, { text: 'deadbeef' }]);
    expect(choice.choice).toMatchObject({ serials: ['deadbeef'] });
  });

  test('chooses no serial numbers if they cannot be read, and reports the failure', async () => {
    console.fail('revocation', 'readSerials');
    await pasteLines('deadbeef');
    expect(choice.count).toBe(0);
    expect(choice.blocked).toBeUndefined();
    expect(notices.list).toHaveLength(1);
  });
});

describe('a choice', () => {
  test('is cleared, together with its notes, in another document', async () => {
    await openFor('lost-kubeconfig');
    choice.people.toggle(0);
    await choice.make();
    expect(choice.notes).not.toEqual([]);
    choice.people.toggle(0);
    work.document = aRevocation('b'.repeat(16));
    choice.open();
    await settle();
    expect(choice.people.chosen.size).toBe(0);
    expect(choice.notes).toEqual([]);
  });

  test('is kept when the admin returns to the step', async () => {
    await openFor('group');
    choice.groups.toggle(0);
    choice.open();
    await settle();
    expect(choice.groups.chosen.size).toBe(1);
  });

  test('can include certificates that are imported while the step is open', async () => {
    certificates = [];
    await openFor('lost-kubeconfig');
    expect(choice.people.list.total).toBe(0);
    certificates = [...CERTIFICATES];
    const many = Array.from({ length: 20 }, (_, at) => ({ cluster: `c${String(at)}` }));
    await console.import(await certificateFiles(...many));
    await console.settle();
    expect(choice.people.list.total).toBe(2);
    expect(console.calls('revocation', 'candidates')).toHaveLength(3);
  });

  test('is kept if main cannot make entries for it, and the failure is reported', async () => {
    await openFor('lost-kubeconfig');
    choice.people.toggle(0);
    console.fail('revocation', 'propose');
    expect(await choice.make()).toBe(false);
    expect(notices.list).toHaveLength(1);
    expect(choice.count).toBe(1);
  });

  test('is kept if its entries cannot be added to the text', async () => {
    await openFor('group');
    choice.groups.toggle(0);
    work.takes = false;
    expect(await choice.make()).toBe(false);
    expect(choice.count).toBe(1);
    expect(work.step).toBe('choose');
  });

  test('requests the certificates for the selected kubeconfig', async () => {
    work.kubeconfig = 'C:\\Users\\admin\\.kube\\config';
    await openFor('lost-kubeconfig');
    expect(console.calls('revocation', 'candidates')).toEqual([
      { goal: 'lost-kubeconfig', query: '', offset: 0, limit: 200, kubeconfig: 'C:\\Users\\admin\\.kube\\config' },
    ]);
  });
});
