import { beforeEach, describe, expect, test } from 'vitest';
import type { AccessAnswer, AccessRoleRow } from '../../../../core/authorities/model/view.ts';
import type { RoleAssignment } from '../../../../core/pki/model/access.ts';
import type { Finding } from '../../../../core/shared/finding.ts';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { DATA, PASSPHRASE } from '../operations/scenario.ts';
import { worldWith, type TestWorld } from '../../cli/test-world.ts';

const role = (word: string, ...rest: string[]): string[] => ['authority', 'role', word, 'moc-east', ...rest];
const may = (...words: string[]): string[] => ['authority', 'may', 'moc-east', ...words];
const NIGHT = `actions:
  VirtualMachine: [read, update]
  AnyProvider: [read]
notActions:
  Secret: [read]
`;

let world: TestWorld;
beforeEach(async () => {
  world = (await worldWith('moc')).put('night.yaml', NIGHT);
  for (const name of ['caph', 'csi']) await world.json(0, ...identity('new', name));
  world.environment.clear();
});

const identity = (word: string, name: string): string[] => [
  ...['authority', 'identity', word, 'moc-east', name],
  ...(word === 'revoke' ? [] : ['--out', `${name}.yaml`]),
];

describe('arcwarden authority role', () => {
  test('assigns roles without a passphrase, and takes them away', async () => {
    const scope = ['--location', 'MocLocation', '--group', 'east', '--provider', 'Node', '--resource', 'node-1'];
    const { out, code } = await world.run(...role('assign', 'caph', 'Reader', ...scope));
    expect([code, out]).toEqual([
      0,
      '“caph” now has the role Reader, for location MocLocation, group east, type Node, resource node-1.\n',
    ]);
    const { assignments } = await world.json<{ assignments: RoleAssignment[] }>(0, ...role('list'));
    const whole = { location: 'MocLocation', group: 'east', provider: 'Node', resource: 'node-1' };
    expect(assignments).toEqual([{ identity: 'caph', role: 'Reader', scope: whole }]);
    const wrong = await world.run(...role('unassign', 'caph', 'Reader', '--group', 'east'));
    expect([wrong.code, wrong.notices]).toEqual([2, expect.stringContaining('does not have the role “Reader”')]);
    await world.json(0, ...role('unassign', 'caph', 'Reader', ...scope));
    expect(await world.json(0, ...role('list'))).toMatchObject({ assignments: [] });
  });

  test('names the nearest role for one that does not exist', async () => {
    const { code, notices } = await world.run(...role('assign', 'caph', 'VMreader'));
    expect([code, notices]).toEqual([2, expect.stringContaining('Did you mean “VMReader”?')]);
    expect((await world.run(...role('assign', 'nobody', 'Reader'))).notices).toContain('no identity “nobody”');
  });

  test('adds a role from a file, shows it, and removes it only when nobody has it', async () => {
    expect((await world.run(...role('add', 'Night shift', '--file', 'night.yaml'))).out).toBe(
      'You can now assign the role “Night shift”.\n',
    );
    const shown = await world.json<{ role: AccessRoleRow }>(0, ...role('show', 'Night shift'));
    expect(shown.role).toEqual({
      name: 'Night shift',
      builtIn: false,
      assigned: 0,
      permissions: [
        {
          actions: [
            { operation: 'read', provider: 'VirtualMachine' },
            { operation: 'update', provider: 'VirtualMachine' },
            { operation: 'read', provider: 'AnyProvider' },
          ],
          notActions: [{ operation: 'read', provider: 'Secret' }],
        },
      ],
      citation: null,
    });
    expect((await world.run(...role('show', 'Night shift'))).out).toContain(
      'read, update: VirtualMachine; read: every type; without read: Secret',
    );
    await world.json(0, ...role('assign', 'csi', 'Night shift'));
    const refused = await world.run(...role('remove', 'Night shift'));
    expect([refused.code, refused.notices]).toEqual([2, expect.stringContaining('still assigned, once: csi')]);
    await world.json(0, ...role('unassign', 'csi', 'Night shift'));
    await world.json(0, ...role('remove', 'Night shift'));
    expect((await world.run(...role('show', 'Night shift'))).code).toBe(2);
    expect((await world.run(...role('remove', 'Owner'))).notices).toContain('is built in');
  });

  test.each<[string, string, [rule: string, line: number, named: string][]]>([
    ['no mapping', '- read', [['spec.not-a-role', 1, 'undefined']]],
    ['no actions', 'notActions: {}', [['spec.missing-field', 1, 'none']]],
    [
      'a type and an action that are misspelled',
      'actions:\n  VirtualMachin: [read]\n  Node: [raed]\n',
      [
        ['spec.unknown-value', 3, 'read'],
        ['spec.unknown-field', 2, 'VirtualMachine'],
      ],
    ],
    ['an action that is no list', 'actions:\n  Node: read\n', [['spec.wrong-type', 2, 'none']]],
    ['a list without an action', 'actions:\n  Node: []\n', [['spec.too-few', 2, 'none']]],
    ['a field that is not known', 'action: {}\nactions: { Node: [read] }\n', [['spec.unknown-field', 1, 'actions']]],
  ])('refuses a file with %s, at its place', async (_title, text, expected) => {
    world.put('role.yaml', text);
    const { code, out, notices } = await world.run(...role('add', 'x', '--file', 'role.yaml', '--json'));
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    const found = findings.map(({ rule, place, params }) => [rule, place.line, String(params?.['nearest'] ?? 'none')]);
    expect(found.sort()).toEqual(
      expected.map(([rule, line, named]) => [rule, line, named === 'undefined' ? 'none' : named]).sort(),
    );
    expect([code, notices]).toEqual([2, expect.stringContaining('defines no role')]);
    expect((await world.run(...role('show', 'x'))).code).toBe(2);
  });

  test('records a file that defines no role as a failure', async () => {
    world.put('role.yaml', 'actions: {}\nroles: {}\n');
    await world.run(...role('add', 'x', '--file', 'role.yaml'));
    const last = (await (await AuditTrail.open(world.ports, DATA, { readOnly: true })).list()).at(-1);
    expect(last).toMatchObject({ action: 'role.added', params: { phase: 'failed', code: 'access-role.invalid' } });
  });

  test('reads a role as JSON too', async () => {
    world.put('role.json', '{"actions": {"Key": ["all"]}, "notActions": {"Key": ["export"]}}');
    await world.json(0, ...role('add', 'keys', '--file', 'role.json'));
    expect((await world.run(...role('show', 'keys'))).out).toContain('every action: Key; without export: Key');
  });

  test('lists built-in roles with what they allow, and in Japanese', async () => {
    const { out } = await world.run(...role('list'));
    expect(out).toMatch(/^NodeContributor +built in +0 +create, read: Node$/mu);
    expect(out).toMatch(
      /^Contributor +built in +0 +every action: every type; without create, update, delete: Role, Role/mu,
    );
    world.language = 'ja';
    expect((await world.run(...role('show', 'NodeReader'))).out).toContain('NodeReader (組み込み)');
  });

  test('has no place in the authority of a cluster', async () => {
    const kubernetes = await worldWith('kubernetes');
    const { code, notices } = await kubernetes.run('authority', 'role', 'list', 'retail-east');
    expect([code, notices]).toEqual([2, expect.stringContaining('not the authority of a cloud agent')]);
  });
});

describe('arcwarden authority may', () => {
  test('answers yes with the assignment that decided, exit code 0', async () => {
    await world.json(0, ...role('assign', 'caph', 'VMContributor', '--location', 'MocLocation'));
    const { out, code } = await world.run(...may('caph', 'create', 'VirtualMachine', '--location', 'MocLocation'));
    expect([code, out]).toEqual([0, 'Yes: the role VMContributor allows it, for location MocLocation.\n']);
  });

  test('answers no with the nearest assignment and the command that would help, exit code 1', async () => {
    await world.json(0, ...role('assign', 'caph', 'VMContributor', '--group', 'east'));
    const question = may('caph', 'create', 'VirtualMachine', '--group', 'west');
    const { out, code } = await world.run(...question);
    expect(code).toBe(1);
    const command = 'authority role assign moc-east caph VMContributor --group west --provider VirtualMachine';
    expect(out).toBe(
      [
        'No: the role VMContributor allows it, but only for group east.',
        'The role VMContributor, for group west, type VirtualMachine, would allow it:',
        `  arcwarden ${command}`,
        '',
      ].join('\n'),
    );
    await world.json(0, ...command.split(' '));
    expect((await world.run(...question)).code).toBe(0);
  });

  test('refuses everything to a revoked identity, and says what has to come first', async () => {
    await world.json(0, ...role('assign', 'csi', 'Owner'));
    world.environment.set('ARCWARDEN_PASSPHRASE', PASSPHRASE);
    await world.run(...identity('revoke', 'csi'));
    const { out, code } = await world.run(...may('csi', 'read', 'Node'));
    expect([code, out]).toEqual([code, expect.stringContaining('Reinstate the identity first')]);
  });

  test('without an identity, lists who may and who may not', async () => {
    await world.json(0, ...role('assign', 'csi', 'Reader'));
    const { out, code } = await world.run(...may('read', 'Node'));
    expect(code).toBe(0);
    expect(out.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^csi +Yes: the role Reader allows it, everywhere\.$/u),
      expect.stringMatching(/^caph +No: “caph” has no role\.$/u),
      '',
    ]);
    const { answers } = await world.json<{ answers: AccessAnswer[] }>(0, ...may('delete', 'Node'));
    expect(answers.map(({ allowed }) => allowed)).toEqual([false, false]);
    expect((await world.run(...may('nobody', 'read', 'Node'))).code).toBe(2);
  });

  test('records each decision and each change in the audit trail', async () => {
    await world.json(0, ...role('assign', 'caph', 'VMReader', '--group', 'g'));
    await world.json(1, ...may('caph', 'delete', 'VirtualMachine'));
    await world.json(0, ...may('read', 'VirtualMachine', '--group', 'g'));
    const lines = (await (await AuditTrail.open(world.ports, DATA, { readOnly: true })).list()).slice(-6);
    expect(lines.map(({ action, params }) => [action, params['phase']])).toEqual(
      ['role.assigned', 'access.decided', 'access.decided'].flatMap((action) => [
        [action, 'begun'],
        [action, 'done'],
      ]),
    );
    expect(lines[1]?.params).toMatchObject({ identity: 'caph', role: 'VMReader', group: 'g' });
    expect(lines[3]?.params).toMatchObject({ allowed: false, reason: 'not-granted', role: 'VMReader' });
    expect(lines[5]?.params).toMatchObject({ allowed: 'caph', group: 'g' });
  });
});
