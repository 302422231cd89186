import {
  ACCESS_ACTIONS,
  ACCESS_REASONS,
  isSameAssignment,
  isInScope,
  judgeRole,
  accessActions,
  PROVIDER_TYPES,
  type AccessAction,
  type AccessDecision,
  type AccessQuestion,
  type AccessReason,
  type ProviderType,
  type Right,
  type Role,
  type RoleAssignment,
} from '../model/access.ts';
import { BUILT_IN_ROLES } from '../model/access-roles.ts';
import { identityNameFault, MAX_IDENTITY_NAME_LENGTH, type CloudAgentState } from '../model/identity.ts';
import { nearestName } from '../../knowledge/model/edit-distance.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { identityNamed } from './cloud-agent.ts';

/** Lists the admin's own roles first: one in a file made elsewhere hides a built-in role with the same name. */
export function listAccessRoles({ roles }: CloudAgentState): readonly Role[] {
  return [...roles, ...BUILT_IN_ROLES.filter(({ name }) => !roles.some((own) => own.name === name))];
}

/** Returns the role with this name. Throws `access-role.unknown`. */
export function roleNamed(state: CloudAgentState, name: string): Role {
  const role = findRole(state, name);
  if (role !== undefined) return role;
  const names = listAccessRoles(state).map((each) => each.name);
  const nearest = nearestName(name, names);
  throw new ConsoleError('access-role.unknown', { role: name, nearest: nearest ?? 'none' });
}

function findRole({ roles }: CloudAgentState, name: string): Role | undefined {
  const isNamed = (role: Role): boolean => role.name === name;
  return roles.find(isNamed) ?? BUILT_IN_ROLES.find(isNamed);
}

/**
 * Decides whether an identity may do something. Assignments add up: one that allows the action suffices, even if another
 * role excludes it. Source: inferred from Azure RBAC, where `notActions` only narrow their own role.
 */
export function decideAccess(state: CloudAgentState, question: AccessQuestion): AccessDecision {
  const { identity: name, action, target } = question;
  const identity = state.identities.find((each) => each.name === name);
  if (identity === undefined) return { allowed: false, reason: 'identity-unknown' };
  if (identity.revokedAt !== undefined) return { allowed: false, reason: 'identity-revoked' };
  let nearest: { reason: AccessReason; by?: RoleAssignment } = { reason: 'no-assignment' };
  for (const by of state.assignments.filter((each) => each.identity === name)) {
    const role = findRole(state, by.role);
    const verdict = role === undefined ? 'role-unknown' : judgeRole(role, action, target.provider);
    const reason = verdict === 'granted' && !isInScope(target, by.scope) ? 'out-of-scope' : verdict;
    if (reason === 'granted') return { allowed: true, reason, by };
    if (ACCESS_REASONS.indexOf(reason) > ACCESS_REASONS.indexOf(nearest.reason)) nearest = { reason, by };
  }
  return { allowed: false, ...nearest };
}

export interface IdentityDecision extends AccessDecision {
  identity: string;
}

/** Decides for every identity. */
export function decideForAll(state: CloudAgentState, question: Omit<AccessQuestion, 'identity'>): IdentityDecision[] {
  return state.identities.map(({ name }) => ({
    identity: name,
    ...decideAccess(state, { ...question, identity: name }),
  }));
}

/**
 * Returns the assignment that would allow what was refused: the same role where the scope alone is too narrow, otherwise
 * the role that allows the least besides. An identity that is unknown or revoked needs something else first.
 */
export function suggestAssignment(
  state: CloudAgentState,
  { identity, action, target }: AccessQuestion,
  { allowed, reason, by }: AccessDecision,
): RoleAssignment | undefined {
  if (allowed || reason === 'identity-unknown' || reason === 'identity-revoked') return undefined;
  const role = reason === 'out-of-scope' ? by?.role : findLeastRole(listAccessRoles(state), action, target.provider);
  return role === undefined ? undefined : { identity, role, scope: target };
}

/** Returns the name of the role that allows this action and the least besides. */
function findLeastRole(roles: readonly Role[], action: AccessAction, provider: ProviderType): string | undefined {
  const breadth = (role: Role): number =>
    PROVIDER_TYPES.flatMap((each) => ACCESS_ACTIONS.filter((other) => judgeRole(role, other, each) === 'granted'))
      .length;
  const granting = roles.filter((role) => judgeRole(role, action, provider) === 'granted');
  const [least] = granting.map((role) => ({ role, size: breadth(role) })).sort((one, other) => one.size - other.size);
  return least?.role.name;
}

/** Lists what an identity may do, in any scope. */
export function listRights(state: CloudAgentState, identity: string): Right[] {
  const assignments = state.assignments.filter((each) => each.identity === identity);
  const isAllowed = (target: RoleAssignment['scope'] & { provider: ProviderType }, action: AccessAction): boolean =>
    decideAccess(state, { identity, action, target }).allowed;
  return PROVIDER_TYPES.map((provider) => {
    const known = accessActions(provider);
    const actions = known.filter((action) => isAllowed({ provider }, action));
    const limited = known.filter(
      (action) =>
        !actions.includes(action) && assignments.some(({ scope }) => isAllowed({ ...scope, provider }, action)),
    );
    return { provider, actions, limited };
  }).filter(({ actions, limited }) => actions.length + limited.length > 0);
}

/**
 * Adds an assignment, once. Throws `identity.unknown` or `access-role.unknown`. Source: New-MocRoleAssignment (Microsoft
 * documentation on multiple administrators).
 */
export function assignRole(state: CloudAgentState, assignment: RoleAssignment): CloudAgentState {
  identityNamed(state, assignment.identity);
  roleNamed(state, assignment.role);
  const isThere = state.assignments.some((each) => isSameAssignment(each, assignment));
  return isThere ? state : { ...state, assignments: [...state.assignments, assignment] };
}

/** Removes the assignment with exactly this scope. Throws `access-role.not-assigned`. */
export function unassignRole(state: CloudAgentState, assignment: RoleAssignment): CloudAgentState {
  const assignments = state.assignments.filter((each) => !isSameAssignment(each, assignment));
  const { identity, role } = assignment;
  if (assignments.length === state.assignments.length)
    throw new ConsoleError('access-role.not-assigned', { identity, role });
  return { ...state, assignments };
}

/** Throws `access-role.name-invalid` or `access-role.name-taken`, which also protects the built-in roles. */
export function addRole(state: CloudAgentState, { name, permissions }: Role): CloudAgentState {
  const fault = identityNameFault(name);
  if (fault !== undefined)
    throw new ConsoleError('access-role.name-invalid', { fault, longest: MAX_IDENTITY_NAME_LENGTH });
  const isTaken = listAccessRoles(state).some((each) => each.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new ConsoleError('access-role.name-taken', { role: name });
  return { ...state, roles: [...state.roles, { name, permissions }] };
}

/** Throws `access-role.unknown`, `access-role.built-in`, or `access-role.assigned` while an identity has the role. */
export function removeRole(state: CloudAgentState, name: string): CloudAgentState {
  const role = roleNamed(state, name);
  if (!state.roles.includes(role)) throw new ConsoleError('access-role.built-in', { role: name });
  const holders = state.assignments.filter((each) => each.role === name).map(({ identity }) => identity);
  if (holders.length > 0)
    throw new ConsoleError('access-role.assigned', {
      role: name,
      count: holders.length,
      identities: [...new Set(holders)].join(', '),
    });
  return { ...state, roles: state.roles.filter((each) => each !== role) };
}
