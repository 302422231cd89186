import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROUTES, type Route } from '../../../../core/lab/cloud-agent/routes.ts';
import {
  ACCESS_ACTIONS,
  PROVIDER_TYPES,
  type AccessAction,
  type AccessScope,
  type Grant,
  type ProviderType,
  type Role,
  type RoleAssignment,
} from '../../../../core/pki/model/access.ts';
import { LabAgent, refusalIn, type AgentClient, type Asked, type Told } from '../../../support/lab-agent.ts';

const COLLECTIONS = {
  virtualNetworks: 'VirtualNetwork',
  networkInterfaces: 'NetworkInterface',
  virtualMachines: 'VirtualMachine',
} as const;

interface Right {
  action: AccessAction;
  provider: ProviderType;
}

interface DocumentedCall {
  method: string;
  path: string;
  /** Absent for what concerns only the caller. */
  right?: Right;
  /** The right with `If-Match`, if that is another one. */
  withVersion?: Right;
}

/** Reads the table of docs/lab.md, which is written apart from the routes. */
function readDocumentedCalls(): DocumentedCall[] {
  const text = readFileSync(new URL('../../../../docs/lab.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(GET|PUT|POST|DELETE) (\/v1\/[^`]+)` \| (.+) \|$/gmu)];
  return rows.flatMap(([, method = '', path = '', said = '']) => {
    if (said === 'none') return [{ method, path }];
    const readRight = (words: string, type: ProviderType | undefined): Right | undefined => {
      const [, action, provider] = /`(\w+)` (?:the type|`(\w+)`)$/u.exec(words) ?? [];
      return action === undefined
        ? undefined
        : { action: action as AccessAction, provider: (provider ?? type) as ProviderType };
    };
    const types = path.includes('{type}') ? Object.entries(COLLECTIONS) : [['', undefined] as const];
    return types.map(([collection, type]) => {
      const [plain = '', changed = ''] = said.split('; with `If-Match`, ');
      const [right, withVersion] = [readRight(plain, type), readRight(changed, type)];
      if (right === undefined) throw new Error(`unreadable: ${said}`);
      return { method, path: path.replace('{type}', collection), right, ...(withVersion && { withVersion }) };
    });
  });
}

const CALLS = readDocumentedCalls();
const PLACE = { location: 'L', group: 'g', name: 'x' };

function fill(path: string, place: Readonly<Record<string, string>> = PLACE): string {
  return path.replace(/\{(\w+)\}/gu, (_, name: string) => place[name] ?? '');
}

test('the documentation names every route, and no other', () => {
  const name = ({ method, path }: Pick<Route, 'method' | 'path'> | DocumentedCall): string => `${method} ${path}`;
  const routes = ROUTES.filter(({ port }) => port === 'work').map(name);
  expect(CALLS.map(name).sort()).toEqual(routes.sort());
});

/** Each call with one right: with and without `If-Match`. */
const DECIDED = CALLS.flatMap(({ method, path, right, withVersion }) => {
  const call = { method, path };
  const plain = right === undefined ? [] : [{ ...call, right, version: undefined }];
  return withVersion === undefined ? plain : [...plain, { ...call, right: withVersion, version: 9 }];
});
const RIGHTS = [...new Map(DECIDED.map(({ right }) => [`${right.action} ${right.provider}`, right])).entries()];

describe('every route', () => {
  let lab: LabAgent;
  const demand = (name: string): AgentClient => {
    const client = lab.made.clients[name];
    if (client === undefined) throw new Error(`no ${name}`);
    return client;
  };

  beforeAll(async () => {
    const all: Grant[] = [{ operation: 'all', provider: 'AnyProvider' }];
    const roles = RIGHTS.flatMap(([name, { action: operation, provider }]): Role[] => [
      { name: `only ${name}`, permissions: [{ actions: [{ operation, provider }], notActions: [] }] },
      { name: `all but ${name}`, permissions: [{ actions: all, notActions: [{ operation, provider }] }] },
    ]);
    const identities = Object.fromEntries(roles.map(({ name }) => [name, [{ role: name, scope: {} }]]));
    lab = await LabAgent.start({ nobody: [], ...identities }, { roles });
  });

  const ask = ({ method, path, version }: (typeof DECIDED)[number], asked: Asked): Promise<Told> =>
    lab.call(method, fill(path), { ...asked, ...(version !== undefined && { version }) });

  test.each(
    DECIDED.map((call) => {
      const { method, path, version, right } = call;
      const header = version === undefined ? '' : ' with If-Match';
      return [`${method} ${path}${header} needs exactly the right to ${right.action} ${right.provider}`, call] as const;
    }),
  )('%s', async (_title, call) => {
    const name = `${call.right.action} ${call.right.provider}`;
    const before = lab.keeper.content;
    const decided = (await lab.decisions()).length;
    const refused = { status: 403, code: 'forbidden' };
    expect(refusalIn(await ask(call, {}))).toMatchObject({ status: 401 });
    expect(refusalIn(await ask(call, { as: demand('nobody') }))).toEqual({ ...refused, reason: 'no-assignment' });
    expect(refusalIn(await ask(call, { as: demand(`all but ${name}`) }))).toEqual({ ...refused, reason: 'excluded' });
    expect(lab.keeper.content).toBe(before);
    // The call is about something that does not exist: it is allowed and changes nothing.
    expect((await ask(call, { as: demand(`only ${name}`) })).status).not.toBe(403);
    const lines = (await lab.decisions()).slice(decided);
    const { action: operation, provider } = call.right;
    const about = { operation, provider };
    expect(lines).toEqual([
      expect.objectContaining({ ...about, allowed: false, reason: 'no-assignment' }),
      expect.objectContaining({ ...about, allowed: false, reason: 'excluded' }),
      expect.objectContaining({ ...about, allowed: true, reason: 'granted', role: `only ${name}` }),
    ]);
  });

  test.each(CALLS.filter(({ right }) => right === undefined).map(({ method, path }) => [method, path]))(
    '%s %s needs a certificate and no right',
    async (method = '', path = '') => {
      expect(refusalIn(await lab.call(method, path))).toMatchObject({ status: 401, code: 'certificate-needed' });
      const told = await lab.call(method, path, { as: demand('nobody') });
      expect([200, 204, 400]).toContain(told.status);
    },
  );
});

test('the question who may do what is answered with the assignment that decides, or one that would help', async () => {
  const scope = { location: 'MocLocation', group: 'retail' };
  const lab = await LabAgent.start({ owner: [{ role: 'Owner', scope: {} }], csi: [{ role: 'VMReader', scope }] });
  const ask = async (query: string): Promise<unknown> =>
    (
      await lab.call('GET', `/v1/access?identity=csi&provider=VirtualMachine&${query}`, {
        as: lab.made.clients['owner']!,
      })
    ).value;
  const by = { identity: 'csi', role: 'VMReader', scope };
  expect(await ask('action=read&location=MocLocation&group=retail')).toEqual({ allowed: true, reason: 'granted', by });
  const target = { provider: 'VirtualMachine', location: 'MocLocation', group: 'edge' };
  expect(await ask('action=read&location=MocLocation&group=edge')).toEqual({
    ...{ allowed: false, reason: 'out-of-scope', by },
    needed: { identity: 'csi', role: 'VMReader', scope: target },
  });
  expect(await ask('action=fly')).toMatchObject({ error: { code: 'invalid', place: 'query.action' } });
  expect(await ask('action=read&action2=x')).toMatchObject({ error: { code: 'invalid', place: 'query' } });
});

test('roles and assignments change through the interface, and count from the next call on', async () => {
  const lab = await LabAgent.start();
  const { owner, nobody } = lab.made.clients;
  const as = owner!;
  const list = (): Promise<Told> => lab.call('GET', '/v1/identities', { as: nobody! });
  const permissions = [{ actions: [{ operation: 'read', provider: 'Identity' }], notActions: [] }];
  const role = { name: 'Night shift', permissions };
  const given = { identity: 'nobody', role: 'Night shift', scope: {} };
  expect((await lab.call('POST', '/v1/roles', { as, body: role })).status).toBe(204);
  expect((await lab.call('GET', '/v1/roles', { as })).value).toContainEqual(role);
  expect((await list()).status).toBe(403);
  expect((await lab.call('POST', '/v1/roleAssignments', { as, body: given })).status).toBe(204);
  expect((await list()).status).toBe(200);
  const refuse = async (method: string, path: string, body?: unknown) =>
    refusalIn(await lab.call(method, path, { as, body }));
  expect(await refuse('DELETE', '/v1/roles/Night%20shift')).toMatchObject({
    status: 409,
    code: 'access-role.assigned',
  });
  expect(await refuse('DELETE', '/v1/roles/Owner')).toMatchObject({ status: 409, code: 'access-role.built-in' });
  expect(await refuse('DELETE', '/v1/roles/none')).toMatchObject({ status: 404, code: 'access-role.unknown' });
  expect(await refuse('POST', '/v1/roles', role)).toMatchObject({ status: 409, code: 'access-role.name-taken' });
  expect(await refuse('POST', '/v1/roles', { ...role, name: ' x' })).toMatchObject({
    status: 400,
    code: 'access-role.name-invalid',
  });
  const wide = { ...role, name: 'x', permissions: [{ ...permissions[0], onlyOn: 'Mondays' }] };
  expect(await refuse('POST', '/v1/roles', wide)).toMatchObject({ status: 400, place: 'body.permissions.0' });
  expect(await refuse('POST', '/v1/roleAssignments', { ...given, identity: 'who' })).toMatchObject({ status: 404 });
  expect(await refuse('POST', '/v1/roleAssignments', { ...given, scope: { until: 'noon' } })).toMatchObject({
    place: 'body.scope',
  });
  expect((await lab.call('DELETE', '/v1/roleAssignments', { as, body: given })).status).toBe(204);
  expect(await refuse('DELETE', '/v1/roleAssignments', given)).toMatchObject({ code: 'access-role.not-assigned' });
  expect((await list()).status).toBe(403);
  expect((await lab.call('DELETE', '/v1/roles/Night%20shift', { as })).status).toBe(204);
  const twice = { as, body: { name: 'nobody' } };
  expect(refusalIn(await lab.call('POST', '/v1/identities', twice))).toMatchObject({
    status: 409,
    code: 'identity.name-taken',
  });
  const blank = { as, body: { name: ' nobody' } };
  expect(refusalIn(await lab.call('POST', '/v1/identities', blank))).toMatchObject({ code: 'identity.name-invalid' });
});

// ---- 10,000 generated calls, against a decision written apart ----------------------------------------------------------

/** The rights of the built-in roles, by hand; see tests/core/pki/identities/roles.test.ts. */
const BUILT_IN = new Map(
  readFileSync(new URL('../../pki/identities/access-table.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([role = '', provider = '', actions = '']) => [`${role} ${provider}`, actions.split(' ')]),
);

/** Decides by writing out every pair of action and type that a role has. */
function mayDo(
  { roles, assignments }: { roles: readonly Role[]; assignments: readonly RoleAssignment[] },
  identity: string,
  { action, provider }: Right,
  place: { location?: string | undefined; group?: string | undefined; resource?: string | undefined },
): boolean {
  return assignments.some(({ identity: holder, role: name, scope }) => {
    if (holder !== identity) return false;
    if (scope.location !== undefined && scope.location !== place.location) return false;
    if (scope.group !== undefined && scope.group !== place.group) return false;
    if (scope.resource !== undefined && scope.resource !== place.resource) return false;
    if (scope.provider !== undefined && scope.provider !== 'AnyProvider' && scope.provider !== provider) return false;
    const own = roles.find((each) => each.name === name);
    if (own === undefined) return BUILT_IN.get(`${name} ${provider}`)?.includes(action) === true;
    return own.permissions.some(({ actions, notActions }) => {
      const excluded = notActions.flatMap(writeOut);
      return actions.flatMap(writeOut).some((pair) => pair === `${action} ${provider}` && !excluded.includes(pair));
    });
  });
}

function writeOut({ operation, provider }: Grant): string[] {
  const actions = operation === 'all' ? ACCESS_ACTIONS : operation === 'write' ? ['create', 'update'] : [operation];
  const providers = provider === 'AnyProvider' ? PROVIDER_TYPES : [provider];
  return actions.flatMap((action) => providers.map((each) => `${action} ${each}`));
}

const HOLDERS = ['caph', 'csi', 'kms', 'admin'];
const ASKED = ['VirtualNetwork', 'NetworkInterface', 'VirtualMachine', 'Identity', 'Role', 'RoleAssignment'] as const;
const grant: fc.Arbitrary<Grant> = fc.record({
  operation: fc.constantFrom<Grant['operation']>(
    'all',
    'write',
    'read',
    'create',
    'update',
    'delete',
    'rotate',
    'revoke',
  ),
  provider: fc.constantFrom<Grant['provider']>('AnyProvider', ...ASKED),
});
const permission = fc.record({
  actions: fc.array(grant, { minLength: 1, maxLength: 4 }),
  notActions: fc.array(grant, { maxLength: 2 }),
});
const ownRoles = fc.tuple(
  ...['Day shift', 'Night shift'].map((name) =>
    fc.record({ name: fc.constant(name), permissions: fc.array(permission, { minLength: 1, maxLength: 2 }) }),
  ),
);
const place = fc.constantFrom('a', 'b');
const scope: fc.Arbitrary<AccessScope> = fc.record(
  { location: place, group: place, provider: fc.constantFrom('AnyProvider' as const, ...ASKED), resource: place },
  { requiredKeys: [] },
);
const assignment: fc.Arbitrary<RoleAssignment> = fc.record({
  identity: fc.constantFrom(...HOLDERS),
  role: fc.constantFrom(
    'Day shift',
    'Night shift',
    'Owner',
    'Contributor',
    'Reader',
    'VMContributor',
    'RoleContributor',
    'VMUpdater',
  ),
  scope: fc.oneof(fc.constant({}), fc.constant({}), scope),
});
const call = fc.record({
  of: fc.constantFrom(...DECIDED),
  by: fc.constantFrom(...HOLDERS),
  location: place,
  group: place,
  name: place,
});
const LABS = 20;
const ROUNDS = 10;
const round = fc.record({
  assignments: fc.array(assignment, { maxLength: 12 }),
  calls: fc.array(call, { minLength: 50, maxLength: 50 }),
});
const history = fc.record({ roles: ownRoles, rounds: fc.array(round, { minLength: ROUNDS, maxLength: ROUNDS }) });

test('10,000 generated calls are allowed and refused as by the plain rules, and each decision is in the audit trail', async () => {
  let [compared, allowed] = [0, 0];
  const wrong: string[] = [];
  const seed = Number(fc.readConfigureGlobal().seed ?? Date.now());
  for (const { roles, rounds } of fc.sample(history, { numRuns: LABS, seed })) {
    const empty = Object.fromEntries(HOLDERS.map((name) => [name, []]));
    const lab = await LabAgent.start({ owner: [{ role: 'Owner', scope: {} }], ...empty }, { roles });
    const as = lab.made.clients['owner']!;
    for (const { assignments, calls } of rounds) {
      for (const body of assignments)
        expect((await lab.call('POST', '/v1/roleAssignments', { as, body })).status).toBe(204);
      const before = (await lab.decisions()).length;
      const answers = await Promise.all(
        calls.map(({ of: { method, path, version }, by, ...where }) =>
          // An empty body is refused after the decision, so that roles and identities stay as they are.
          lab.call(method, fill(path, where), { as: lab.made.clients[by]!, ...(version !== undefined && { version }) }),
        ),
      );
      for (const [at, { status }] of answers.entries()) {
        const { of: asked, by, location, group, name } = calls[at]!;
        const about = {
          ...(asked.path.includes('{group}') && { location, group }),
          ...(asked.path.includes('{name}') && { resource: name }),
        };
        const expected = mayDo({ roles, assignments }, by, asked.right, about);
        if ((status !== 403) !== expected) wrong.push(`${by} ${asked.method} ${asked.path}: ${status}`);
        compared += 1;
        if (expected) allowed += 1;
      }
      const lines = (await lab.decisions()).slice(before);
      expect(lines.map(({ allowed: isAllowed }) => isAllowed)).toEqual(answers.map(({ status }) => status !== 403));
      for (const body of new Map(assignments.map((each) => [JSON.stringify(each), each])).values())
        await lab.call('DELETE', '/v1/roleAssignments', { as, body });
    }
    const verdict = await lab.trail.verify();
    expect(verdict.faults).toEqual([]);
  }
  expect(wrong).toEqual([]);
  expect(compared).toBe(10_000);
  expect(allowed).toBeGreaterThan(2_000);
  expect(allowed).toBeLessThan(8_000);
});
