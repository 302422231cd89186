/*
 * Who may do what at the cloud agent: a role is a list of permissions, an assignment gives it to an identity within a
 * scope. Kept with an authority as they were read; the server that decides by them is not public. Source: microsoft/moc,
 * rpc/cloudagent/security (Role, Permission, Action, RoleAssignment) and rpc/common (Scope).
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
type AccessAction = (typeof ACCESS_ACTIONS)[number];

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
type ProviderType = (typeof PROVIDER_TYPES)[number];
type AnyProvider = ProviderType | 'AnyProvider';

/** An operation on a kind of resource. `write` is create and update; `all` is every action there is. */
interface Grant {
  operation: AccessAction | 'write' | 'all';
  provider: AnyProvider;
}

/** What `actions` grant, minus what `notActions` take away again. */
interface Permission {
  actions: readonly Grant[];
  notActions: readonly Grant[];
}

export interface Role {
  name: string;
  /** Anything that any of them allows is allowed. */
  permissions: readonly Permission[];
}

/** Limits an assignment to what matches every given field; without any it applies everywhere. */
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
