import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { IdentityRow } from '../../../core/authorities/model/view.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { DAY_MS, instant } from '../../../core/shared/instant.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { anIssued, aRoot, aTree, FakeApi, NOW_MS, PROBLEM } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(100);

const PRACTICE = aTree('practice', [
  aRoot(),
  aRoot('etcd-ca', { profile: 'etcd-ca', role: 'etcd-ca' }),
  anIssued('kube-scheduler', { profile: 'scheduler', role: 'scheduler' }),
  anIssued('kube-apiserver'),
  anIssued('kube-apiserver-old', { supersededBy: 'kube-apiserver' as CredentialId }),
  anIssued('etcd-peer', { profile: 'etcd-peer', role: 'etcd-peer', issuer: 'etcd-ca' as CredentialId }),
]);

async function authorities(...trees: (typeof PRACTICE)[]) {
  const api = new FakeApi();
  for (const tree of trees) api.authorities.set(tree.id, tree);
  let nowMs = NOW_MS;
  const state = new ConsoleState(api.api, { language: 'en', dark: false, readClock: () => nowMs });
  await state.settings.load();
  await state.authority.load();
  const { authority } = state;
  return {
    api,
    state,
    authority,
    tree: authority.tree,
    later: (ms: number) => ((nowMs += ms), state.now.tick()),
    names: () => authority.tree.nodes.map((node) => authority.nameOf(node)),
    headline: () => authority.headline.map(({ key, values }) => state.text.t(key, values)).join(' '),
  };
}

describe('the headline', () => {
  test('says until when everything is fine', async () => {
    const { headline } = await authorities(PRACTICE);
    expect(headline()).toBe('1 authority; everything it issued is fine until 27 November.');
  });

  test('says what needs a look and where, and anew as time goes by', async () => {
    const { headline, later } = await authorities(PRACTICE, aTree('spare', []));
    later(2.6 * DAY_MS);
    expect(headline()).toMatch(/^3 certificates are overdue for renewal\. The rest is fine/);
    later(0.3 * DAY_MS);
    expect(headline()).toMatch(/^3 certificates of practice need a look\. The rest is fine until/);
  });

  test('does not count what is revoked or replaced', async () => {
    const { headline } = await authorities(
      aTree('practice', [
        aRoot(),
        anIssued('gone', {
          notAfterMs: NOW_MS - DAY_MS,
          revoked: { at: instant('2026-11-20T00:00:00Z'), reason: 'keyCompromise' },
        }),
      ]),
    );
    expect(headline()).toMatch(/^1 authority; everything it issued is fine/);
  });

  test('of an authority without anything in use is no promise', async () => {
    const { headline } = await authorities(aTree('empty', []));
    expect(headline()).toBe('1 authority; nothing is in use.');
  });
});

describe('the tree', () => {
  test('has CAs and what they issued, in the order of the profiles, and folds what is past', async () => {
    const { names, tree } = await authorities(PRACTICE);
    expect(names()).toEqual([
      'practice',
      'kubernetes',
      'kube-apiserver',
      'kube-scheduler',
      '1 no longer in use',
      'etcd-ca',
      'etcd-peer',
    ]);
    expect(tree.nodes.map(({ level }) => level)).toEqual([1, 2, 3, 3, 3, 2, 3]);
    expect(tree.nodes[2]).toMatchObject({ position: 1, siblings: 3, expanded: undefined });
    expect(tree.nodes[4]).toMatchObject({ position: 3, siblings: 3, expanded: false });
  });

  test('shows a certificate whose CA is not there below its authority', async () => {
    const { names } = await authorities(aTree('practice', [anIssued('orphan', { issuer: 'gone' as CredentialId })]));
    expect(names()).toEqual(['practice', 'orphan']);
  });

  test('keeps a CA that is being replaced in sight, and folds it once it is withdrawn', async () => {
    const old = aRoot('old', { supersededBy: 'new' as CredentialId });
    const rows = [old, aRoot('new'), anIssued('leaf', { issuer: 'old' as CredentialId })];
    const { names, api } = await authorities(aTree('agent', rows));
    expect(names()).toEqual(['agent', 'new', 'old', 'leaf']);
    const revoked = { at: instant('2026-11-24T00:00:00Z'), reason: 'superseded' } as const;
    api.fire('authorityChanged', aTree('agent', [{ ...old, revoked }, ...rows.slice(1)]));
    expect(names()).toEqual(['agent', 'new', '1 no longer in use']);
  });

  test('is walked with the keys of a file manager', async () => {
    const { tree, authority } = await authorities(PRACTICE, aTree('zeta', [aRoot()]));
    const at = (): string | undefined => tree.selected && authority.nameOf(tree.selected);
    const press = (...keys: string[]): string | undefined => {
      for (const key of keys) expect(tree.pressed(key, 3), key).toBe(true);
      return at();
    };
    expect(at()).toBe('practice');
    expect(press('ArrowUp')).toBe('practice');
    expect(press('ArrowRight')).toBe('kubernetes');
    expect(press('ArrowDown')).toBe('kube-apiserver');
    expect(press('ArrowRight')).toBe('kube-apiserver');
    expect(press('ArrowLeft')).toBe('kubernetes');
    expect(press('ArrowLeft', 'ArrowDown')).toBe('etcd-ca');
    expect(press('End')).toBe('kubernetes');
    expect(press('PageUp')).toBe('etcd-ca');
    expect(press('Home', 'PageDown')).toBe('etcd-peer');
    expect(tree.pressed('Enter', 3)).toBe(false);
  });

  test('goes to names by their first letters, and on with the same letter', async () => {
    const { tree, authority } = await authorities(PRACTICE);
    const type = (letter: string, atMs: number): string | undefined => {
      tree.typed(letter, atMs);
      return tree.selected && authority.nameOf(tree.selected);
    };
    expect(type('k', 0)).toBe('kubernetes');
    expect(type('k', 100)).toBe('kube-apiserver');
    expect(type('e', 2_000)).toBe('etcd-ca');
    expect(type('t', 2_100)).toBe('etcd-ca');
    for (const [index, letter] of [...'cd-p'].entries()) type(letter, 2_200 + index * 100);
    expect(tree.selected && authority.nameOf(tree.selected)).toBe('etcd-peer');
    expect(type('x', 9_000)).toBe('etcd-peer');
  });

  test('takes the selection to a node that closes above it', async () => {
    const { tree, authority } = await authorities(PRACTICE);
    authority.show(PRACTICE.id, 'kube-scheduler' as CredentialId);
    const above = tree.nodes.find((node) => authority.nameOf(node) === 'kubernetes');
    if (above !== undefined) tree.toggle(above);
    expect(tree.selected?.id).toBe(above?.id);
  });

  test('reveals a certificate that is folded away', async () => {
    const { tree, authority, names } = await authorities(PRACTICE);
    authority.show(PRACTICE.id, 'kube-apiserver-old' as CredentialId);
    expect(names()).toContain('kube-apiserver-old');
    expect(tree.selected).toMatchObject({ row: { name: 'kube-apiserver-old' } });
  });
});

describe('details', () => {
  test('are those of the certificate at which the arrow keys came to rest', async () => {
    const { tree, authority, api } = await authorities(PRACTICE);
    for (let step = 0; step < 3; step++) tree.pressed('ArrowDown', 3);
    await settled();
    expect(authority.details?.row.name).toBe('kube-scheduler');
    expect(api.argumentsOf('entry')).toHaveLength(1);
    tree.pressed('Home', 3);
    expect(authority.details).toBeUndefined();
  });

  test('that cannot be read are told', async () => {
    const { tree, api, state } = await authorities(PRACTICE);
    api.failing.add('entry');
    tree.pressed('ArrowDown', 3);
    await settled();
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
  });
});

describe('loading', () => {
  test('an authority that cannot be read hides no other', async () => {
    const { api, authority, state } = await authorities(PRACTICE);
    expect(authority).toMatchObject({ complete: true, empty: false });
    api.problems.set('tree', { code: 'authority.damaged', params: { authority: 'x', path: 'y' } });
    await authority.load();
    expect(state.notices.list).toMatchObject([{ problem: { code: 'authority.damaged' } }]);
    expect(authority.trees).toHaveLength(1);
  });

  test('an empty console has none', async () => {
    const { authority } = await authorities();
    expect(authority.empty).toBe(true);
    expect(authority.tree.selected).toBeUndefined();
  });

  test('an authority that is removed elsewhere goes', async () => {
    const { api, authority } = await authorities(PRACTICE);
    api.fire('authorityRemoved', { authorityId: PRACTICE.id });
    expect(authority.trees).toEqual([]);
  });
});

describe('the palette', () => {
  test('finds authorities and what they issued, and goes there', async () => {
    const { state, tree } = await authorities(PRACTICE);
    state.commands.search('practice etcd peer');
    const [result] = state.commands.results;
    expect(result).toMatchObject({ kind: 'authority', text: 'etcd-peer' });
    if (result !== undefined) state.commands.runResult(result);
    expect(state.screen).toBe('authority');
    expect(tree.selected).toMatchObject({ row: { name: 'etcd-peer' } });
    state.commands.search('kube-apiserver-old');
    // Articles may be about such names; no authority has it.
    expect(state.commands.results.filter(({ kind }) => kind !== 'article')).toEqual([]);
  });

  test('leads to the screen and to a new authority', async () => {
    const { state, authority } = await authorities();
    state.run('authority.create');
    expect(state.screen).toBe('authority');
    expect(authority.work.dialog).toEqual({ kind: 'create' });
    state.go('expiry');
    expect(authority.work.dialog).toBeUndefined();
  });
});

describe('identities', () => {
  const identity: IdentityRow = {
    name: 'admin2',
    clientType: 'ExternalClient',
    tokenExpiresAt: instant('2026-12-24T12:00:00Z'),
    tokenGeneration: 1,
    revoked: false,
    autoRotate: false,
  };

  test('stand below the cloud agent, with the time that their tokens have left', async () => {
    const tree = aTree('agent', [aRoot()], { kind: 'moc', identities: [identity] });
    const { names, authority } = await authorities(tree);
    expect(names()).toEqual(['agent', 'kubernetes', 'Identities (1)', 'admin2']);
    expect(authority.agent.tokenLeftMs(identity)).toBe(30 * DAY_MS);
  });
});
