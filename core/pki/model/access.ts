import type { Citation } from '../../shared/citation.ts';

/*
 * Rights at the cloud agent: a role lists permissions, and an assignment grants a role to an identity within a scope.
 * Source: microsoft/moc, rpc/cloudagent/security/role and roleassignment (Role, Permission, Action, RoleAssignment), and
 * rpc/common/moc_common_security.proto (Scope). The server that decides is not public: how the parts work together is
 * inferred from their names and from Azure RBAC.
 */

/**
 * The article names the first four; the others are operations on certificates, identities and keys. Source:
 * microsoft/moc, rpc/common/moc_common_common.proto, `ProviderAccessOperation`. Operations that use a key or run a
 * virtual machine are left out.
 */
export const ACCESS_ACTIONS = [
  ...(['create', 'read', 'update', 'delete'] as const),
  ...(['sign', 'renew', 'revoke', 'rotate', 'import', 'export'] as const),
] as const;
export type AccessAction = (typeof ACCESS_ACTIONS)[number];

/** Source: microsoft/moc, rpc/common/moc_common_common.proto, `ProviderType`. */
export const PROVIDER_TYPES = [
  ...(['VirtualMachine', 'VirtualMachineScaleSet', 'LoadBalancer', 'VirtualNetwork'] as const),
  ...(['VirtualHardDisk', 'GalleryImage', 'VirtualMachineImage', 'NetworkInterface'] as const),
  ...(['Certificate', 'Key', 'Secret', 'KeyVault', 'Identity', 'Role', 'RoleAssignment'] as const),
  ...(['Kubernetes', 'Cluster', 'ControlPlane', 'Group', 'Node', 'Location'] as const),
  ...(['StorageContainer', 'StorageFile', 'StorageDirectory', 'Subscription'] as const),
  ...(['VipPool', 'MacPool', 'EtcdCluster', 'EtcdServer', 'BareMetalMachine'] as const),
  ...(['CredentialMonitor', 'Logging', 'Recovery', 'Debug', 'BareMetalHost'] as const),
  ...(['Authentication', 'HealthMonitor', 'LogicalNetwork', 'AvailabilitySet'] as const),
  ...(['NetworkSecurityGroup', 'Zone', 'PlacementGroup', 'PublicIPAddress'] as const),
] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

export const ANY_PROVIDERS = [...PROVIDER_TYPES, 'AnyProvider'] as const;
export type AnyProvider = (typeof ANY_PROVIDERS)[number];

/** `write`: create and update; `all`: every action. Source: microsoft/moc, `GeneralAccessOperation`. */
export const GRANT_OPERATIONS = [...ACCESS_ACTIONS, 'write', 'all'] as const;

export interface Grant {
  operation: (typeof GRANT_OPERATIONS)[number];
  provider: AnyProvider;
}

/** `notActions` are subtracted from `actions`. */
export interface Permission {
  actions: readonly Grant[];
  notActions: readonly Grant[];
}

export interface Role {
  name: string;
  /** An action is allowed if any permission allows it. */
  permissions: readonly Permission[];
  /** Only for built-in roles. */
  citation?: Citation;
}

export const SCOPE_FIELDS = ['location', 'group', 'provider', 'resource'] as const;

/** Every given field must match. */
export interface AccessScope {
  location?: string | undefined;
  group?: string | undefined;
  provider?: AnyProvider | undefined;
  resource?: string | undefined;
}

export interface RoleAssignment {
  identity: string;
  role: string;
  scope: AccessScope;
}

/** One resource, or with fewer fields all resources of this type in a group, in a location or anywhere. */
export interface AccessTarget {
  provider: ProviderType;
  location?: string | undefined;
  group?: string | undefined;
  resource?: string | undefined;
}

export interface AccessQuestion {
  identity: string;
  action: AccessAction;
  target: AccessTarget;
}

/**
 * Texts: `access.reason.<reason>`. If no assignment allows the action, the reason is that of the assignment that came
 * closest, in this order.
 */
export const ACCESS_REASONS = [
  ...(['identity-unknown', 'identity-revoked', 'no-assignment'] as const),
  ...(['role-unknown', 'not-granted', 'excluded', 'out-of-scope', 'granted'] as const),
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

export interface AccessDecision {
  allowed: boolean;
  reason: AccessReason;
  /** The assignment that allows the action or came closest. */
  by?: RoleAssignment;
}

export interface Right {
  provider: ProviderType;
  /** Allowed everywhere. */
  actions: readonly AccessAction[];
  /** Allowed only within a scope. */
  limited: readonly AccessAction[];
}

/** Some operations exist for a few types only. Source: microsoft/moc, `ProviderAccessOperation`. */
export function accessActions(provider: ProviderType): readonly AccessAction[] {
  const general = ACCESS_ACTIONS.slice(0, 4);
  if (provider === 'Certificate') return [...general, 'sign', 'renew'];
  if (provider === 'Identity') return [...general, 'renew', 'revoke', 'rotate'];
  if (provider === 'Key') return [...general, 'sign', 'rotate', 'import', 'export'];
  return general;
}

export function judgeRole(
  { permissions }: Role,
  action: AccessAction,
  provider: ProviderType,
): 'not-granted' | 'excluded' | 'granted' {
  const covers = (grant: Grant): boolean => isCovered(grant, action, provider);
  const granting = permissions.filter(({ actions }) => actions.some(covers));
  if (granting.length === 0) return 'not-granted';
  return granting.some(({ notActions }) => !notActions.some(covers)) ? 'granted' : 'excluded';
}

function isCovered(grant: Grant, action: AccessAction, provider: ProviderType): boolean {
  if (grant.provider !== 'AnyProvider' && grant.provider !== provider) return false;
  if (grant.operation === 'all') return true;
  if (grant.operation === 'write') return action === 'create' || action === 'update';
  return grant.operation === action;
}

/**
 * A target that lacks a field of the scope is outside it: an identity that may read one group may not read all groups.
 * Names are compared exactly.
 */
export function isInScope(target: AccessTarget, scope: AccessScope): boolean {
  return SCOPE_FIELDS.every((field) => {
    const limit = scope[field];
    return limit === undefined || limit === target[field] || (field === 'provider' && limit === 'AnyProvider');
  });
}

export function isSameAssignment(one: RoleAssignment, other: RoleAssignment): boolean {
  return (
    one.identity === other.identity &&
    one.role === other.role &&
    SCOPE_FIELDS.every((field) => one.scope[field] === other.scope[field])
  );
}
