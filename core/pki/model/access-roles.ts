import type { AnyProvider, Grant, Permission, ProviderType, Role } from './access.ts';
import type { Citation } from '../../shared/citation.ts';

/*
 * The roles built into the cloud agent. Their names and purposes are public, their permissions are not: the comment of
 * each name is expressed as grants here, and where these go beyond its words, the certainty is `inferred`.
 */

const NAMES: Citation = { certainty: 'from-code', work: 'microsoft/moc', place: 'common/roles.go' };
const INFERRED: Citation = { ...NAMES, certainty: 'inferred' };

const grants = (operation: Grant['operation'], ...providers: AnyProvider[]): Grant[] =>
  providers.map((provider) => ({ operation, provider }));

const permission = (actions: Grant[], notActions: Grant[] = []): Permission => ({ actions, notActions });

const role = (name: string, citation: Citation, ...actions: Grant[]): Role => ({
  name,
  permissions: [permission(actions)],
  citations: [citation],
});

/** Prefixes of role names that exist as `…Contributor` and `…Reader`, with the resources that each concerns. */
const PAIRS = [
  ['Location', 'Location'],
  ['Group', 'Group'],
  ['MacPool', 'MacPool'],
  ['VipPool', 'VipPool'],
  ['GalleryImage', 'GalleryImage'],
  ['ControlPlane', 'ControlPlane'],
  ['StorageContainer', 'StorageContainer'],
  ['NetworkInterface', 'NetworkInterface'],
  ['NetworkSecurityGroup', 'NetworkSecurityGroup'],
  ['PublicIPAddress', 'PublicIPAddress'],
  ['VM', 'VirtualMachine'],
  ['VirtualMachineImage', 'VirtualMachineImage'],
  ['VMSS', 'VirtualMachineScaleSet'],
  ['BareMetalMachine', 'BareMetalMachine'],
  ['VirtualNetwork', 'VirtualNetwork'],
  ['LogicalNetwork', 'LogicalNetwork'],
  ['VirtualHardDisk', 'VirtualHardDisk'],
  ['Kubernetes', 'Kubernetes'],
  ['EtcdCluster', 'EtcdCluster'],
  ['EtcdServer', 'EtcdServer'],
  ['Identity', 'Identity'],
  ['Certificate', 'Certificate'],
  ['KeyVault', 'KeyVault'],
  ['Key', 'Key'],
  ['Secret', 'Secret'],
  ['AvailabilitySet', 'AvailabilitySet'],
] as const satisfies readonly (readonly [string, ProviderType])[];

/**
 * Every built-in role once. `Contributor` may read roles and assignments but not change them, as in Azure; nodes and
 * clusters can only be created and read; the reader of load balancers also reads network interfaces.
 */
export const BUILT_IN_ROLES: readonly Role[] = [
  role('Owner', NAMES, ...grants('all', 'AnyProvider')),
  {
    name: 'Contributor',
    permissions: [
      permission(grants('all', 'AnyProvider'), [
        ...grants('write', 'Role', 'RoleAssignment'),
        ...grants('delete', 'Role', 'RoleAssignment'),
      ]),
    ],
    citations: [INFERRED],
  },
  role('Reader', NAMES, ...grants('read', 'AnyProvider')),
  ...PAIRS.flatMap(([name, provider]) => [
    role(`${name}Contributor`, NAMES, ...grants('all', provider)),
    role(`${name}Reader`, NAMES, ...grants('read', provider)),
  ]),
  ...(['Node', 'Cluster'] as const).flatMap((provider) => [
    role(`${provider}Contributor`, NAMES, ...grants('create', provider), ...grants('read', provider)),
    role(`${provider}Reader`, NAMES, ...grants('read', provider)),
  ]),
  role('LBContributor', NAMES, ...grants('all', 'LoadBalancer')),
  role('LBReader', NAMES, ...grants('read', 'LoadBalancer', 'NetworkInterface')),
  role('RoleContributor', NAMES, ...grants('all', 'Role', 'RoleAssignment')),
  // Its comment in the code is that of RoleContributor; the name shows what is meant.
  role('RoleReader', INFERRED, ...grants('read', 'Role', 'RoleAssignment')),
  role('VMUpdater', NAMES, ...grants('update', 'VirtualMachine')),
  role('CertificateSigner', NAMES, ...grants('sign', 'Certificate'), ...grants('renew', 'Certificate')),
  role('KeyImportContributor', INFERRED, ...grants('import', 'Key')),
  role('KeyExportContributor', INFERRED, ...grants('export', 'Key')),
  role('HealthReader', INFERRED, ...grants('read', 'HealthMonitor')),
];
