import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuthorityRow } from '../../../core/authorities/model/view.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/shared/instant.ts';
import type { Vault } from '../../../core/shared/ports.ts';
import { PROFILE_IDS, type ProfileId } from '../../../core/pki/model/profile.ts';
import { parseLocalMs } from '../../../renderer/authorities/certificates/checks.svelte.ts';
import { fileName } from '../../../renderer/authorities/certificates/exports.svelte.ts';
import { IssueForm } from '../../../renderer/authorities/certificates/issue-form.svelte.ts';
import { listPlaceholders } from '../../../core/pki/model/profile-placeholders.ts';
import { parseList } from '../../../renderer/authorities/certificates/placeholders.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { NOW_MS, openConsole, PROBLEM } from '../../support/console.ts';
import { profileGroups } from '../../../renderer/authorities/certificates/issuing.svelte.ts';
import { aRequest } from '../../support/requests.ts';
import { testPorts } from '../../support/ports.ts';
import { testVault } from '../../core/authorities/keeping-ports.ts';
import { keepAgent, keepPractice, PASSPHRASE } from './practice.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const { files: FILES, tree: PRACTICE } = await keepPractice();
const findRow = (fits: (row: AuthorityRow) => boolean): AuthorityRow => {
  const row = PRACTICE.rows.findLast(fits);
  if (row === undefined) throw new Error('no such certificate');
  return row;
};
const ROOT = findRow(({ profile }) => profile === 'cluster-ca');
const SCHEDULER = findRow(({ profile }) => profile === 'scheduler');
const LEAF = findRow(({ profile }) => profile === 'apiserver');

/** Opens a window with the locked authority `PRACTICE`. */
async function openState({ files = FILES, vault }: { files?: Record<string, Uint8Array>; vault?: Vault } = {}) {
  const console = await openConsole({ files, ...(vault !== undefined && { vault }) });
  const state = console.openWindow();
  await state.authority.load();
  const { authority, notices } = state;
  const noticeTexts = () =>
    notices.list.flatMap(({ texts }) => texts.map(({ key, values }) => state.text.t(key, values)));
  return { console, state, authority, ...authority, noticeTexts, notices };
}

async function openUnlocked() {
  const all = await openState();
  await all.keys.unlock(PRACTICE, PASSPHRASE, false);
  const tree = all.authority.findTree(PRACTICE.id);
  if (tree === undefined) throw new Error('no authority');
  return { ...all, practice: tree };
}

describe('the authorities screen', () => {
  test('runs one operation at a time, and shows progress if it takes long', async () => {
    const { work } = await openState({ files: {} });
    let end: (() => void) | undefined;
    const first = work.run({ key: 'authorities.export.doing' }, () =>
      new Promise<void>((resolve) => (end = resolve)).then(() => ({ ok: true, value: 1 })),
    );
    expect(work).toMatchObject({ busy: true, waiting: { visible: false } });
    await vi.advanceTimersByTimeAsync(301);
    expect(work.waiting.visible).toBe(true);
    const second = work.run({ key: 'authorities.export.doing' }, () => Promise.resolve({ ok: true, value: 2 }));
    expect(await second).toBeUndefined();
    end?.();
    expect(await first).toBe(1);
    expect(work).toMatchObject({ busy: false, waiting: { visible: false } });
  });

  test('reports a failure in the dialog that started the operation, or with a notice if that dialog has been closed', async () => {
    const { work, notices } = await openState();
    const fail = () => Promise.resolve({ ok: false, problem: PROBLEM } as const);
    work.open({ kind: 'create' });
    await work.run({ key: 'authorities.export.doing' }, fail);
    expect(work).toMatchObject({ problem: PROBLEM, dialog: { kind: 'create' } });
    expect(notices.list).toEqual([]);
    const running = work.run({ key: 'authorities.export.doing' }, fail);
    work.close();
    await running;
    expect(work.problem).toBeUndefined();
    expect(notices.list).toMatchObject([{ problem: PROBLEM }]);
  });
});

describe('a locked authority', () => {
  test('asks for the passphrase, then continues the operation that needed the key', async () => {
    const { console, authority, work, keys, issuing, tree } = await openState();
    issuing.renew(PRACTICE, LEAF);
    expect(work.dialog).toMatchObject({
      kind: 'unlock',
      purpose: { key: 'authorities.purpose.renew', values: { name: 'kube-apiserver' } },
    });
    expect(console.calls('authority', 'renew')).toEqual([]);
    await keys.unlock(PRACTICE, PASSPHRASE, false);
    await console.settle();
    expect(console.calls('authority', 'renew')).toEqual([{ authorityId: PRACTICE.id, entryId: LEAF.id }]);
    expect(work.dialog).toBeUndefined();
    expect(authority.findTree(PRACTICE.id)?.unlocked).toBe(true);
    const next = authority.findRow(PRACTICE.id, LEAF.id)?.supersededBy;
    expect(tree.selected).toMatchObject({ row: { name: 'kube-apiserver', id: next } });
  });

  test('reports a wrong passphrase and does nothing else', async () => {
    const { console, work, keys, issuing } = await openState();
    issuing.renew(PRACTICE, LEAF);
    await keys.unlock(PRACTICE, 'guess', false);
    const problem = { code: 'passphrase.wrong', params: { authority: 'practice' } };
    expect(work).toMatchObject({ dialog: { kind: 'unlock' }, problem });
    expect(console.calls('authority', 'renew')).toEqual([]);
  });

  test('unlocks an authority even if the system cannot store its unlock key', async () => {
    const { keys, authority, noticeTexts } = await openState();
    await keys.unlock(PRACTICE, PASSPHRASE, true);
    expect(authority.findTree(PRACTICE.id)).toMatchObject({ unlocked: true, remembered: false });
    expect(keys.vaultMissing).toBe(true);
    expect(noticeTexts()[0]).toContain('was not remembered');
  });

  test('allows exporting and revoking certificates without a passphrase, but not exporting keys or revocation lists', async () => {
    const { console, work, checks, exports } = await openState();
    await exports.savePublic(PRACTICE, LEAF, 'pem');
    expect(new TextDecoder().decode(await console.files.read('/saved', Infinity))).toContain('BEGIN CERTIFICATE');
    checks.openRevoke(PRACTICE, LEAF);
    expect(work.dialog).toMatchObject({ kind: 'revoke' });
    await checks.revoke(PRACTICE, LEAF, { reason: 'keyCompromise' });
    expect(console.data.authorities.get(PRACTICE.id).entries.find(({ id }) => id === LEAF.id)).toMatchObject({
      revoked: { reason: 'keyCompromise' },
    });
    exports.openWithKey(PRACTICE, LEAF, 'pfx');
    expect(work.dialog).toMatchObject({ kind: 'unlock' });
    exports.saveCrl(PRACTICE, ROOT, 'pem');
    expect(work.dialog).toMatchObject({ kind: 'unlock' });
    expect(console.calls('authority', 'exportCrl')).toEqual([]);
  });
});

describe('passphrases', () => {
  test.each([
    ['x'.repeat(11), 'x'.repeat(11), 'too-short'],
    ['🔑'.repeat(11), '🔑'.repeat(11), 'too-short'],
    ['x'.repeat(12), 'x'.repeat(12), undefined],
    ['x'.repeat(12), 'y'.repeat(12), 'differs'],
  ])('checks the passphrase %s and its repetition %s: %s', async (passphrase, repeated, fault) => {
    const { keys } = await openState({ files: {} });
    expect(keys.passphraseFault(passphrase, repeated, keys.shortest)).toBe(fault);
  });

  test('are not kept in the state after a call has ended', async () => {
    const { state, keys, notices } = await openState({ files: {}, vault: testVault() });
    await keys.create({ name: 'practice', kind: 'kubernetes', passphrase: PASSPHRASE });
    const [tree] = state.authority.trees;
    expect(tree?.name).toBe('practice');
    if (tree !== undefined) {
      await keys.unlock(tree, PASSPHRASE, true);
      await keys.changePassphrase(tree, { current: PASSPHRASE, next: `${PASSPHRASE}!` });
    }
    expect(notices.list.at(-1)?.texts[0]?.key).toBe('authorities.passphrase.done');
    expect(JSON.stringify([state.authority.trees, notices.list])).not.toContain('horse');
    expect(textsIn(state)).toContain('practice');
    expect(textsIn(state)).not.toContain('horse');
  });

  test('removes the stored unlock key after a change of the passphrase, and reports that', async () => {
    const { keys, authority, noticeTexts } = await openState({ vault: testVault() });
    await keys.unlock(PRACTICE, PASSPHRASE, true);
    const remembered = authority.findTree(PRACTICE.id);
    expect(remembered?.remembered).toBe(true);
    if (remembered !== undefined)
      await keys.changePassphrase(remembered, { current: PASSPHRASE, next: `${PASSPHRASE}!` });
    expect(noticeTexts()[0]).toContain('no longer remembers it');
    expect(authority.findTree(PRACTICE.id)?.remembered).toBe(false);
  });
});

/** Joins all texts that can be reached from the properties of a state. */
function textsIn(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || seen.has(value)) return '';
  seen.add(value);
  const own = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value) ?? {});
  const getters = Object.keys(own).filter((name) => 'get' in (own[name] ?? {}));
  const names = [...Object.keys(value), ...getters];
  return names.map((name) => textsIn((value as Record<string, unknown>)[name], seen)).join('\n');
}

describe('issuing a certificate', () => {
  const form = (profile: ProfileId, tree = PRACTICE) =>
    new IssueForm({ tree, profile, now: { current: NOW_MS } as ConsoleState['now'] });

  test('shows a label for every value that a profile leaves open', async () => {
    const { state } = await openState({ files: {} });
    for (const id of PROFILE_IDS)
      for (const { name } of listPlaceholders(PROFILES[id]))
        expect(state.text.optional(`authorities.value.${name}`), name).toBeDefined();
  });

  test('lists the profiles below the CAs that issue them', () => {
    const [group, ...more] = profileGroups(PRACTICE);
    expect(more.map(({ issuer }) => issuer.id)).toEqual(['etcd-ca', 'front-proxy-ca']);
    expect(group?.issuer.id).toBe('cluster-ca');
    expect(group?.profiles.map(({ id }) => id)).toContain('kubelet-server');
    expect(group?.profiles.map(({ id }) => id)).not.toContain('etcd-peer');
  });

  test('shows the contents of the certificate as the fields are filled in', () => {
    const issue = form('kubelet-server');
    expect(issue.missing).toEqual(['node']);
    expect(issue.preview.subject.text).toBe('CN=system:node:<node>, O=system:nodes');
    issue.setValue('node', 'worker-1');
    issue.setValue('node-ip', '10.0.0.5, fd00::5');
    issue.dns = 'worker-1.corp.example';
    expect(issue.missing).toEqual([]);
    expect(issue.preview).toMatchObject({
      subject: { text: 'CN=system:node:worker-1, O=system:nodes' },
      end: { ms: NOW_MS + 4 * DAY_MS, byCa: false },
      key: { algorithm: 'p-256' },
      issuer: 'kubernetes',
    });
    expect(issue.preview.sans.names.map(({ text }) => text)).toEqual([
      'worker-1',
      '10.0.0.5',
      'fd00::5',
      'worker-1.corp.example',
    ]);
    expect(issue.request()).toEqual({
      authorityId: PRACTICE.id,
      profile: 'kubelet-server',
      values: { node: ['worker-1'], 'node-ip': ['10.0.0.5', 'fd00::5'] },
      dns: ['worker-1.corp.example'],
      ip: [],
      keyAlgorithm: 'p-256',
    });
  });

  test('keeps the input when another profile is chosen, and sends only the fields of that profile', () => {
    const issue = form('apiserver');
    issue.setValue('node', 'cp-1');
    issue.profileId = 'kubelet-client';
    expect(issue.request().values).toEqual({ node: ['cp-1'] });
    issue.profileId = 'admin';
    expect(issue.request().values).toEqual({});
  });

  test('accepts spaces in the name of an identity', () => {
    const issue = form('extra-admin', { ...PRACTICE, kind: 'moc', rows: [] });
    issue.setValue('identity', ' Admin of Tokyo ');
    expect(issue.request().values).toEqual({ identity: ['Admin of Tokyo'] });
  });

  test.each([
    ['', 'days', undefined, false],
    ['2', 'days', 2 * DAY_MS, false],
    ['1,5', 'hours', 1.5 * HOUR_MS, false],
    ['0', 'days', undefined, true],
    ['-1', 'days', undefined, true],
    ['a week', 'days', undefined, true],
  ] as const)('checks the typed validity "%s" %s', (typed, unit, ms, isFault) => {
    const issue = form('admin');
    issue.validity = typed;
    issue.unit = unit;
    expect(issue.request().validityMs).toBe(ms);
    expect(issue.validityFault).toBe(isFault);
  });

  test('states that the certificate expires early, together with its CA', () => {
    const soon = { ...ROOT, notAfterMs: NOW_MS + DAY_MS };
    const issue = form('admin', { ...PRACTICE, rows: [soon] });
    expect(issue.preview.end).toMatchObject({ ms: NOW_MS + DAY_MS, byCa: true });
  });

  test('selects the new certificate and states until when it is valid', async () => {
    const { issuing, tree, work, noticeTexts, authority, practice } = await openUnlocked();
    issuing.openIssue(practice);
    expect(work.dialog).toMatchObject({ kind: 'issue' });
    if (issuing.form !== undefined) await issuing.issue(issuing.form.request());
    expect(work.dialog).toBeUndefined();
    expect(tree.selected).toMatchObject({ row: { name: 'kube-apiserver', notBeforeMs: NOW_MS - 5 * MINUTE_MS } });
    expect(noticeTexts()[0]).toMatch(/^Issued kube-apiserver, valid until /);
    expect(authority.findTree(PRACTICE.id)?.rows).toHaveLength(PRACTICE.rows.length + 1);
  });

  test.each<[string, AuthorityRow, boolean]>([
    ['a CA', ROOT, false],
    ['a leaf with its key here', LEAF, true],
    ['a leaf whose key is elsewhere', { ...LEAF, hasKey: false }, false],
    ['a replaced leaf', { ...LEAF, supersededBy: 'b' as CredentialId }, false],
    ['a leaf without a profile', { ...LEAF, profile: null }, false],
  ])('offers to renew %s only if that is possible', async (_, row, expected) => {
    const { issuing } = await openState();
    expect(issuing.isRenewable(row)).toBe(expected);
  });
});

/** The usages that a kubelet requests as a client. */
const USAGES = { keyUsage: ['digitalSignature'], extendedKeyUsage: ['clientAuth'] };

describe('external requests', () => {
  async function openRequests(...subjects: { commonName: string; organizations: string[] }[]) {
    const opened = await openUnlocked();
    const ports = testPorts();
    opened.console.sources = subjects.map(({ commonName }) => `/${commonName}`);
    for (const subject of subjects) {
      const key = await ports.keys.generate('p-256');
      const request = aRequest(ports, key, { subject, sans: { dns: [], ip: [] }, ...USAGES });
      opened.console.files.put(`/${subject.commonName}`, request);
    }
    await opened.signing.choose(opened.practice);
    return opened;
  }

  test('are shown first, then signed one after the other, and the last certificate is selected', async () => {
    const nodes = ['system:node:one', 'system:node:two'];
    const subjects = nodes.map((commonName) => ({ commonName, organizations: ['system:nodes'] }));
    const { console, signing, tree, work, noticeTexts, practice } = await openRequests(...subjects);
    expect(work.dialog).toMatchObject({ kind: 'sign' });
    expect(signing.files.map(({ review }) => review.subject)).toEqual(nodes.map((name) => `CN=${name},O=system:nodes`));
    expect(console.calls('authority', 'signRequest')).toEqual([]);
    await signing.sign(practice);
    expect(console.calls('authority', 'signRequest')).toHaveLength(2);
    expect(tree.selected).toMatchObject({ row: { name: 'system:node:two', hasKey: false } });
    expect(noticeTexts()[0]).toMatch(/^Signed 2 requests/);
  });

  test('are judged again for another profile, and refused ones are not signed', async () => {
    const subject = { commonName: 'alice', organizations: ['system:masters'] };
    const { console, signing, practice } = await openRequests(subject);
    expect(signing.files[0]?.review.refusal?.code).toBe('csr.foreign-names');
    await signing.sign(practice);
    expect(console.calls('authority', 'signRequest')).toEqual([]);
    await signing.setProfile(practice, 'apiserver-kubelet-client');
    expect(signing.profile).toBe('apiserver-kubelet-client');
  });

  test('are shown and signed without the unreadable ones, whose file, place and remedy are named', async () => {
    const opened = await openRequests(
      ...['one', 'two'].map((name) => ({ commonName: `system:node:${name}`, organizations: ['system:nodes'] })),
    );
    const { console, signing, practice, state } = opened;
    console.files.put('/cut.der', (await console.files.read('/system:node:one', 10_000)).subarray(0, 100));
    console.files.put('/object.yaml', 'kind: CertificateSigningRequest\nspec: {}\n');
    console.sources = ['/cut.der', '/system:node:one', '/missing.csr', '/object.yaml', '/system:node:two'];
    await signing.choose(practice);
    const showRows = () =>
      signing.failed.map(({ problem }) => [
        state.text.lookUp(`problem.${problem.code}`, problem.params),
        state.text.lookUp(`problem.${problem.code}.remedy`, problem.params),
      ]);
    const remedy = expect.stringContaining('PKCS #10') as string;
    const rows = [
      [expect.stringMatching(/^“\/cut\.der” cannot be read as a certificate request \(byte \d+: der\./), remedy],
      [expect.stringContaining('/missing.csr'), expect.anything()],
      [expect.stringMatching(/^“\/object\.yaml” cannot be read as a certificate request \(line \d+: /), remedy],
    ];
    expect(showRows()).toEqual(rows);
    await signing.setProfile(practice, 'apiserver-kubelet-client');
    await signing.setProfile(practice, 'kubelet-client');
    expect(showRows()).toEqual(rows);
    expect(signing.signable).toHaveLength(2);
    await signing.sign(practice);
    expect(console.calls('authority', 'signRequest')).toHaveLength(2);
  });

  test('are signed as shown, even if the file was replaced in the meantime', async () => {
    const subject = { commonName: 'system:node:one', organizations: ['system:nodes'] };
    const { console, signing, tree, practice } = await openRequests(subject);
    console.files.put('/system:node:one', 'something else');
    await signing.sign(practice);
    expect(tree.selected).toMatchObject({ row: { name: 'system:node:one' } });
  });

  test('are not signed with an earlier profile after the review for the chosen one failed', async () => {
    const subject = { commonName: 'system:node:one', organizations: ['system:nodes'] };
    const { console, signing, practice } = await openRequests(subject);
    console.fail('authority', 'reviewRequest');
    await signing.setProfile(practice, 'kubelet-server');
    expect(signing.profile).toBe('kubelet-server');
    await signing.sign(practice);
    expect(console.calls('authority', 'signRequest')).toEqual([]);
    console.override('authority', 'reviewRequest');
    await signing.setProfile(practice, 'kubelet-client');
    await signing.sign(practice);
    expect(console.calls('authority', 'signRequest')).toMatchObject([{ profile: 'kubelet-client' }]);
  });

  test('can be signed after a first attempt failed', async () => {
    const subject = { commonName: 'system:node:one', organizations: ['system:nodes'] };
    const { signing, keys, practice, authority } = await openRequests(subject);
    await keys.lock(practice, false);
    await signing.sign(practice);
    expect(signing.files).toHaveLength(1);
    await keys.unlock(practice, PASSPHRASE, false);
    await signing.sign(practice);
    expect(signing.files).toEqual([]);
    expect(authority.findTree(practice.id)?.rows.at(-1)?.name).toBe('system:node:one');
  });

  test('open no dialog if no file is chosen', async () => {
    const { console, signing, work, practice } = await openUnlocked();
    await signing.choose(practice);
    expect(console.calls('authority', 'reviewRequest')).toEqual([]);
    expect(work.dialog).toBeUndefined();
  });
});

describe('exports of certificates', () => {
  test.each([
    ['system:node:worker-1', 'system-node-worker-1'],
    ['..\\..\\etc/passwd', 'etc-passwd'],
    ['***', 'certificate'],
    ['  ', 'certificate'],
    ['証明書', '証明書'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('save a certificate named %s as %s', (name, expected) => {
    expect(fileName(name)).toBe(expected);
  });

  test('exports a private key with a passphrase, and writes nothing if no file is chosen', async () => {
    const { console, exports, work, practice } = await openUnlocked();
    exports.openWithKey(practice, LEAF, 'pfx');
    console.target = null;
    const asked = { format: 'pfx', encryption: '3des', passphrase: 'of the file' } as const;
    await exports.saveWithKey(practice, LEAF, asked);
    expect(console.calls('authority', 'export')).toEqual([]);
    expect(work.dialog).toMatchObject({ kind: 'export', format: 'pfx' });
    console.target = '/saved.pfx';
    await exports.saveWithKey(practice, LEAF, asked);
    expect(console.files.paths()).toContain('/saved.pfx');
    expect(console.calls('authority', 'export')).toMatchObject([{ ...asked, withKey: true }]);
    expect(work.dialog).toBeUndefined();
  });

  test('offers a kubeconfig only for client certificates of a cluster whose keys are stored', async () => {
    const { exports } = await openState();
    const client = { ...LEAF, profile: 'admin' } as const;
    expect(exports.isForKubeconfig(PRACTICE, client)).toBe(true);
    expect(exports.isForKubeconfig(PRACTICE, LEAF)).toBe(false);
    expect(exports.isForKubeconfig({ ...PRACTICE, kind: 'moc' }, client)).toBe(false);
    expect(exports.isForKubeconfig(PRACTICE, { ...client, hasKey: false })).toBe(false);
  });
});

describe('the dialogs for revoking and verifying', () => {
  test('keeps a revoked certificate selected, among those no longer in use', async () => {
    const { checks, tree, noticeTexts } = await openState();
    await checks.revoke(PRACTICE, LEAF, { reason: 'superseded', sinceMs: NOW_MS - DAY_MS });
    expect(tree.selected).toMatchObject({ row: { id: LEAF.id }, level: 4 });
    expect(noticeTexts()[0]).toContain('Revoked ');
  });

  test('offers to revoke a leaf, but not a root', async () => {
    const { checks } = await openState();
    expect(checks.isRevocable(LEAF)).toBe(true);
    expect(checks.isRevocable(ROOT)).toBe(false);
  });

  test('has a text and sources for every effect of a revocation', async () => {
    const { checks, state, agent } = await openState();
    const statements = [
      ...checks.listEffects(PRACTICE),
      ...checks.listEffects({ ...PRACTICE, kind: 'moc' }),
      ...agent.revocationEffects,
    ];
    for (const { text, citations } of statements) {
      expect(state.text.optional(text), text).toBeDefined();
      expect(citations.length, text).toBeGreaterThan(0);
    }
  });

  test('shows the verdict in the dialog until another check starts', async () => {
    const { console, checks, keys, work, practice } = await openUnlocked();
    checks.openVerify(practice, LEAF);
    await checks.verify(practice, LEAF, { purpose: 'server', name: ' kubernetes.default.svc ' });
    expect(checks.verdict).toMatchObject({
      accepted: true,
      path: [{ serialHex: LEAF.serialHex }, { serialHex: ROOT.serialHex }],
    });
    expect(work.dialog).toMatchObject({ kind: 'verify' });
    expect(console.calls('authority', 'verify')).toMatchObject([
      { at: '2026-11-24T12:00:00Z', purpose: 'server', name: 'kubernetes.default.svc' },
    ]);
    // From now on, the CA of this certificate has a revocation list to sign.
    await checks.revoke(practice, SCHEDULER, { reason: 'superseded' });
    await keys.lock(practice, false);
    checks.openVerify(practice, LEAF);
    await checks.verify(practice, LEAF, { purpose: 'any', name: '' });
    expect(checks.verdict).toBeUndefined();
    expect(work.problem?.code).toBe('keyring.locked');
  });

  test.each([
    ['apiserver', 'server'],
    ['admin', 'client'],
    ['etcd-peer', 'any'],
  ] as const)('for a certificate with the profile %s, suggests a check as %s', async (profile, purpose) => {
    const { checks } = await openState();
    expect(checks.suggestPurpose({ ...LEAF, profile })).toBe(purpose);
  });

  test.each([
    ['', 'none'],
    [' 2026-12-03 17:00 ', new Date(2026, 11, 3, 17).getTime()],
    ['2026-02-29 10:00', undefined],
    ['2026-12-03', undefined],
    ['2026-12-03 25:00', undefined],
    ['12/03/2026 17:00', undefined],
  ])('parses the time "%s"', (typed, expected) => {
    expect(parseLocalMs(typed)).toBe(expected);
  });
});

describe('the cloud agent', () => {
  const rotation = { oldCa: 'a' as CredentialId, newCa: 'b' as CredentialId };

  test.each([
    [undefined, 'start'],
    [{ ...rotation, stage: 'both-trusted', left: 3 }, 'reissue'],
    [{ ...rotation, stage: 'reissuing', left: 1 }, 'reissue'],
    [{ ...rotation, stage: 'reissuing', left: 0 }, 'withdraw'],
  ] as const)('the next step of the CA rotation after %o: %s', async (at, step) => {
    const { agent } = await openState();
    expect(agent.nextStep({ ...PRACTICE, kind: 'moc', ...(at !== undefined && { rotation: at }) })).toBe(step);
  });

  test('writes the token of a new identity only to a file', async () => {
    const { files, tree } = await keepAgent();
    const { console, agent, keys, noticeTexts, authority } = await openState({ files });
    await keys.unlock(tree, PASSPHRASE, false);
    await agent.create(authority.findTree(tree.id) ?? tree, 'admin:2', 'Admin');
    await console.settle();
    expect(console.calls('application', 'chooseTarget')).toEqual([
      { suggestedName: 'login-admin-2.yaml', format: 'yaml' },
    ]);
    const [, token = ''] =
      /^token: (.+)$/mu.exec(new TextDecoder().decode(await console.files.read('/saved', Infinity))) ?? [];
    expect(token).toMatch(/^ey/u);
    expect(textsIn(authority)).not.toContain(token);
    expect(noticeTexts()).toEqual(['Created admin:2 and saved its login file.']);
  });
});

describe('a list of values', () => {
  test.each([
    ['a, b;c\n d', ['a', 'b', 'c', 'd']],
    [' 10.0.0.1　10.0.0.2、10.0.0.3 ', ['10.0.0.1', '10.0.0.2', '10.0.0.3']],
    ['', []],
  ])('splits %o into %o', (text, expected) => {
    expect(parseList(text)).toEqual(expected);
  });
});
