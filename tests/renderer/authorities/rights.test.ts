import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuthorityTree } from '../../../core/authorities/model/view.ts';
import type { AccessAction, AccessScope, ProviderType, RoleAssignment } from '../../../core/pki/model/access.ts';
import { trimPlace } from '../../../renderer/authorities/identities/rights.svelte.ts';
import { openConsole } from '../../support/console.ts';
import { keepAgent, PASSPHRASE, unwrap } from './practice.ts';

let files: Record<string, Uint8Array>;
let id: AuthorityTree['id'];

beforeAll(async () => {
  ({
    files,
    tree: { id },
  } = await keepAgent());
});

async function openRights() {
  const console = await openConsole({ files });
  const { authority: api } = console.api;
  unwrap(await api.unlock({ authorityId: id, passphrase: PASSPHRASE, remember: false }));
  for (const name of ['admin2', 'caph']) {
    const target = console.ticket(`/${name}.yaml`, 'write:yaml');
    unwrap(await api.createIdentity({ authorityId: id, name, clientType: 'Admin', target }));
  }
  const state = console.openWindow();
  await state.authority.load();
  const { notices, authority } = state;
  const tree = (): AuthorityTree => authority.findTree(id)!;
  const noticeTexts = () =>
    notices.list.flatMap(({ texts }) => texts.map(({ key, values }) => state.text.t(key, values)));
  return { console, authority, rights: authority.rights, tree, noticeTexts };
}

const assignment = (role: string, scope: AccessScope = {}): RoleAssignment => ({ identity: 'admin2', role, scope });
const question = (action: AccessAction, provider: ProviderType, group?: string) => ({
  identity: 'admin2',
  action,
  target: { provider, group },
});

describe('the rights of an identity', () => {
  let opened: Awaited<ReturnType<typeof openRights>>;
  beforeEach(async () => {
    opened = await openRights();
  });

  test('follow the assignments at once, and a notice says what was done', async () => {
    const { rights, tree, noticeTexts } = opened;
    await rights.change(tree(), 'assigned', assignment('VMReader', { group: 'east' }));
    expect(tree().access?.assignments).toEqual([assignment('VMReader', { group: 'east' })]);
    expect(rights.rightRows(tree())).toEqual([
      {
        identity: 'admin2',
        rows: [{ actions: 'not everywhere: read', types: 'VirtualMachine', all: 'VirtualMachine' }],
      },
      { identity: 'caph', rows: [] },
    ]);
    await rights.change(tree(), 'unassigned', assignment('VMReader', { group: 'east' }));
    expect(tree().access?.assignments).toEqual([]);
    expect(noticeTexts()).toEqual([
      '“admin2” now has the role VMReader, for group east.',
      '“admin2” no longer has the role VMReader, for group east.',
    ]);
  });

  test('are told for a question, until the question or a role changes', async () => {
    const { rights, tree } = opened;
    await rights.change(tree(), 'assigned', assignment('VMContributor', { group: 'east' }));
    const asked = question('delete', 'VirtualMachine', 'west');
    await rights.ask(tree(), asked);
    const answer = rights.findAnswer(tree(), asked);
    expect(answer && rights.answerText(answer)).toBe('No: the role VMContributor allows it, but only for group east.');
    expect(rights.findAnswer(tree(), question('read', 'VirtualMachine', 'west'))).toBeUndefined();
    const { suggestion } = answer!;
    expect(suggestion).toEqual(assignment('VMContributor', { group: 'west', provider: 'VirtualMachine' }));
    await rights.change(tree(), 'assigned', suggestion!);
    expect(rights.findAnswer(tree(), asked)).toBeUndefined();
    await rights.ask(tree(), asked);
    expect(rights.findAnswer(tree(), asked)?.allowed).toBe(true);
  });

  test('put types with the same actions together, and say nothing of an identity without a role', async () => {
    const { rights, tree } = opened;
    await rights.change(tree(), 'assigned', assignment('VMReader'));
    await rights.change(tree(), 'assigned', assignment('Contributor', { group: 'east' }));
    const rows = () => rights.rightRows(tree())[0]?.rows.map(({ actions, types }) => [actions, types]);
    expect(rows()).toEqual([
      ['read; not everywhere: create, update, delete', 'VirtualMachine'],
      ['not everywhere: every action', '40 types'],
      ['not everywhere: read', 'Role, RoleAssignment'],
    ]);
    await rights.change(tree(), 'assigned', assignment('Owner'));
    expect(rows()).toEqual([['every action', 'every type']]);
  });

  test('offer only actions that a type has, and every role', () => {
    const { rights, tree } = opened;
    expect(rights.actionOptions('Identity').map(({ value }) => value)).toContain('revoke');
    expect(rights.actionOptions('Node')).toHaveLength(4);
    expect(rights.roleOptions(tree())).toHaveLength(72);
    expect(rights.typeOptions.at(-1)).toEqual({ value: 'AnyProvider', text: 'every type' });
    expect(rights.describeRole(tree(), 'NodeContributor')).toBe('create, read: Node');
    expect(rights.describeRole(tree(), 'gone')).toBe('');
  });
});

test('blanks around a typed limit do not count, and an empty one is none', () => {
  expect(trimPlace({ location: ' MocLocation ', group: '  ', resource: '' })).toEqual({ location: 'MocLocation' });
});
