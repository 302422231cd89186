import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuthorityTree } from '../../../core/authorities/model/view.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import type { Problem } from '../../../core/shared/problem.ts';
import { PROFILE_IDS, type ProfileId } from '../../../core/pki/model/profile.ts';
import { msOfLocal } from '../../../renderer/authorities/certificates/checks.svelte.ts';
import { fileName } from '../../../renderer/authorities/certificates/exports.svelte.ts';
import { IssueForm } from '../../../renderer/authorities/certificates/issue-form.svelte.ts';
import { placeholdersOf } from '../../../core/pki/model/profile-placeholders.ts';
import { listOf } from '../../../renderer/authorities/certificates/placeholders.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { anIssued, aRoot, aTree, FakeApi, NOW_MS, PROBLEM } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(100);
const PASSPHRASE = 'correct horse battery staple';
const LEAF = anIssued('kube-apiserver');
const PRACTICE = aTree('practice', [aRoot(), LEAF]);
const LOCKED: AuthorityTree = { ...PRACTICE, unlocked: false };
const WRONG: Problem = { code: 'passphrase.wrong', params: { authority: 'practice' } };

async function authorities(...trees: AuthorityTree[]) {
  const api = new FakeApi();
  for (const tree of trees) api.authorities.set(tree.id, tree);
  const state = new ConsoleState(api.api, { language: 'en', dark: false, readClock: () => NOW_MS });
  await state.authority.load();
  const { authority, notices } = state;
  const said = () => notices.list.flatMap(({ texts }) => texts.map(({ key, values }) => state.text.t(key, values)));
  return { api, state, authority, ...authority, said, notices };
}

describe('work', () => {
  test('is done one thing at a time, and shows itself once it takes long', async () => {
    const { work } = await authorities();
    let end: (() => void) | undefined;
    const first = work.run({ key: 'authorities.export.doing' }, () =>
      new Promise<void>((resolve) => (end = resolve)).then(() => ({ ok: true, value: 1 })),
    );
    expect(work).toMatchObject({ busy: true, visible: false });
    await vi.advanceTimersByTimeAsync(301);
    expect(work.visible).toBe(true);
    const second = work.run({ key: 'authorities.export.doing' }, () => Promise.resolve({ ok: true, value: 2 }));
    expect(await second).toBeUndefined();
    end?.();
    expect(await first).toBe(1);
    expect(work).toMatchObject({ busy: false, visible: false });
  });

  test('that fails is told by the dialog that asked, or by a notice once that is closed', async () => {
    const { work, notices } = await authorities(PRACTICE);
    const failing = () => Promise.resolve({ ok: false, problem: PROBLEM } as const);
    work.open({ kind: 'create' });
    await work.run({ key: 'authorities.export.doing' }, failing);
    expect(work).toMatchObject({ problem: PROBLEM, dialog: { kind: 'create' } });
    expect(notices.list).toEqual([]);
    const running = work.run({ key: 'authorities.export.doing' }, failing);
    work.close();
    await running;
    expect(work.problem).toBeUndefined();
    expect(notices.list).toMatchObject([{ problem: PROBLEM }]);
  });
});

describe('a locked authority', () => {
  test('asks for its passphrase, then goes on with what needed the key', async () => {
    const { api, authority, work, keys, issuing, tree } = await authorities(LOCKED);
    issuing.renew(LOCKED, LEAF);
    expect(work.dialog).toMatchObject({
      kind: 'unlock',
      purpose: { key: 'authorities.purpose.renew', values: { name: 'kube-apiserver' } },
    });
    expect(api.argumentsOf('renew')).toEqual([]);
    await keys.unlock(LOCKED, PASSPHRASE, false);
    await settled();
    expect(api.argumentsOf('renew')).toEqual([{ authorityId: 'practice', entryId: 'kube-apiserver' }]);
    expect(work.dialog).toBeUndefined();
    expect(authority.treeOf(PRACTICE.id)?.unlocked).toBe(true);
    expect(tree.selected).toMatchObject({ row: { name: 'kube-apiserver-next' } });
  });

  test('says that a passphrase is wrong, and does nothing else', async () => {
    const { api, work, keys, issuing } = await authorities(LOCKED);
    issuing.renew(LOCKED, LEAF);
    api.problems.set('unlock', WRONG);
    await keys.unlock(LOCKED, 'guess', false);
    expect(work).toMatchObject({ dialog: { kind: 'unlock' }, problem: WRONG });
    expect(api.argumentsOf('renew')).toEqual([]);
  });

  test('is unlocked all the same where the system cannot keep the passphrase', async () => {
    const { api, keys, authority, said } = await authorities(LOCKED);
    api.vaultMissing = true;
    await keys.unlock(LOCKED, PASSPHRASE, true);
    expect(authority.treeOf(LOCKED.id)).toMatchObject({ unlocked: true, remembered: false });
    expect(keys.vaultMissing).toBe(true);
    expect(said()[0]).toContain('was not remembered');
  });

  test('is looked at, revoked from and exported from without a passphrase', async () => {
    const { api, work, checks, exports } = await authorities(LOCKED);
    await exports.savePublic(LOCKED, LEAF, 'pem');
    checks.openRevoke(LOCKED, LEAF);
    expect(work.dialog).toMatchObject({ kind: 'revoke' });
    await checks.revoke(LOCKED, LEAF, { reason: 'keyCompromise' });
    expect(api.argumentsOf('export')).toHaveLength(1);
    expect(api.argumentsOf('revoke')).toEqual([
      { authorityId: 'practice', entryId: 'kube-apiserver', reason: 'keyCompromise' },
    ]);
    exports.openWithKey(LOCKED, LEAF, 'pfx');
    expect(work.dialog).toMatchObject({ kind: 'unlock' });
    exports.saveCrl(LOCKED, aRoot(), 'pem');
    expect(work.dialog).toMatchObject({ kind: 'unlock' });
    expect(api.argumentsOf('exportCrl')).toEqual([]);
  });
});

describe('passphrases', () => {
  test.each([
    ['x'.repeat(11), 'x'.repeat(11), 'too-short'],
    ['🔑'.repeat(11), '🔑'.repeat(11), 'too-short'],
    ['x'.repeat(12), 'x'.repeat(12), undefined],
    ['x'.repeat(12), 'y'.repeat(12), 'differs'],
  ])('%s, repeated %s: %s', async (passphrase, repeated, fault) => {
    const { keys } = await authorities();
    expect(keys.faultOf(passphrase, repeated, keys.shortest)).toBe(fault);
  });

  test('are nowhere in the state once the call is over', async () => {
    const { state, keys, notices } = await authorities();
    await keys.create({ name: 'practice', kind: 'kubernetes', passphrase: PASSPHRASE });
    const [tree] = state.authority.trees;
    expect(tree?.name).toBe('practice');
    if (tree !== undefined) {
      await keys.unlock(tree, PASSPHRASE, true);
      await keys.changePassphrase(tree, { current: PASSPHRASE, next: PASSPHRASE });
    }
    expect(JSON.stringify([state.authority.trees, notices.list])).not.toContain('horse');
    expect(textsIn(state)).toContain('practice');
    expect(textsIn(state)).not.toContain('horse');
  });

  test('that were changed are no longer remembered, which is said', async () => {
    const remembered = { ...PRACTICE, remembered: true };
    const { keys, said } = await authorities(remembered);
    await keys.changePassphrase(remembered, { current: PASSPHRASE, next: PASSPHRASE });
    expect(said()[0]).toContain('no longer remembered');
  });
});

/** Every text that can be reached from a state through what it shows. */
function textsIn(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || seen.has(value)) return '';
  seen.add(value);
  const own = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value) ?? {});
  const getters = Object.keys(own).filter((name) => 'get' in (own[name] ?? {}));
  const names = [...Object.keys(value), ...getters];
  return names.map((name) => textsIn((value as Record<string, unknown>)[name], seen)).join('\n');
}

describe('issuing', () => {
  const form = (profile: ProfileId, tree = PRACTICE) =>
    new IssueForm({ tree, profile, now: { current: NOW_MS } as ConsoleState['now'] });

  test('has a text for every value that a profile leaves open', async () => {
    const { state } = await authorities();
    for (const id of PROFILE_IDS)
      for (const { name } of placeholdersOf(PROFILES[id]))
        expect(state.text.optional(`authorities.value.${name}`), name).toBeDefined();
  });

  test('offers the profiles of the kind, below the CAs that are there', async () => {
    const { issuing } = await authorities(PRACTICE);
    const [group, ...more] = issuing.groupsOf(PRACTICE);
    expect(more).toEqual([]);
    expect(group?.issuer.id).toBe('cluster-ca');
    expect(group?.profiles.map(({ id }) => id)).toContain('kubelet-server');
    expect(group?.profiles.map(({ id }) => id)).not.toContain('etcd-peer');
  });

  test('shows what the certificate will say while it is typed', () => {
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
      authorityId: 'practice',
      profile: 'kubelet-server',
      values: { node: ['worker-1'], 'node-ip': ['10.0.0.5', 'fd00::5'] },
      dns: ['worker-1.corp.example'],
      ip: [],
      keyAlgorithm: 'p-256',
    });
  });

  test('keeps what was typed when another profile is chosen, and sends only what that uses', () => {
    const issue = form('apiserver');
    issue.setValue('node', 'cp-1');
    issue.profileId = 'kubelet-client';
    expect(issue.request().values).toEqual({ node: ['cp-1'] });
    issue.profileId = 'admin';
    expect(issue.request().values).toEqual({});
  });

  test('a name of an identity may hold blanks', () => {
    const issue = form('extra-admin', aTree('agent', [], { kind: 'moc' }));
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
  ] as const)('a validity of "%s" %s', (typed, unit, ms, isFault) => {
    const issue = form('admin');
    issue.validity = typed;
    issue.unit = unit;
    expect(issue.request().validityMs).toBe(ms);
    expect(issue.validityFault).toBe(isFault);
  });

  test('says when the CA ends before the certificate would', () => {
    const soon = aRoot('kubernetes', { notAfterMs: NOW_MS + DAY_MS });
    const issue = form('admin', aTree('practice', [soon]));
    expect(issue.preview.end).toMatchObject({ ms: NOW_MS + DAY_MS, byCa: true });
  });

  test('selects the new certificate and says until when it is valid', async () => {
    const { issuing, tree, work, said, authority } = await authorities(PRACTICE);
    issuing.openIssue(PRACTICE);
    expect(work.dialog).toMatchObject({ kind: 'issue' });
    if (issuing.form !== undefined) await issuing.issue(issuing.form.request());
    expect(work.dialog).toBeUndefined();
    expect(tree.selected).toMatchObject({ row: { name: 'apiserver' } });
    expect(said()[0]).toMatch(/^Issued apiserver, valid until /);
    expect(authority.treeOf(PRACTICE.id)?.rows).toHaveLength(3);
  });

  test.each([
    ['a CA', aRoot(), false],
    ['a leaf with its key here', LEAF, true],
    ['a leaf whose key is elsewhere', anIssued('a', { hasKey: false }), false],
    ['a replaced leaf', anIssued('a', { supersededBy: 'b' as CredentialId }), false],
    ['a leaf without a profile', anIssued('a', { profile: null }), false],
  ])('%s can be renewed, or not', async (_, row, expected) => {
    const { issuing } = await authorities(PRACTICE);
    expect(issuing.isRenewable(row)).toBe(expected);
  });
});

describe('requests from elsewhere', () => {
  test('are signed one after the other; the last one is selected', async () => {
    const { api, issuing, tree, said } = await authorities(PRACTICE);
    api.sources = ['one', 'two'] as typeof api.sources;
    await issuing.sign(PRACTICE, 'kubelet-client');
    expect(api.argumentsOf('signRequest')).toMatchObject([{ source: 'one' }, { source: 'two' }]);
    expect(tree.selected).toMatchObject({ row: { name: 'signed-2' } });
    expect(said()[0]).toMatch(/^Signed 2 requests/);
  });

  test('are not signed when no file is chosen, and the dialog stays', async () => {
    const { api, issuing, work } = await authorities(PRACTICE);
    issuing.openSign(PRACTICE);
    api.sources = [];
    await issuing.sign(PRACTICE, 'kubelet-client');
    expect(api.argumentsOf('signRequest')).toEqual([]);
    expect(work.dialog).toMatchObject({ kind: 'sign' });
  });
});

describe('exports', () => {
  test.each([
    ['system:node:worker-1', 'system-node-worker-1'],
    ['..\\..\\etc/passwd', 'etc-passwd'],
    ['***', 'certificate'],
    ['  ', 'certificate'],
    ['証明書', '証明書'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('%s is saved as %s', (name, expected) => {
    expect(fileName(name)).toBe(expected);
  });

  test('with the private key hand on what was asked, and nothing when no file is chosen', async () => {
    const { api, exports, work } = await authorities(PRACTICE);
    exports.openWithKey(PRACTICE, LEAF, 'pfx');
    api.target = null;
    const asked = { format: 'pfx', encryption: '3des', passphrase: 'of the file' } as const;
    await exports.saveWithKey(PRACTICE, LEAF, asked);
    expect(api.argumentsOf('export')).toEqual([]);
    expect(work.dialog).toMatchObject({ kind: 'export', format: 'pfx' });
    api.target = 'target' as NonNullable<typeof api.target>;
    await exports.saveWithKey(PRACTICE, LEAF, asked);
    expect(api.argumentsOf('export')).toMatchObject([{ ...asked, withKey: true }]);
    expect(work.dialog).toBeUndefined();
  });

  test('as kubeconfig are for clients of a cluster', async () => {
    const { exports } = await authorities(PRACTICE);
    const client = anIssued('admin', { profile: 'admin' });
    expect(exports.isForKubeconfig(PRACTICE, client)).toBe(true);
    expect(exports.isForKubeconfig(PRACTICE, LEAF)).toBe(false);
    expect(exports.isForKubeconfig({ ...PRACTICE, kind: 'moc' }, client)).toBe(false);
    expect(exports.isForKubeconfig(PRACTICE, { ...client, hasKey: false })).toBe(false);
  });
});

describe('revocation and verification', () => {
  test('what is revoked stays selected, where it is folded away', async () => {
    const { checks, tree, said } = await authorities(PRACTICE);
    await checks.revoke(PRACTICE, LEAF, { reason: 'superseded', sinceMs: NOW_MS - DAY_MS });
    expect(tree.selected).toMatchObject({ row: { name: 'kube-apiserver' }, level: 4 });
    expect(said()[0]).toContain('is revoked');
  });

  test('roots and what is revoked already cannot be revoked', async () => {
    const { checks } = await authorities(PRACTICE);
    expect(checks.isRevocable(LEAF)).toBe(true);
    expect(checks.isRevocable(aRoot())).toBe(false);
  });

  test('every reason and effect has its text', async () => {
    const { checks, state, agent } = await authorities(PRACTICE);
    const statements = [
      ...checks.effectsOf(PRACTICE),
      ...checks.effectsOf({ ...PRACTICE, kind: 'moc' }),
      ...agent.revocationEffects,
    ];
    for (const { text, citations } of statements) {
      expect(state.text.optional(text), text).toBeDefined();
      expect(citations.length, text).toBeGreaterThan(0);
    }
  });

  test('a verdict stays in its dialog, and goes when something else is asked', async () => {
    const { api, checks, work } = await authorities(PRACTICE);
    checks.openVerify(PRACTICE, LEAF);
    await checks.verify(PRACTICE, LEAF, { purpose: 'server', name: ' a.example ' });
    expect(checks.verdict).toBe(api.verdict);
    expect(work.dialog).toMatchObject({ kind: 'verify' });
    expect(api.argumentsOf('verify')).toMatchObject([
      { at: '2026-11-24T12:00:00Z', purpose: 'server', name: 'a.example' },
    ]);
    api.problems.set('verify', { code: 'keyring.locked', params: { authority: 'practice' } });
    await checks.verify(PRACTICE, LEAF, { purpose: 'any', name: '' });
    expect(checks.verdict).toBeUndefined();
    expect(work.problem?.code).toBe('keyring.locked');
  });

  test.each([
    ['apiserver', 'server'],
    ['admin', 'client'],
    ['etcd-peer', 'any'],
  ] as const)('%s is verified as %s at first', async (profile, purpose) => {
    const { checks } = await authorities(PRACTICE);
    expect(checks.purposeOf(anIssued('a', { profile }))).toBe(purpose);
  });

  test.each([
    ['', 'none'],
    [' 2026-12-03 17:00 ', new Date(2026, 11, 3, 17).getTime()],
    ['2026-02-29 10:00', undefined],
    ['2026-12-03', undefined],
    ['2026-12-03 25:00', undefined],
    ['12/03/2026 17:00', undefined],
  ])('the moment "%s"', (typed, expected) => {
    expect(msOfLocal(typed)).toBe(expected);
  });
});

describe('the cloud agent', () => {
  const AGENT = aTree('agent', [aRoot('cloud-agent-ca', { profile: 'cloud-agent-ca' })], { kind: 'moc' });
  const rotation = { oldCa: 'a' as CredentialId, newCa: 'b' as CredentialId };

  test.each([
    [undefined, 'start'],
    [{ ...rotation, stage: 'both-trusted', left: 3 }, 'reissue'],
    [{ ...rotation, stage: 'reissuing', left: 1 }, 'reissue'],
    [{ ...rotation, stage: 'reissuing', left: 0 }, 'withdraw'],
  ] as const)('rotates its CA step by step: %o is followed by %s', async (at, step) => {
    const { agent } = await authorities(AGENT);
    expect(agent.stepOf({ ...AGENT, ...(at !== undefined && { rotation: at }) })).toBe(step);
  });

  test('writes the token of a new identity to a file, and to nothing else', async () => {
    const { api, agent, said } = await authorities(AGENT);
    await agent.create(AGENT, 'admin:2', 'Admin');
    expect(api.argumentsOf('chooseTarget')).toEqual([{ suggestedName: 'login-admin-2.yaml', format: 'yaml' }]);
    expect(api.argumentsOf('createIdentity')).toEqual([
      { authorityId: 'agent', name: 'admin:2', clientType: 'Admin', target: 'target' },
    ]);
    expect(said()).toEqual(['Created admin:2 and saved its login file.']);
  });
});

describe('values in one line', () => {
  test.each([
    ['a, b;c\n d', ['a', 'b', 'c', 'd']],
    [' 10.0.0.1　10.0.0.2、10.0.0.3 ', ['10.0.0.1', '10.0.0.2', '10.0.0.3']],
    ['', []],
  ])('%o are %o', (text, expected) => {
    expect(listOf(text)).toEqual(expected);
  });
});
