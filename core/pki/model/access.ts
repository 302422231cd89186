import type { Citation } from '../../shared/citation.ts';

/*
 * Who may do what at the cloud agent: a role is a list of permissions, an assignment gives it to an identity within a
 * scope. Source: microsoft/moc, rpc/cloudagent/security (Role, Permission, Action, RoleAssignment) and rpc/common (Scope);
 * the server that decides is not public, so how these work together is inferred from their names and from Azure's RBAC.
 */

/**
 * The action that a client requests. The first four are named in the article; the others are the operations of
 * certificates, identities and keys that the public code lists by name. Source: microsoft/moc,
 * `ProviderAccessOperation`, `Operation`.
 */
export const ACCESS_ACTIONS = [
  ...(['create', 'read', 'update', 'delete'] as const),
  ...(['sign', 'renew', 'revoke', 'rotate', 'import', 'export'] as const),
] as const;
export type AccessAction = (typeof ACCESS_ACTIONS)[number];

/**
 * Kinds of resources, spelled as in the public code. `PublicIPAddress` is known only from its roles. Source:
 * microsoft/moc, rpc/common/moc_common_common.proto, `ProviderType`.
 */
export const PROVIDER_TYPES = [
  ...(['VirtualMachine', 'VirtualMachineScaleSet', 'LoadBalancer', 'VirtualNetwork'] as const),
  ...(['VirtualHardDisk', 'GalleryImage', 'VirtualMachineImage', 'NetworkInterface'] as const),
  ...(['Certificate', 'Key', 'Secret', 'KeyVault', 'Identity', 'Role', 'RoleAssignment'] as const),
  ...(['Kubernetes', 'Cluster', 'ControlPlane', 'Group', 'Node', 'Location'] as const),
  ...(['StorageContainer', 'StorageFile', 'StorageDirectory', 'Subscription'] as const),
  ...(['VipPool', 'MacPool', 'EtcdCluster', 'EtcdServer', 'BareMetalMachine'] as const),
  ...(['CredentialMonitor', 'Logging', 'Recovery', 'Debug', 'BareMetalHost'] as const),
  ...(['Authentication', 'HealthMonitor', 'LogicalNetwork', 'AvailabilitySet'] as const),
  ...(['NetworkSecurityGroup', 'PublicIPAddress'] as const),
] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];
export type AnyProvider = ProviderType | 'AnyProvider';

/** An operation on a kind of resource. `write` is create and update; `all` is every action there is. */
export interface Grant {
  operation: AccessAction | 'write' | 'all';
  provider: AnyProvider;
}

/** What `actions` grant, minus what `notActions` take away again. */
export interface Permission {
  actions: readonly Grant[];
  notActions: readonly Grant[];
}

export interface Role {
  name: string;
  /** Anything that any of them allows is allowed. */
  permissions: readonly Permission[];
  /** Absent for roles that an admin made. */
  citations?: readonly Citation[];
}

/** Limits an assignment to what matches every given field; without any it applies everywhere. */
export interface AccessScope {
  location?: string;
  group?: string;
  provider?: AnyProvider;
  resource?: string;
}

export interface RoleAssignment {
  identity: string;
  role: string;
  scope: AccessScope;
}

/** One resource or, with fewer fields, all of its kind in a group, in a location or anywhere. */
export interface AccessTarget {
  provider: ProviderType;
  location?: string;
  group?: string;
  resource?: string;
}

/**
 * Why access was granted or refused; text in the catalogues as `access.<reason>`. If several assignments refuse, the
 * one that came closest is reported, in this order.
 */
export const ACCESS_REASONS = [
  'no-assignment',
  'unknown-role',
  'out-of-scope',
  'not-granted',
  'excluded',
  'granted',
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

export interface AccessDecision {
  allowed: boolean;
  reason: AccessReason;
  /** The assignment that allows it, or the one that came closest; absent when the identity has none. */
  by?: RoleAssignment;
}

export interface AccessQuestion {
  identity: string;
  /** Of every identity; those of others are ignored. */
  assignments: readonly RoleAssignment[];
  roles: readonly Role[];
  action: AccessAction;
  target: AccessTarget;
}

/**
 * Whether an identity may do something. Assignments add up: the first that allows it decides, and what one role
 * excludes another may still grant. Names are compared exactly.
 */
export function mayDo(question: AccessQuestion): AccessDecision {
  let nearest: AccessDecision = { allowed: false, reason: 'no-assignment' };
  for (const assignment of question.assignments) {
    if (assignment.identity !== question.identity) continue;
    const reason = reasonBy(assignment, question);
    if (reason === 'granted') return { allowed: true, reason, by: assignment };
    if (nearness(reason) > nearness(nearest.reason)) nearest = { allowed: false, reason, by: assignment };
  }
  return nearest;
}

function nearness(reason: AccessReason): number {
  return ACCESS_REASONS.indexOf(reason);
}

function reasonBy({ role: roleName, scope }: RoleAssignment, { roles, action, target }: AccessQuestion): AccessReason {
  const role = roles.find(({ name }) => name === roleName);
  if (role === undefined) return 'unknown-role';
  if (!isWithin(target, scope)) return 'out-of-scope';
  const covers = (grant: Grant): boolean => isCovered(grant, action, target.provider);
  const granting = role.permissions.filter(({ actions }) => actions.some(covers));
  if (granting.length === 0) return 'not-granted';
  return granting.some(({ notActions }) => !notActions.some(covers)) ? 'granted' : 'excluded';
}

/**
 * Whether a target matches a scope in every field that the scope gives. A target that lacks a field is not within a
 * narrower scope: an identity that may read one group may not read all of them.
 */
function isWithin(target: AccessTarget, scope: AccessScope): boolean {
  const isSame = (limit: string | undefined, value: string | undefined): boolean =>
    limit === undefined || limit === value;
  return (
    isSame(scope.location, target.location) &&
    isSame(scope.group, target.group) &&
    (scope.provider === 'AnyProvider' || isSame(scope.provider, target.provider)) &&
    isSame(scope.resource, target.resource)
  );
}

function isCovered(grant: Grant, action: AccessAction, provider: ProviderType): boolean {
  if (grant.provider !== 'AnyProvider' && grant.provider !== provider) return false;
  if (grant.operation === 'all') return true;
  if (grant.operation === 'write') return action === 'create' || action === 'update';
  return grant.operation === action;
}
