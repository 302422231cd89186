/*
 * Rights at the cloud agent: roles list permissions, and assignments grant roles to identities within a scope. They are
 * stored as read, since the server that evaluates them is not public. Source: microsoft/moc, rpc/cloudagent/security
 * (Role, Permission, Action, RoleAssignment) and rpc/common (Scope).
 */

/**
 * The article names the first four; the others are operations on certificates, identities and keys. Source:
 * microsoft/moc, `ProviderAccessOperation`, `Operation`.
 */
export const ACCESS_ACTIONS = [
  ...['create', 'read', 'update', 'delete'],
  ...['sign', 'renew', 'revoke', 'rotate', 'import', 'export'],
] as const;
type AccessAction = (typeof ACCESS_ACTIONS)[number];

/**
 * The value `PublicIPAddress` is known only from the roles for that type. Source: microsoft/moc,
 * rpc/common/moc_common_common.proto, `ProviderType`.
 */
export const PROVIDER_TYPES = [
  ...['VirtualMachine', 'VirtualMachineScaleSet', 'LoadBalancer', 'VirtualNetwork'],
  ...['VirtualHardDisk', 'GalleryImage', 'VirtualMachineImage', 'NetworkInterface'],
  ...['Certificate', 'Key', 'Secret', 'KeyVault', 'Identity', 'Role', 'RoleAssignment'],
  ...['Kubernetes', 'Cluster', 'ControlPlane', 'Group', 'Node', 'Location'],
  ...['StorageContainer', 'StorageFile', 'StorageDirectory', 'Subscription'],
  ...['VipPool', 'MacPool', 'EtcdCluster', 'EtcdServer', 'BareMetalMachine'],
  ...['CredentialMonitor', 'Logging', 'Recovery', 'Debug', 'BareMetalHost'],
  ...['Authentication', 'HealthMonitor', 'LogicalNetwork', 'AvailabilitySet'],
  ...['NetworkSecurityGroup', 'PublicIPAddress'],
] as const;
type ProviderType = (typeof PROVIDER_TYPES)[number];
type AnyProvider = ProviderType | 'AnyProvider';

/** `write`: create and update; `all`: every action. */
interface Grant {
  operation: AccessAction | 'write' | 'all';
  provider: AnyProvider;
}

/** `notActions` are subtracted from `actions`. */
interface Permission {
  actions: readonly Grant[];
  notActions: readonly Grant[];
}

export interface Role {
  name: string;
  /** An action is allowed if any permission allows it. */
  permissions: readonly Permission[];
}

/** Every given field must match. */
interface AccessScope {
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
