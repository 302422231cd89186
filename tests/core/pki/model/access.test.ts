import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACCESS_ACTIONS,
  ACCESS_REASONS,
  mayDo,
  PROVIDER_TYPES,
  type AccessAction,
  type AccessScope,
  type AccessTarget,
  type Grant,
  type Permission,
  type ProviderType,
  type Role,
  type RoleAssignment,
} from '../../../../core/pki/model/access.ts';
import { BUILT_IN_ROLES } from '../../../../core/pki/model/access-roles.ts';

const assignment = (role: string, scope: AccessScope = {}, identity = 'caph'): RoleAssignment => ({
  identity,
  role,
  scope,
});

function decide(roles: string | RoleAssignment[], action: AccessAction, target: ProviderType | AccessTarget) {
  return mayDo({
    identity: 'caph',
    assignments: typeof roles === 'string' ? [assignment(roles)] : roles,
    roles: BUILT_IN_ROLES,
    action,
    target: typeof target === 'string' ? { provider: target } : target,
  });
}

/** What a role allows on a type of resource, in the order of the actions. */
function allowedBy(role: string, provider: ProviderType): AccessAction[] {
  return ACCESS_ACTIONS.filter((action) => decide(role, action, provider).allowed);
}

const ALL = [...ACCESS_ACTIONS];

describe('the built-in roles', () => {
  test.each<[string, ProviderType, AccessAction[]]>([
    ['Owner', 'VirtualMachine', ALL],
    ['Owner', 'RoleAssignment', ALL],
    ['Contributor', 'VirtualMachine', ALL],
    ['Contributor', 'VirtualNetwork', ALL],
    ['Contributor', 'RoleAssignment', ['read', 'sign', 'renew', 'revoke', 'rotate', 'import', 'export']],
    ['Reader', 'NetworkInterface', ['read']],
    ['Reader', 'RoleAssignment', ['read']],
    ['VMContributor', 'VirtualMachine', ALL],
    ['VMContributor', 'NetworkInterface', []],
    ['VMReader', 'VirtualMachine', ['read']],
    ['VMUpdater', 'VirtualMachine', ['update']],
    ['VMUpdater', 'VirtualNetwork', []],
    ['NetworkInterfaceContributor', 'NetworkInterface', ALL],
    ['NetworkInterfaceReader', 'NetworkInterface', ['read']],
    ['VirtualNetworkContributor', 'VirtualNetwork', ALL],
    ['VirtualNetworkReader', 'VirtualNetwork', ['read']],
    ['NodeContributor', 'Node', ['create', 'read']],
    ['ClusterContributor', 'Cluster', ['create', 'read']],
    ['NodeReader', 'Node', ['read']],
    ['LBReader', 'LoadBalancer', ['read']],
    ['LBReader', 'NetworkInterface', ['read']],
    ['GalleryImageContributor', 'GalleryImage', ALL],
    ['SecretReader', 'Secret', ['read']],
    ['RoleContributor', 'RoleAssignment', ALL],
    ['RoleReader', 'Role', ['read']],
    ['CertificateSigner', 'Certificate', ['sign', 'renew']],
    ['CertificateSigner', 'Identity', []],
    ['KeyImportContributor', 'Key', ['import']],
    ['KeyExportContributor', 'Key', ['export']],
    ['KeyExportContributor', 'Secret', []],
    ['HealthReader', 'HealthMonitor', ['read']],
    ['HealthReader', 'VirtualMachine', []],
  ])('%s on %s may %j', (role, provider, actions) => {
    expect(allowedBy(role, provider)).toEqual(actions);
  });

  test('have names of their own, and each has a source', () => {
    const names = BUILT_IN_ROLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, citations } of BUILT_IN_ROLES) expect(citations?.length, name).toBeGreaterThan(0);
  });

  test('every reader may only read, and reads nothing that its contributor may not', () => {
    for (const { name } of BUILT_IN_ROLES.filter((role) => role.name.endsWith('Reader')))
      for (const provider of PROVIDER_TYPES) {
        const allowed = allowedBy(name, provider);
        expect(
          allowed.filter((action) => action !== 'read'),
          `${name} ${provider}`,
        ).toEqual([]);
        const contributor = name.replace(/Reader$/u, 'Contributor');
        if (allowed.length > 0 && name !== 'HealthReader' && name !== 'LBReader')
          expect(decide(contributor, 'read', provider).allowed, contributor).toBe(true);
      }
  });
});

describe('the scope of an assignment', () => {
  const vm: AccessTarget = {
    provider: 'VirtualMachine',
    location: 'MocLocation',
    group: 'retail-east',
    resource: 'node-1',
  };

  test.each<[AccessScope, AccessTarget, boolean]>([
    [{}, vm, true],
    [{ location: 'MocLocation' }, vm, true],
    [{ location: 'Elsewhere' }, vm, false],
    [{ location: 'MocLocation', group: 'retail-east' }, vm, true],
    [{ group: 'retail-west' }, vm, false],
    [{ provider: 'AnyProvider' }, vm, true],
    [{ provider: 'VirtualMachine' }, vm, true],
    [{ provider: 'VirtualNetwork' }, vm, false],
    [{ resource: 'node-1' }, vm, true],
    [{ resource: 'NODE-1' }, vm, false],
    [{ location: 'MocLocation', group: 'retail-east', provider: 'VirtualMachine', resource: 'node-2' }, vm, false],
    // Permission to change one group does not include resources outside every group.
    [{ group: 'retail-east' }, { provider: 'VirtualMachine', location: 'MocLocation' }, false],
  ])('%j applies to %j: %s', (scope, target, allowed) => {
    expect(decide([assignment('Contributor', scope)], 'update', target).allowed).toBe(allowed);
  });
});

describe('the reason for a decision', () => {
  test.each<[string, RoleAssignment[], AccessAction, ProviderType, string, number | undefined]>([
    ['none assigned', [], 'read', 'Node', 'no-assignment', undefined],
    ['only another identity', [assignment('Owner', {}, 'csi')], 'read', 'Node', 'no-assignment', undefined],
    ['a role nobody knows', [assignment('Wizard')], 'read', 'Node', 'unknown-role', 0],
    ['another location', [assignment('Owner', { location: 'L' })], 'read', 'Node', 'out-of-scope', 0],
    ['a role for something else', [assignment('VMReader')], 'read', 'Node', 'not-granted', 0],
    ['taken out of the role', [assignment('Contributor')], 'create', 'RoleAssignment', 'excluded', 0],
    [
      'the nearest of several',
      [assignment('Wizard'), assignment('Contributor'), assignment('VMReader')],
      ...(['create', 'RoleAssignment', 'excluded', 1] as const),
    ],
    [
      'excluded by one and granted by another',
      [assignment('Contributor'), assignment('RoleContributor')],
      ...(['create', 'RoleAssignment', 'granted', 1] as const),
    ],
  ])('%s', (_title, assignments, action, provider, reason, nearest) => {
    const decision = decide(assignments, action, provider);
    expect(decision.reason).toBe(reason);
    expect(decision.allowed).toBe(reason === 'granted');
    expect(decision.by).toBe(nearest === undefined ? undefined : assignments[nearest]);
  });
});

test('what one permission of a role excludes, another of the same role may grant', () => {
  const all: Grant = { operation: 'all', provider: 'AnyProvider' };
  const permissions = [
    { actions: [all], notActions: [{ operation: 'delete', provider: 'Node' } as const] },
    { actions: [{ operation: 'delete', provider: 'Node' } as const], notActions: [] },
  ];
  const decision = mayDo({
    identity: 'caph',
    assignments: [assignment('own')],
    roles: [{ name: 'own', permissions }],
    action: 'delete',
    target: { provider: 'Node' },
  });
  expect(decision.allowed).toBe(true);
});

// ---- Against the plain meaning of the words ----------------------------------------------------------------------

/** Every pair that a grant covers, written out. */
function pairsOf({ operation, provider }: Grant): string[] {
  const actions = operation === 'all' ? ACCESS_ACTIONS : operation === 'write' ? ['create', 'update'] : [operation];
  const providers = provider === 'AnyProvider' ? PROVIDER_TYPES : [provider];
  return actions.flatMap((action) => providers.map((each) => `${action} ${each}`));
}

function pairsOfRole({ permissions }: Role): Set<string> {
  return new Set(
    permissions.flatMap(({ actions, notActions }) => {
      const excluded = new Set(notActions.flatMap(pairsOf));
      return actions.flatMap(pairsOf).filter((pair) => !excluded.has(pair));
    }),
  );
}

const FEW_PROVIDERS = ['VirtualMachine', 'VirtualNetwork', 'NetworkInterface'] as const;
const grant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constantFrom<Grant['operation']>('all', 'write', 'read', 'create', 'update', 'delete'),
  provider: fc.constantFrom<Grant['provider']>('AnyProvider', ...FEW_PROVIDERS),
});
const permission: fc.Arbitrary<Permission> = fc.record({
  actions: fc.array(grant, { maxLength: 3 }),
  notActions: fc.array(grant, { maxLength: 2 }),
});
const roles: fc.Arbitrary<Role[]> = fc.tuple(
  ...['first', 'second'].map((name) =>
    fc.record({ name: fc.constant(name), permissions: fc.array(permission, { maxLength: 3 }) }),
  ),
);
const part = fc.constantFrom('a', 'b');
const scope = fc.record(
  {
    location: part,
    group: part,
    provider: fc.constantFrom<Grant['provider']>('AnyProvider', ...FEW_PROVIDERS),
    resource: part,
  },
  { requiredKeys: [] },
);
const assignments = fc.array(
  fc.record({ identity: fc.constantFrom('me', 'other'), role: fc.constantFrom('first', 'second', 'unknown'), scope }),
  { maxLength: 4 },
);
const target = fc.record(
  { provider: fc.constantFrom(...FEW_PROVIDERS), location: part, group: part, resource: part },
  { requiredKeys: ['provider'] },
);

test("access is granted exactly for the pairs that some assignment's role contains within its scope", () => {
  fc.assert(
    fc.property(
      ...([roles, assignments, fc.constantFrom(...ACCESS_ACTIONS), target] as const),
      (someRoles, someAssignments, action, someTarget) => {
        const granting = someAssignments.filter(
          (each) =>
            each.identity === 'me' &&
            Object.entries(each.scope).every(
              ([key, limit]) => limit === 'AnyProvider' || someTarget[key as keyof typeof someTarget] === limit,
            ) &&
            someRoles
              .filter(({ name }) => name === each.role)
              .some((role) => pairsOfRole(role).has(`${action} ${someTarget.provider}`)),
        );
        const decision = mayDo({
          identity: 'me',
          assignments: someAssignments,
          roles: someRoles,
          action,
          target: someTarget,
        });
        expect(decision.allowed).toBe(granting.length > 0);
        expect(decision.reason === 'granted').toBe(decision.allowed);
        expect(ACCESS_REASONS).toContain(decision.reason);
        if (decision.allowed) expect(decision.by).toBe(granting[0]);
      },
    ),
    { numRuns: 300 },
  );
});
