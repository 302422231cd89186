import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuthorityTree, IdentityRow } from '../../../core/authorities/model/view.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { DAY_MS, instant } from '../../../core/shared/instant.ts';
import { openConsole, PROBLEM } from '../../support/console.ts';
import { keepAgent, keepPractice, PASSPHRASE, unwrap } from './practice.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(100);

const { files: PRACTICE, tree: practice } = await keepPractice();
const findByName = (name: string, tree = practice) => {
  const found = tree.rows.findLast((row) => row.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const SCHEDULER = findByName('system:kube-scheduler');
const API_SERVER = findByName('kube-apiserver');
const OLD_API_SERVER = practice.rows.find(({ supersededBy }) => supersededBy !== undefined);
const NONE = {};

async function openScreen(files: Record<string, Uint8Array> = PRACTICE) {
  const console = await openConsole({ files });
  const state = console.openWindow();
  await state.settings.load();
  await state.authority.load();
  const { authority } = state;
  return {
    console,
    state,
    authority,
    tree: authority.tree,
    later: (ms: number) => ((console.clockMs += ms), state.now.tick()),
    names: () => authority.tree.nodes.map((node) => authority.nodeName(node)),
    headline: () => authority.headline.map(({ key, values }) => state.text.t(key, values)).join(' '),
    /** Emits the event that main sends after a change, for changes that the API cannot make. */
    tell: (change: Partial<AuthorityTree>) => console.emit('authority', 'changed', { ...practice, ...change }),
    create: async (name: string) => {
      unwrap(await console.api.authority.create({ name, kind: 'kubernetes', passphrase: PASSPHRASE }));
    },
  };
}

describe('the revoked certificates of an authority', () => {
  test('open as serial numbers of a new draft: the refused ones say why, the expired ones are left out', async () => {
    const { authority, state } = await openScreen();
    const revoked = { at: instant('2026-11-24T12:00:00Z'), reason: 'keyCompromise' } as const;
    const rows = [
      { ...SCHEDULER, revoked, serialHex: '1234567890123456' },
      { ...SCHEDULER, revoked, serialHex: '1234567890123456', name: 'twice' },
      { ...API_SERVER, revoked, notAfterMs: state.now.current - 1000 },
      { ...API_SERVER, revoked, serialHex: 'ab01', name: 'system:node:n1', exempt: 'kubelet-server' as const },
      { ...API_SERVER, revoked, serialHex: 'ab02', name: 'kms', exempt: 'moc' as const },
      { ...API_SERVER, revoked, serialHex: 'ab03', name: 'etcd', exempt: 'authority' as const },
      { ...API_SERVER, revoked, notAfterMs: state.now.current - 999, serialHex: 'ab04' },
      API_SERVER,
    ];
    const { revocation, revocationChoice: choice } = state;
    await choice.beginRevoked(authority.listRevoked({ ...practice, rows }));
    await settle();
    expect([state.screen, revocation.step, revocation.goal]).toEqual(['revocation', 'choose', 'serial']);
    expect(choice.serials.lines.map((line) => [line.text, line.state])).toEqual([
      ['0x1234567890123456', 'unknown'],
      ['0x1234567890123456', 'duplicate'],
      ['0xab01', 'exempt'],
      ['0xab02', 'exempt'],
      ['0xab03', 'exempt'],
      ['0xab04', 'unknown'],
    ]);
    expect(choice.serials.lines.map(({ notes }) => notes[0]?.text)).toEqual([
      'choice.authority.revoked',
      undefined,
      'finding.revocation.kubelet-server',
      'finding.revocation.moc-certificate',
      'finding.revocation.authority',
      'choice.authority.revoked',
    ]);
    expect(choice.facts.flatMap(({ citations }) => citations.map(({ certainty }) => certainty))).toContain('inferred');
    expect(await choice.make()).toBe(true);
    expect(revocation.text).toContain('serialNumber: "1234567890123456"');
    expect(revocation.text).toContain('serialNumber: "ab04"');
    expect(revocation.text).not.toMatch(/ab0[123]/u);
    await choice.beginRevoked([]);
    expect(choice.facts).toHaveLength(1);
  });
});

describe('the headline', () => {
  test('states until when no certificate needs attention', async () => {
    const { headline } = await openScreen();
    expect(headline()).toBe('1 authority; all certificates are valid until 26 November.');
  });

  test('states what needs attention and where, and is updated as time passes', async () => {
    const { headline, later, create } = await openScreen();
    await create('spare');
    later(2.6 * DAY_MS);
    expect(headline()).toMatch(/^3 certificates are overdue for renewal\. The others are valid/);
    later(0.3 * DAY_MS);
    expect(headline()).toMatch(/^3 certificates of practice need attention\. The others are valid until/);
  });

  test('does not count revoked and replaced certificates', async () => {
    const { console, headline, later } = await openScreen();
    for (const { id: entryId } of practice.rows.filter(
      ({ isCa, supersededBy }) => !isCa && supersededBy === undefined,
    )) {
      const request = { authorityId: practice.id, entryId, reason: 'keyCompromise' } as const;
      unwrap(await console.api.authority.revoke(request));
    }
    later(5 * DAY_MS);
    expect(headline()).toMatch(/^1 authority; all certificates are valid/);
  });

  test('makes no prediction if the authority has no certificates in use', async () => {
    const { headline, tell } = await openScreen();
    tell({ rows: [] });
    expect(headline()).toBe('1 authority; no certificates in use.');
  });
});

describe('the tree', () => {
  test('lists CAs and their certificates in the order of the profiles, and collapses those that are no longer in use', async () => {
    const { names, tree } = await openScreen();
    expect(names()).toEqual([
      'practice',
      'kubernetes',
      'kube-apiserver',
      'system:kube-scheduler',
      '1 no longer in use',
      'etcd-ca',
      'etcd-n1',
      'front-proxy-ca',
    ]);
    expect(tree.nodes.map(({ level }) => level)).toEqual([1, 2, 3, 3, 3, 2, 3, 2]);
    expect(tree.nodes[2]).toMatchObject({ position: 1, siblings: 3, expanded: undefined });
    expect(tree.nodes[4]).toMatchObject({ position: 3, siblings: 3, expanded: false });
  });

  test('lists a certificate directly below its authority if the CA is missing', async () => {
    const { names, tell } = await openScreen();
    tell({ rows: [SCHEDULER] });
    expect(names()).toEqual(['practice', 'system:kube-scheduler']);
  });

  test('keeps a CA visible while it is being replaced, and collapses it once it is withdrawn', async () => {
    const { names, tell } = await openScreen();
    const next = { ...findByName('kubernetes'), name: 'new', id: 'f'.repeat(64) as CredentialId };
    const old = { ...findByName('kubernetes'), name: 'old', supersededBy: next.id };
    tell({ rows: [old, next, SCHEDULER] });
    expect(names()).toEqual(['practice', 'new', 'old', 'system:kube-scheduler']);
    const revoked = { at: instant('2026-11-24T00:00:00Z'), reason: 'superseded' } as const;
    tell({ rows: [{ ...old, revoked }, next, SCHEDULER] });
    expect(names()).toEqual(['practice', 'new', '1 no longer in use']);
  });

  test('is navigated with the same keys as a file manager', async () => {
    const { tree, authority, create } = await openScreen();
    await create('zeta');
    const currentName = (): string | undefined => tree.selected && authority.nodeName(tree.selected);
    const press = (...keys: string[]): string | undefined => {
      for (const key of keys) expect(tree.pressKey(key, 3), key).toBe(true);
      return currentName();
    };
    expect(currentName()).toBe('practice');
    expect(press('ArrowUp')).toBe('practice');
    expect(press('ArrowRight')).toBe('kubernetes');
    expect(press('ArrowDown')).toBe('kube-apiserver');
    expect(press('ArrowRight')).toBe('kube-apiserver');
    expect(press('ArrowLeft')).toBe('kubernetes');
    expect(press('ArrowLeft', 'ArrowDown')).toBe('etcd-ca');
    expect(press('End')).toBe('front-proxy-ca');
    expect(press('PageUp')).toBe('zeta');
    expect(press('Home', 'PageDown')).toBe('etcd-n1');
    expect(tree.pressKey('Enter', 3)).toBe(false);
  });

  test('selects the next name that starts with the typed letters, and another one when a letter is repeated', async () => {
    const { tree, authority } = await openScreen();
    const type = (letter: string, atMs: number): string | undefined => {
      tree.typeLetter(letter, atMs);
      return tree.selected && authority.nodeName(tree.selected);
    };
    expect(type('k', 0)).toBe('kubernetes');
    expect(type('k', 100)).toBe('kube-apiserver');
    expect(type('e', 2_000)).toBe('etcd-ca');
    expect(type('t', 2_100)).toBe('etcd-ca');
    for (const [index, letter] of [...'cd-n'].entries()) type(letter, 2_200 + index * 100);
    expect(tree.selected && authority.nodeName(tree.selected)).toBe('etcd-n1');
    expect(type('x', 9_000)).toBe('etcd-n1');
  });

  test('selects a node that is collapsed around the selected certificate', async () => {
    const { tree, authority } = await openScreen();
    authority.show(practice.id, SCHEDULER.id);
    const above = tree.nodes.find((node) => authority.nodeName(node) === 'kubernetes');
    if (above !== undefined) tree.toggle(above);
    expect(tree.selected?.id).toBe(above?.id);
  });

  test('reveals a certificate in a collapsed node', async () => {
    const { tree, authority, names } = await openScreen();
    authority.show(practice.id, OLD_API_SERVER?.id);
    expect(names().filter((name) => name === API_SERVER.name)).toHaveLength(2);
    expect(tree.selected).toMatchObject({ row: { id: OLD_API_SERVER?.id } });
  });
});

describe('details of a certificate', () => {
  test('loads the details only of the certificate on which the arrow keys stop', async () => {
    const { tree, authority, console } = await openScreen();
    for (let step = 0; step < 3; step++) tree.pressKey('ArrowDown', 3);
    await settle();
    expect(authority.details?.row.name).toBe('system:kube-scheduler');
    expect(console.calls('authority', 'entry')).toHaveLength(1);
    tree.pressKey('Home', 3);
    expect(authority.details).toBeUndefined();
  });

  test('shows the problem if details cannot be read', async () => {
    const { tree, console, state } = await openScreen();
    console.fail('authority', 'entry');
    tree.pressKey('ArrowDown', 3);
    await settle();
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
  });
});

describe('loading authorities', () => {
  test('shows all other authorities if one of them cannot be read', async () => {
    const { console, authority, state } = await openScreen();
    expect(authority).toMatchObject({ complete: true, empty: false });
    console.fail('authority', 'tree', { code: 'authority.damaged', params: { authority: 'x', path: 'y' } });
    await authority.load();
    expect(state.notices.list).toMatchObject([{ problem: { code: 'authority.damaged' } }]);
    expect(authority.trees).toHaveLength(1);
  });

  test('shows no authority in an empty console', async () => {
    const { authority } = await openScreen(NONE);
    expect(authority.empty).toBe(true);
    expect(authority.tree.selected).toBeUndefined();
  });

  test('drops an authority that is removed elsewhere', async () => {
    const { console, authority } = await openScreen();
    unwrap(await console.api.authority.remove({ authorityId: practice.id }));
    expect(authority.trees).toEqual([]);
  });
});

describe('the palette', () => {
  test('finds authorities and their certificates, and opens them', async () => {
    const { state, tree } = await openScreen();
    state.commands.query = 'practice etcd peer';
    const [result] = state.commands.results;
    expect(result).toMatchObject({ kind: 'authority', text: 'etcd-n1' });
    if (result !== undefined) state.commands.runResult(result);
    expect(state.screen).toBe('authority');
    expect(tree.selected).toMatchObject({ row: { name: 'etcd-n1' } });
    // A replaced certificate is no longer listed.
    state.commands.query = 'practice kube-apiserver';
    expect(state.commands.results.filter(({ kind }) => kind === 'authority')).toMatchObject([
      { text: 'kube-apiserver' },
    ]);
  });

  test('opens the screen and the dialog for a new authority, and closes the dialog when the screen is left', async () => {
    const { state, authority } = await openScreen(NONE);
    state.run('authority.create');
    expect(state.screen).toBe('authority');
    expect(authority.work.dialog).toEqual({ kind: 'create' });
    state.go('expiry');
    expect(authority.work.dialog).toBeUndefined();
  });
});

describe('identities of the cloud agent', () => {
  test('lists identities below the cloud agent, with the remaining time of their tokens', async () => {
    const { files, tree: agent } = await keepAgent();
    const { console, names, authority } = await openScreen(files);
    const { id: authorityId } = agent;
    unwrap(await console.api.authority.unlock({ authorityId, passphrase: PASSPHRASE, remember: false }));
    const target = console.ticket('/login.yaml', 'write:yaml');
    const request = { authorityId, name: 'admin2', clientType: 'ExternalClient', target } as const;
    const { identities } = unwrap(await console.api.authority.createIdentity(request));
    expect(names()).toEqual(['agent', 'cloud-agent-ca', 'ca-1.contoso.example', 'Identities (1)', 'admin2']);
    const [identity] = identities as [IdentityRow];
    expect(authority.agent.tokenLeftMs(identity)).toBe(90 * DAY_MS);
  });
});
