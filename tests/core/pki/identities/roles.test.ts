import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addRole,
  assignRole,
  decideAccess,
  decideForAll,
  listRights,
  listAccessRoles,
  removeRole,
  suggestAssignment,
  unassignRole,
} from '../../../../core/pki/identities/roles.ts';
import { newCloudAgentState } from '../../../../core/pki/identities/cloud-agent.ts';
import {
  ACCESS_ACTIONS,
  ACCESS_REASONS,
  ANY_PROVIDERS,
  PROVIDER_TYPES,
  SCOPE_FIELDS,
  type AccessAction,
  type AccessReason,
  type AccessScope,
  type AccessTarget,
  type Grant,
  type Permission,
  type ProviderType,
  type Role,
  type RoleAssignment,
} from '../../../../core/pki/model/access.ts';
import { BUILT_IN_ROLES } from '../../../../core/pki/model/access-roles.ts';
import type { CloudAgentState, Identity } from '../../../../core/pki/model/identity.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';

const AT = instant('2026-12-01T10:00:00Z');

function identity(name: string, more: Partial<Identity> = {}): Identity {
  return {
    name,
    profile: 'extra-admin',
    clientType: 'ExternalClient',
    createdAt: AT,
    tokenValidityMs: 90 * 86_400_000,
    autoRotate: false,
    generation: 1,
    token: { id: '0b0f', issuedAt: AT, expiresAt: instant('2027-03-01T10:00:00Z') },
    certificates: [],
    ...more,
  };
}

const assignment = (role: string, scope: AccessScope = {}, name = 'caph'): RoleAssignment => ({
  identity: name,
  role,
  scope,
});

const AGENT: CloudAgentState = {
  ...newCloudAgentState('ca.contoso.example'),
  identities: [identity('caph'), identity('csi'), identity('left', { revokedAt: AT })],
};

function agent(assignments: readonly RoleAssignment[], roles: readonly Role[] = []): CloudAgentState {
  return { ...AGENT, roles, assignments };
}

function decide(assignments: RoleAssignment[], action: AccessAction, target: AccessTarget, name = 'caph') {
  return decideAccess(agent(assignments), { identity: name, action, target });
}

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof ConsoleError ? { code: error.code, ...error.params } : error;
  }
}

/** Reads a table that was written by hand or from the public source text, apart from the code under test. */
function readTable(name: string): string[][] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

/**
 * Follows the words of the comments in microsoft/moc, common/roles.go (b64cbd1), with the types of `ProviderType`; read
 * from that text by a program that knows nothing of this project. Pairs that are not listed have no actions. It goes
 * beyond the words three times: Contributor may neither update nor delete roles and assignments, RoleReader reads although
 * its comment repeats that of RoleContributor, and agent health is the type HealthMonitor.
 */
const ALLOWED = new Map(
  readTable('access-table.csv').map(([role = '', provider = '', actions = '']) => [
    `${role} ${provider}`,
    new Set(actions.split(' ')),
  ]),
);

interface ScopeCase {
  scope: Omit<AccessScope, 'provider'>;
  /** Empty for none; `same` and `other` than the type of the target. */
  provider: string;
  target: Omit<AccessTarget, 'provider'>;
  isInScope: boolean;
}

const SCOPES: ScopeCase[] = readTable('access-scopes.csv').map((cells) => {
  const [location, group, provider = '', resource, ofLocation, ofGroup, ofResource, within] = cells.map(
    (cell) => cell || undefined,
  );
  return {
    scope: { location, group, resource },
    provider,
    target: { location: ofLocation, group: ofGroup, resource: ofResource },
    isInScope: within === 'yes',
  };
});

describe('the table of the built-in roles', () => {
  test('has exactly the roles and the types of the program', () => {
    const keys = [...ALLOWED.keys()].map((key) => key.split(' '));
    expect([...new Set(keys.map(([role]) => role))].sort()).toEqual(BUILT_IN_ROLES.map(({ name }) => name).sort());
    const ofOwner = keys.filter(([role]) => role === 'Owner').map(([, provider]) => provider);
    expect(ofOwner.sort()).toEqual([...PROVIDER_TYPES].sort());
    expect(ALLOWED.get('Owner VirtualMachine')).toEqual(new Set(ACCESS_ACTIONS));
  });

  test('agrees with the decision on every role, type, action and scope', () => {
    const wrong: string[] = [];
    let [compared, allowed] = [0, 0];
    for (const { name: role } of BUILT_IN_ROLES)
      for (const [index, provider] of PROVIDER_TYPES.entries()) {
        const actions = ALLOWED.get(`${role} ${provider}`);
        const other = PROVIDER_TYPES[(index + 1) % PROVIDER_TYPES.length];
        for (const { scope, provider: limit, target, isInScope } of SCOPES) {
          const ofType = { same: provider, other, AnyProvider: 'AnyProvider' as const }[limit];
          const state = agent([assignment(role, { ...scope, provider: ofType })]);
          for (const action of ACCESS_ACTIONS) {
            const expected = isInScope && actions?.has(action) === true;
            const question = { identity: 'caph', action, target: { ...target, provider } };
            if (decideAccess(state, question).allowed !== expected) wrong.push(`${role} ${provider} ${action}`);
            compared += 1;
            if (expected) allowed += 1;
          }
        }
      }
    expect(wrong).toEqual([]);
    // 72 roles, 43 types, 30 scopes and 10 actions; 1,249 of the grants in 13 scopes.
    expect([compared, allowed]).toEqual([72 * 43 * 30 * 10, 1_249 * 13]);
  });
});

test('each built-in role has a name of its own and a source', () => {
  const names = BUILT_IN_ROLES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, citation } of BUILT_IN_ROLES) expect(citation, name).toBeDefined();
});

describe('the reason for a decision', () => {
  const owner = assignment('Owner');
  test.each<[string, RoleAssignment[], AccessAction, ProviderType, AccessReason, number | undefined]>([
    ['none assigned', [], 'read', 'Node', 'no-assignment', undefined],
    ['only another identity', [assignment('Owner', {}, 'csi')], 'read', 'Node', 'no-assignment', undefined],
    ['a role nobody knows', [assignment('Wizard')], 'read', 'Node', 'role-unknown', 0],
    ['another location', [assignment('Owner', { location: 'L' })], 'read', 'Node', 'out-of-scope', 0],
    ['a role for something else', [assignment('VMReader')], 'read', 'Node', 'not-granted', 0],
    ['something else, elsewhere', [assignment('VMReader', { location: 'L' })], 'read', 'Node', 'not-granted', 0],
    ['taken out of the role', [assignment('Contributor')], 'create', 'RoleAssignment', 'excluded', 0],
    [
      'the nearest of several: the right role in the wrong scope',
      [assignment('Wizard'), assignment('Contributor'), assignment('RoleContributor', { group: 'g' }), owner].slice(
        0,
        3,
      ),
      ...(['create', 'RoleAssignment', 'out-of-scope', 2] as const),
    ],
    [
      'excluded by one and granted by another',
      [assignment('Contributor'), assignment('RoleContributor')],
      ...(['create', 'RoleAssignment', 'granted', 1] as const),
    ],
  ])('%s', (_title, assignments, action, provider, reason, nearest) => {
    const decision = decide(assignments, action, { provider });
    expect(decision.reason).toBe(reason);
    expect(decision.allowed).toBe(reason === 'granted');
    expect(decision.by).toBe(nearest === undefined ? undefined : assignments[nearest]);
  });

  test('a revoked identity may do nothing, whatever its roles', () => {
    const decision = decide([assignment('Owner', {}, 'left')], 'read', { provider: 'Node' }, 'left');
    expect(decision).toEqual({ allowed: false, reason: 'identity-revoked' });
  });

  test('an identity that does not exist, or is spelled otherwise, may do nothing', () => {
    const decision = decide([assignment('Owner')], 'read', { provider: 'Node' }, 'CAPH');
    expect(decision).toEqual({ allowed: false, reason: 'identity-unknown' });
  });

  test('a question without an identity is answered for every identity', () => {
    const question = { action: 'read', target: { provider: 'Node' } } as const;
    const decisions = decideForAll(agent([owner, assignment('Owner', {}, 'left')]), question);
    expect(decisions).toEqual([
      { identity: 'caph', allowed: true, reason: 'granted', by: owner },
      { identity: 'csi', allowed: false, reason: 'no-assignment' },
      { identity: 'left', allowed: false, reason: 'identity-revoked' },
    ]);
  });
});

describe('the assignment that would help', () => {
  const suggest = (assignments: RoleAssignment[], action: AccessAction, target: AccessTarget, name = 'caph') => {
    const state = agent(assignments);
    const question = { identity: name, action, target };
    return suggestAssignment(state, question, decideAccess(state, question));
  };
  const vm = { provider: 'VirtualMachine', group: 'retail-west' } as const;

  test('is the same role for this scope where only the scope was wrong', () => {
    expect(suggest([assignment('Contributor', { group: 'retail-east' })], 'read', vm)).toEqual(
      assignment('Contributor', vm),
    );
  });

  test.each<[AccessAction, AccessTarget, string]>([
    ['read', vm, 'VMReader'],
    ['update', vm, 'VMUpdater'],
    ['delete', vm, 'VMContributor'],
    ['sign', { provider: 'Certificate' }, 'CertificateSigner'],
    ['read', { provider: 'Subscription' }, 'Reader'],
    ['delete', { provider: 'RoleAssignment' }, 'RoleContributor'],
  ])('to %s %j is the role that allows the least besides: %3$s', (action, target, role) => {
    expect(suggest([assignment('HealthReader')], action, target)).toEqual(assignment(role, target));
  });

  test('does not exist where it is allowed, nor for a revoked or unknown identity', () => {
    expect(suggest([assignment('Owner')], 'read', vm)).toBeUndefined();
    expect(suggest([], 'read', vm, 'left')).toBeUndefined();
    expect(suggest([], 'read', vm, 'nobody')).toBeUndefined();
  });
});

describe('the rights of an identity', () => {
  test('are listed by type, with the operations that the type has', () => {
    expect(listRights(agent([assignment('CertificateSigner'), assignment('LBReader')]), 'caph')).toEqual([
      { provider: 'LoadBalancer', actions: ['read'], limited: [] },
      { provider: 'NetworkInterface', actions: ['read'], limited: [] },
      { provider: 'Certificate', actions: ['sign', 'renew'], limited: [] },
    ]);
    const [first, ...others] = listRights(agent([assignment('Owner')]), 'caph');
    expect(first?.actions).toEqual(['create', 'read', 'update', 'delete']);
    expect(others).toHaveLength(PROVIDER_TYPES.length - 1);
  });

  test('say which actions hold only within a scope', () => {
    const scoped = [assignment('VMContributor', { group: 'g' }), assignment('VMReader')];
    const [right] = listRights(agent(scoped), 'caph');
    expect(right).toEqual({ provider: 'VirtualMachine', actions: ['read'], limited: ['create', 'update', 'delete'] });
    expect(listRights(agent([assignment('Owner', { provider: 'Node' })]), 'caph')).toEqual([
      { provider: 'Node', actions: ['create', 'read', 'update', 'delete'], limited: [] },
    ]);
  });

  test('of a revoked identity are none', () => {
    expect(listRights(agent([assignment('Owner', {}, 'left')]), 'left')).toEqual([]);
  });
});

describe('assignments', () => {
  const admin = assignment('VMReader', { location: 'MocLocation' });
  const state = agent([]);

  test('apply from their making until they are taken away', () => {
    const ask = (of: CloudAgentState, action: AccessAction): boolean =>
      decideAccess(of, { identity: 'caph', action, target: { provider: 'VirtualMachine', location: 'MocLocation' } })
        .allowed;
    const assigned = assignRole(state, admin);
    expect([ask(state, 'read'), ask(assigned, 'read'), ask(assigned, 'delete')]).toEqual([false, true, false]);
    expect(ask(unassignRole(assigned, admin), 'read')).toBe(false);
  });

  test('count once, and are taken away only with the same scope', () => {
    const assigned = assignRole(state, admin);
    expect(assignRole(assigned, assignment('VMReader', { location: 'MocLocation' }))).toBe(assigned);
    expect(caught(() => unassignRole(assigned, assignment('VMReader')))).toEqual({
      code: 'access-role.not-assigned',
      identity: 'caph',
      role: 'VMReader',
    });
  });

  test('need an identity and a role that exist; the nearest role is named', () => {
    expect(caught(() => assignRole(state, assignment('vmreader')))).toEqual({
      code: 'access-role.unknown',
      role: 'vmreader',
      nearest: 'VMReader',
    });
    expect(caught(() => assignRole(state, assignment('Sorcerer')))).toMatchObject({ nearest: 'none' });
    expect(caught(() => assignRole(state, assignment('Owner', {}, 'admin3')))).toMatchObject({
      code: 'identity.unknown',
    });
  });
});

describe('roles of an admin', () => {
  const night: Role = {
    name: 'Night shift',
    permissions: [
      {
        actions: [{ operation: 'all', provider: 'AnyProvider' }],
        notActions: [{ operation: 'delete', provider: 'VirtualMachine' }],
      },
    ],
  };

  test('are listed before the built-in ones, and decide as those do', () => {
    const state = assignRole(addRole(agent([]), night), assignment('Night shift'));
    expect(listAccessRoles(state)[0]).toEqual(night);
    const ask = (action: AccessAction) =>
      decideAccess(state, { identity: 'caph', action, target: { provider: 'VirtualMachine' } }).reason;
    expect([ask('read'), ask('delete')]).toEqual(['granted', 'excluded']);
  });

  test('take no name that exists, in upper or lower case, and none that cannot be written', () => {
    const state = addRole(agent([]), night);
    expect(caught(() => addRole(state, { ...night, name: 'night SHIFT' }))).toMatchObject({
      code: 'access-role.name-taken',
    });
    expect(caught(() => addRole(state, { ...night, name: 'owner' }))).toMatchObject({ code: 'access-role.name-taken' });
    expect(caught(() => addRole(state, { ...night, name: ' ' }))).toMatchObject({ fault: 'empty' });
  });

  test('are removed only when nobody has them; built-in ones never', () => {
    const state = addRole(agent([]), night);
    const assigned = assignRole(
      assignRole(state, assignment('Night shift')),
      assignment('Night shift', { group: 'g' }),
    );
    expect(caught(() => removeRole(assigned, 'Night shift'))).toEqual({
      code: 'access-role.assigned',
      role: 'Night shift',
      count: 2,
      identities: 'caph',
    });
    expect(removeRole(state, 'Night shift').roles).toEqual([]);
    expect(caught(() => removeRole(state, 'Owner'))).toEqual({ code: 'access-role.built-in', role: 'Owner' });
    expect(caught(() => removeRole(state, 'Nightshift'))).toMatchObject({ nearest: 'Night shift' });
  });

  test('hide a built-in role of the same name, which only a file made elsewhere can have', () => {
    const state = agent([assignment('VMReader')], [{ name: 'VMReader', permissions: [] }]);
    const question = { identity: 'caph', action: 'read', target: { provider: 'VirtualMachine' } } as const;
    expect(decideAccess(state, question).reason).toBe('not-granted');
    expect(listAccessRoles(state)).toHaveLength(BUILT_IN_ROLES.length);
  });

  test('with several permissions allow in one what another excludes', () => {
    const permissions = [
      ...night.permissions,
      { actions: [{ operation: 'delete', provider: 'VirtualMachine' } as const], notActions: [] },
    ];
    const state = agent([assignment('own')], [{ name: 'own', permissions }]);
    const question = { identity: 'caph', action: 'delete', target: { provider: 'VirtualMachine' } } as const;
    expect(decideAccess(state, question).allowed).toBe(true);
  });
});

// ---- Against the plain meaning of the words ----------------------------------------------------------------------

/** Writes out every pair that a grant covers. */
function listPairs({ operation, provider }: Grant): string[] {
  const actions = operation === 'all' ? ACCESS_ACTIONS : operation === 'write' ? ['create', 'update'] : [operation];
  const providers = provider === 'AnyProvider' ? PROVIDER_TYPES : [provider];
  return actions.flatMap((action) => providers.map((each) => `${action} ${each}`));
}

function pairsOfRole({ permissions }: Role): Set<string> {
  return new Set(
    permissions.flatMap(({ actions, notActions }) => {
      const excluded = new Set(notActions.flatMap(listPairs));
      return actions.flatMap(listPairs).filter((pair) => !excluded.has(pair));
    }),
  );
}

const FEW = ['VirtualMachine', 'VirtualNetwork', 'NetworkInterface'] as const;
const grant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constantFrom<Grant['operation']>('all', 'write', 'read', 'create', 'update', 'delete'),
  provider: fc.constantFrom<Grant['provider']>('AnyProvider', ...FEW),
});
const permission: fc.Arbitrary<Permission> = fc.record({
  actions: fc.array(grant, { maxLength: 3 }),
  notActions: fc.array(grant, { maxLength: 2 }),
});
const someRoles: fc.Arbitrary<Role[]> = fc.tuple(
  ...['first', 'second'].map((name) =>
    fc.record({ name: fc.constant(name), permissions: fc.array(permission, { maxLength: 3 }) }),
  ),
);
const part = fc.constantFrom('a', 'b');
const someAssignments = fc.array(
  fc.record({
    identity: fc.constantFrom('caph', 'csi', 'left'),
    role: fc.constantFrom('first', 'second', 'unknown'),
    scope: fc.record(
      { location: part, group: part, provider: fc.constantFrom('AnyProvider' as const, ...FEW), resource: part },
      { requiredKeys: [] },
    ),
  }),
  { maxLength: 4 },
);
const someTarget = fc.record(
  { provider: fc.constantFrom(...FEW), location: part, group: part, resource: part },
  { requiredKeys: ['provider'] },
);

test("access is granted exactly for the pairs that some assignment's role contains within its scope", () => {
  fc.assert(
    fc.property(
      ...([someRoles, someAssignments, fc.constantFrom(...ACCESS_ACTIONS), someTarget] as const),
      fc.constantFrom('caph', 'left', 'nobody'),
      (roles, assignments, action, target, name) => {
        const granting = assignments.filter(
          (each) =>
            name === 'caph' &&
            each.identity === name &&
            Object.entries(each.scope).every(
              ([key, limit]) => limit === 'AnyProvider' || target[key as keyof typeof target] === limit,
            ) &&
            roles.some((role) => role.name === each.role && pairsOfRole(role).has(`${action} ${target.provider}`)),
        );
        const state = agent(assignments, roles);
        const question = { identity: name, action, target };
        const decision = decideAccess(state, question);
        expect(decision.allowed).toBe(granting.length > 0);
        expect(decision.reason === 'granted').toBe(decision.allowed);
        expect(ACCESS_REASONS).toContain(decision.reason);
        if (decision.allowed) expect(decision.by).toBe(granting[0]);
        const helping = suggestAssignment(state, question, decision);
        expect(helping === undefined).toBe(decision.allowed || name !== 'caph');
        if (helping !== undefined) expect(decideAccess(assignRole(state, helping), question).by).toBe(helping);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('every type, field of a scope and action is spelled once', () => {
  for (const list of [ACCESS_ACTIONS, ANY_PROVIDERS, SCOPE_FIELDS, ACCESS_REASONS])
    expect(new Set(list).size).toBe(list.length);
});
