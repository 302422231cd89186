import { z } from 'zod';
import {
  ANY_PROVIDERS,
  ACCESS_ACTIONS,
  GRANT_OPERATIONS,
  PROVIDER_TYPES,
  type AccessAction,
  type AccessTarget,
} from '../../pki/model/access.ts';
import { CLIENT_TYPES, type Identity } from '../../pki/model/identity.ts';
import { identityNamed, type CloudAgent, type CloudAgentPorts } from '../../pki/identities/cloud-agent.ts';
import { ConsoleError } from '../../shared/problem.ts';
import {
  createIdentity,
  reinstateIdentity,
  revokeClientCertificate,
  revokeIdentity,
  rotateToken,
  type IdentityWithToken,
} from '../../pki/identities/identities.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import { login, type ClientCertificate } from '../../pki/identities/login.ts';
import { renew } from '../../pki/identities/renewal.ts';
import {
  addRole,
  assignRole,
  decideAccess,
  listAccessRoles,
  removeRole,
  suggestAssignment,
  unassignRole,
} from '../../pki/identities/roles.ts';
import { instantField } from '../../shared/contract/schemas.ts';
import { encodePem, readPem } from '../../formats/der/pem.ts';
import {
  deleteResource,
  findResource,
  listResources,
  putResource,
  resourceKey,
  type Resource,
  type ResourceDraft,
  type ResourceFault,
  type Resources,
  type ResourceType,
} from '../model/resources.ts';
import type { AgentContent } from './agent-state.ts';
import type { AgentKeeper } from './keeper.ts';
import { createRefusal } from './refusals.ts';
import { RESOURCE_NAME, resourceProperties } from './resource-schemas.ts';

/*
 * The operations of the lab's cloud agent, each declared once: the server, the OpenAPI document and the tests follow from
 * this table. It is HTTP with JSON, not the product's own gRPC, whose server is not public.
 */

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export interface Call {
  ports: CloudAgentPorts;
  keeper: AgentKeeper;
  /** Absent on the port for logins. */
  caller?: { identity: Identity; certificate: IssuedCertificate };
  /** The raw token, if one was sent. */
  token?: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Checked against the route's schema. */
  body: unknown;
  /** The version in `If-Match`. */
  version?: number;
}

export interface Reply {
  status: 200 | 201 | 204;
  value?: unknown;
  /** Becomes the `ETag`. */
  version?: number;
}

export interface Route {
  operation: string;
  method: Method;
  /** Names in braces are parameters. */
  path: string;
  summary: string;
  /** `login`: the port for tokens; `work`: the port that needs a client certificate. */
  port: 'login' | 'work';
  /** Names the action that the caller must be allowed; absent for what concerns only the caller. */
  access?: (params: Call['params'], given: { hasVersion: boolean }) => { action: AccessAction; target: AccessTarget };
  /** Absent for a path without parameters. */
  params?: z.ZodType;
  body?: z.ZodType;
  query?: z.ZodType;
  answer?: z.ZodType;
  /** Statuses of success; by default 200, or 204 without an answer. */
  done?: readonly Reply['status'][];
  /** Codes of refusals by status, besides those of every route. */
  refusals?: Readonly<Record<number, readonly string[]>>;
  /** Whether `If-Match` selects a version. */
  isVersioned?: true;
  /** Whether the answer has an `ETag`. */
  hasTag?: true;
  run: (call: Call) => Reply | Promise<Reply>;
}

const MOST_REQUEST_CHARACTERS = 32 * 1024;
const MOST_GRANTS = 100;
const request = z.string().max(MOST_REQUEST_CHARACTERS);
const word = z.string().min(1).max(253);
const named = z.object({ name: word });
const moment = instantField.meta({ type: 'string', format: 'date-time' });
const grants = z
  .array(z.strictObject({ operation: z.enum(GRANT_OPERATIONS), provider: z.enum(ANY_PROVIDERS) }))
  .max(MOST_GRANTS);
/** Strict: without a field that it does not know, this program would grant more than was meant. */
const role = z.strictObject({
  name: word,
  permissions: z.array(z.strictObject({ actions: grants, notActions: grants })).max(MOST_GRANTS),
});

const certificateReply = z.object({ certificate: z.string(), authorities: z.array(z.string()) });
const tokenReply = z.object({
  identity: z.string(),
  token: z.string(),
  expiresAt: moment,
  clientType: z.enum(CLIENT_TYPES),
});
const identityReply = z.object({
  name: z.string(),
  clientType: z.enum(CLIENT_TYPES),
  autoRotate: z.boolean(),
  tokenExpiresAt: moment,
  revoked: z.boolean(),
  certificates: z.array(z.object({ serialNumber: z.string(), notAfter: moment, revoked: z.boolean() })),
});

const scope = z.strictObject({
  location: word.optional(),
  group: word.optional(),
  provider: z.enum(ANY_PROVIDERS).optional(),
  resource: word.optional(),
});
const assignment = z.strictObject({ identity: word, role: word, scope });

const COLLECTIONS: Record<ResourceType, string> = {
  VirtualNetwork: 'virtualNetworks',
  NetworkInterface: 'networkInterfaces',
  VirtualMachine: 'virtualMachines',
};

const CONFLICTS: Record<ResourceType, readonly ResourceFault[]> = {
  VirtualNetwork: ['too-many', 'address-outside'],
  NetworkInterface: ['too-many', 'network-unknown', 'address-outside', 'address-taken'],
  VirtualMachine: ['too-many', 'interface-unknown', 'interface-taken'],
};

const USES: typeof CONFLICTS = { VirtualNetwork: ['in-use'], NetworkInterface: ['in-use'], VirtualMachine: [] };

export const ROUTES: readonly Route[] = [
  {
    operation: 'login',
    method: 'POST',
    path: '/v1/login',
    port: 'login',
    summary: 'Exchanges the token in the header `authorization` (without `Bearer`) for a client certificate.',
    body: z.strictObject({ request }),
    answer: certificateReply,
    refusals: { 400: ['identity.request-refused'], 401: ['identity.token-required'] },
    run: ({ ports, keeper, token = '', body }) =>
      certify(keeper, (agent) => login(ports, agent, { token, request: readRequest(body) })),
  },
  {
    operation: 'recoverAdmin',
    method: 'POST',
    path: '/v1/recover',
    port: 'login',
    summary:
      'Issues a new token for an identity of the type Admin. Needs the recovery secret in `authorization`, which only the host has.',
    body: z.strictObject({ identity: word }),
    answer: tokenReply,
    refusals: { 401: ['identity.token-required'], 404: ['identity.unknown'], 409: ['identity.revoked'] },
    run: ({ ports, keeper, token = '', body }) => {
      const { identity: name } = body as { identity: string };
      if (!keeper.isRecoverySecret(token))
        throw new ConsoleError('identity.token-required', { reason: 'unknownIdentity', identity: name });
      if (identityNamed(keeper.content.agent, name).clientType !== 'Admin')
        throw new ConsoleError('identity.unknown', { identity: name });
      return issueToken(keeper, (agent) => rotateOther(ports, agent, name));
    },
  },
  {
    operation: 'showSelf',
    method: 'GET',
    path: '/v1/self',
    port: 'work',
    summary: 'Returns the identity of the caller.',
    answer: identityReply,
    run: ({ caller }) => ({ status: 200, value: viewIdentity(demand(caller).identity) }),
  },
  {
    operation: 'renew',
    method: 'POST',
    path: '/v1/self/renew',
    port: 'work',
    summary: 'Renews the certificate of the caller, which must still be valid. The old key certifies the new one.',
    body: z.strictObject({ request }),
    answer: certificateReply,
    refusals: { 400: ['identity.request-refused', 'renewal.refused'] },
    run: ({ ports, keeper, caller, body }) => {
      const { der: certificate } = demand(caller).certificate;
      return certify(keeper, (agent) => renew(ports, agent, { certificate, request: readRequest(body) }));
    },
  },
  {
    operation: 'rotateSelf',
    method: 'POST',
    path: '/v1/self/rotate',
    port: 'work',
    summary: 'Issues a new token for the caller. Earlier tokens are refused from then on.',
    answer: tokenReply,
    run: ({ ports, keeper, caller }) =>
      issueToken(keeper, (agent) => rotateToken(ports, agent, demand(caller).identity.name)),
  },
  {
    operation: 'logout',
    method: 'POST',
    path: '/v1/self/logout',
    port: 'work',
    summary: 'Ends the session: the certificate of the caller is refused from then on.',
    run: ({ ports, keeper, caller }) => {
      const { serialHex } = demand(caller).certificate.facts;
      return changeAgent(keeper, (state) => revokeClientCertificate(state, serialHex, ports.clock.now()));
    },
  },
  ...(['VirtualNetwork', 'NetworkInterface', 'VirtualMachine'] as const).flatMap(resourceRoutes),
  {
    operation: 'listIdentities',
    method: 'GET',
    path: '/v1/identities',
    port: 'work',
    summary: 'Lists the identities.',
    access: () => ({ action: 'read', target: { provider: 'Identity' } }),
    answer: z.array(identityReply),
    run: ({ keeper }) => ({ status: 200, value: keeper.content.agent.identities.map(viewIdentity) }),
  },
  {
    operation: 'createIdentity',
    method: 'POST',
    path: '/v1/identities',
    port: 'work',
    summary: 'Creates an identity and its first token.',
    access: () => ({ action: 'create', target: { provider: 'Identity' } }),
    body: z.strictObject({
      name: word,
      clientType: z.enum(CLIENT_TYPES).optional(),
      tokenValidityDays: z.int().min(1).max(3_650).optional(),
    }),
    answer: tokenReply,
    done: [201],
    refusals: { 400: ['identity.name-invalid'], 409: ['identity.name-taken'] },
    run: ({ ports, keeper, body }) =>
      issueToken(keeper, (agent) => createIdentity(ports, agent, body as Parameters<typeof createIdentity>[2]), 201),
  },
  ...(['rotate', 'revoke', 'reinstate'] as const).map(identityRoute),
  {
    operation: 'listRoles',
    method: 'GET',
    path: '/v1/roles',
    port: 'work',
    summary: 'Lists the built-in roles and the own roles of this cloud agent.',
    access: () => ({ action: 'read', target: { provider: 'Role' } }),
    answer: z.array(role),
    run: ({ keeper }) => ({
      status: 200,
      value: listAccessRoles(keeper.content.agent).map(({ name, permissions }) => ({ name, permissions })),
    }),
  },
  {
    operation: 'addRole',
    method: 'POST',
    path: '/v1/roles',
    port: 'work',
    summary: 'Adds a role.',
    access: () => ({ action: 'create', target: { provider: 'Role' } }),
    body: role,
    refusals: { 400: ['access-role.name-invalid'], 409: ['access-role.name-taken'] },
    run: ({ keeper, body }) => changeAgent(keeper, (agent) => addRole(agent, body as Parameters<typeof addRole>[1])),
  },
  {
    operation: 'removeRole',
    method: 'DELETE',
    path: '/v1/roles/{name}',
    port: 'work',
    summary: 'Removes an own role that is not assigned.',
    access: ({ name = '' }) => ({ action: 'delete', target: { provider: 'Role', resource: name } }),
    params: named,
    refusals: { 404: ['access-role.unknown'], 409: ['access-role.built-in', 'access-role.assigned'] },
    run: ({ keeper, params }) => changeAgent(keeper, (agent) => removeRole(agent, params['name'] ?? '')),
  },
  {
    operation: 'listRoleAssignments',
    method: 'GET',
    path: '/v1/roleAssignments',
    port: 'work',
    summary: 'Lists which identity has which role, and where.',
    access: () => ({ action: 'read', target: { provider: 'RoleAssignment' } }),
    answer: z.array(assignment),
    run: ({ keeper }) => ({ status: 200, value: keeper.content.agent.assignments }),
  },
  {
    operation: 'assignRole',
    method: 'POST',
    path: '/v1/roleAssignments',
    port: 'work',
    summary: 'Assigns a role to an identity within a scope.',
    access: () => ({ action: 'create', target: { provider: 'RoleAssignment' } }),
    body: assignment,
    refusals: { 404: ['identity.unknown', 'access-role.unknown'] },
    run: ({ keeper, body }) => changeAgent(keeper, (agent) => assignRole(agent, body as z.infer<typeof assignment>)),
  },
  {
    operation: 'unassignRole',
    method: 'DELETE',
    path: '/v1/roleAssignments',
    port: 'work',
    summary: 'Removes the assignment with exactly this scope.',
    access: () => ({ action: 'delete', target: { provider: 'RoleAssignment' } }),
    body: assignment,
    refusals: { 404: ['access-role.not-assigned'] },
    run: ({ keeper, body }) => changeAgent(keeper, (agent) => unassignRole(agent, body as z.infer<typeof assignment>)),
  },
  {
    operation: 'mayDo',
    method: 'GET',
    path: '/v1/access',
    port: 'work',
    summary: 'Says whether an identity may do something, by which assignment, and what would allow it.',
    access: () => ({ action: 'read', target: { provider: 'RoleAssignment' } }),
    query: z.strictObject({
      identity: word,
      action: z.enum(ACCESS_ACTIONS),
      provider: z.enum(PROVIDER_TYPES),
      location: word.optional(),
      group: word.optional(),
      resource: word.optional(),
    }),
    answer: z.object({
      allowed: z.boolean(),
      reason: z.string(),
      by: assignment.optional(),
      needed: assignment.optional(),
    }),
    run: ({ keeper, query }) => {
      const { identity = '', action, ...target } = query;
      const question = { identity, action: action as AccessAction, target: target as unknown as AccessTarget };
      const decision = decideAccess(keeper.content.agent, question);
      const needed = suggestAssignment(keeper.content.agent, question, decision);
      return { status: 200, value: { ...decision, ...(needed && { needed }) } };
    },
  },
];

function resourceRoutes(type: ResourceType): Route[] {
  const all = `/v1/locations/{location}/groups/{group}/${COLLECTIONS[type]}`;
  const one = `${all}/{name}`;
  const access =
    (action: AccessAction): NonNullable<Route['access']> =>
    ({ location, group, name }) => ({ action, target: { provider: type, location, group, resource: name } });
  const readPlace = ({ location = '', group = '', name = '' }: Call['params']) => ({ type, location, group, name });
  const answer = z.object({
    type: z.literal(type),
    ...{ location: RESOURCE_NAME, group: RESOURCE_NAME, name: RESOURCE_NAME },
    version: z.int(),
    changedAt: moment,
    properties: resourceProperties[type],
  });
  const readAll = ({ keeper }: Call): Resources => mapResources(keeper.content);
  const group = { location: RESOURCE_NAME, group: RESOURCE_NAME };
  const place = z.object({ ...group, name: RESOURCE_NAME });
  return [
    {
      operation: `list${type}s`,
      method: 'GET',
      path: all,
      port: 'work',
      summary: `Lists the resources of type ${type} in a group.`,
      access: access('read'),
      params: z.object(group),
      answer: z.array(answer),
      run: (call) => ({ status: 200, value: listResources(readAll(call), readPlace(call.params)) }),
    },
    {
      operation: `show${type}`,
      method: 'GET',
      path: one,
      port: 'work',
      summary: `Returns a ${type}; its version is the ETag.`,
      access: access('read'),
      params: place,
      answer,
      refusals: { 404: ['not-found'] },
      hasTag: true,
      run: (call) => reply(200, findResource(readAll(call), readPlace(call.params))),
    },
    {
      operation: `put${type}`,
      method: 'PUT',
      path: one,
      port: 'work',
      summary: `Creates a ${type}, or changes the one with the version in \`If-Match\`.`,
      // The header decides, not whether the resource is there: that may change before the decision is on disk.
      access: (params, given) => access(given.hasVersion ? 'update' : 'create')(params, given),
      params: place,
      body: resourceProperties[type],
      answer,
      done: [200, 201],
      refusals: { 404: ['not-found'], 409: CONFLICTS[type], 412: ['version-differs'], 428: ['version-needed'] },
      isVersioned: true,
      hasTag: true,
      run: async (call) => {
        const draft = { ...readPlace(call.params), properties: call.body } as ResourceDraft;
        const { keeper, ports, version } = call;
        const resource = await keeper.change((content) => {
          const put = putResource(mapResources(content), draft, { version, now: ports.clock.now() });
          return { content: { ...content, resources: [...put.resources.values()] }, value: put.resource };
        });
        return reply(resource.version === 1 ? 201 : 200, resource);
      },
    },
    {
      operation: `delete${type}`,
      method: 'DELETE',
      path: one,
      port: 'work',
      summary: `Deletes the ${type} with the version in \`If-Match\`, if no other resource uses it.`,
      access: access('delete'),
      params: place,
      refusals: { 404: ['not-found'], 409: USES[type], 412: ['version-differs'], 428: ['version-needed'] },
      isVersioned: true,
      run: async (call) => {
        await call.keeper.change((content) => {
          const left = deleteResource(mapResources(content), readPlace(call.params), call.version);
          return { content: { ...content, resources: [...left.values()] }, value: undefined };
        });
        return { status: 204 };
      },
    },
  ];
}

function identityRoute(verb: 'rotate' | 'revoke' | 'reinstate'): Route {
  const route = {
    operation: `${verb}Identity`,
    method: 'POST',
    path: `/v1/identities/{name}/${verb}`,
    port: 'work',
    access: ({ name = '' }) => ({
      action: verb === 'reinstate' ? 'update' : verb,
      target: { provider: 'Identity', resource: name },
    }),
    params: named,
  } as const satisfies Partial<Route>;
  if (verb === 'revoke')
    return {
      ...route,
      summary: 'Refuses the token and the certificates of an identity from now on.',
      refusals: { 404: ['identity.unknown'] },
      run: ({ ports, keeper, params }) =>
        changeAgent(keeper, (_, agent) => revokeIdentity(ports, agent, params['name'] ?? '').state),
    };
  const change = verb === 'rotate' ? rotateOther : reinstateIdentity;
  return {
    ...route,
    summary:
      verb === 'rotate'
        ? 'Issues a new token. Earlier tokens are refused from then on; certificates stay valid.'
        : 'Lets a revoked identity log in again, with a new token.',
    answer: tokenReply,
    refusals: { 404: ['identity.unknown'], 409: [verb === 'rotate' ? 'identity.revoked' : 'identity.not-revoked'] },
    run: ({ ports, keeper, params }) => issueToken(keeper, (agent) => change(ports, agent, params['name'] ?? '')),
  };
}

/** The identity is not the caller's: that it is revoked refuses this call, but not the caller. */
function rotateOther(...[ports, agent, name]: Parameters<typeof rotateToken>): IdentityWithToken {
  if (identityNamed(agent.state, name).revokedAt !== undefined) throw createRefusal(409, 'identity.revoked');
  return rotateToken(ports, agent, name);
}

function reply(status: 200 | 201, resource: Resource): Reply {
  return { status, value: resource, version: resource.version };
}

const maps = new WeakMap<AgentContent['resources'], Resources>();

function mapResources({ resources }: AgentContent): Resources {
  const known = maps.get(resources);
  if (known !== undefined) return known;
  const map = new Map(resources.map((resource) => [resourceKey(resource), resource]));
  maps.set(resources, map);
  return map;
}

function replaceAgent(content: AgentContent, agent: AgentContent['agent']): AgentContent {
  return agent === content.agent ? content : { ...content, agent };
}

async function changeAgent(
  keeper: AgentKeeper,
  make: (state: AgentContent['agent'], agent: CloudAgent) => AgentContent['agent'],
): Promise<Reply> {
  await keeper.change((content, agent) => ({
    content: replaceAgent(content, make(content.agent, agent)),
    value: undefined,
  }));
  return { status: 204 };
}

async function certify(keeper: AgentKeeper, issue: (agent: CloudAgent) => ClientCertificate): Promise<Reply> {
  const { certificate, authorities } = await keeper.change((content, agent) => {
    const issued = issue(agent);
    return { content: replaceAgent(content, issued.state), value: issued };
  });
  const value = {
    certificate: encodePem('CERTIFICATE', certificate.der),
    authorities: authorities.map((der) => encodePem('CERTIFICATE', der)),
  };
  return { status: 200, value };
}

async function issueToken(
  keeper: AgentKeeper,
  make: (agent: CloudAgent) => IdentityWithToken,
  status: 200 | 201 = 200,
): Promise<Reply> {
  const { identity, token } = await keeper.change((content, agent) => {
    const made = make(agent);
    return { content: replaceAgent(content, made.state), value: made };
  });
  const { name, clientType, token: record } = identity;
  return { status, value: { identity: name, token, expiresAt: record.expiresAt, clientType } };
}

function viewIdentity(identity: Identity): z.infer<typeof identityReply> {
  const { name, clientType, autoRotate, token, revokedAt, certificates } = identity;
  return {
    name,
    clientType,
    autoRotate,
    tokenExpiresAt: token.expiresAt,
    revoked: revokedAt !== undefined,
    certificates: certificates.map((each) => ({
      serialNumber: each.serialHex,
      notAfter: each.notAfter,
      revoked: each.revokedAt !== undefined,
    })),
  };
}

/** Empty for anything but a request in PEM, which the engine refuses after it has checked who asks. */
function readRequest(body: unknown): Uint8Array {
  const [found] = readPem((body as { request: string }).request, { format: 'pem' }).requests;
  return found?.der ?? new Uint8Array();
}

function demand<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the server checks the caller first');
  return value;
}
