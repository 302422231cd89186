import type { AnyProvider, Grant, ProviderType, Role } from './access.ts';
import type { Citation } from '../../shared/citation.ts';

/*
 * The roles built into the cloud agent. Their names, each with a comment on its purpose, are public; their permissions
 * are not. Here the comments are written as grants; `inferred` where a grant goes beyond the words of its comment.
 */

const COMMENT: Citation = { certainty: 'from-code', work: 'microsoft/moc', place: 'common/roles.go' };
const INFERRED: Citation = { ...COMMENT, certainty: 'inferred' };

const grants = (operation: Grant['operation'], ...providers: AnyProvider[]): Grant[] =>
  providers.map((provider) => ({ operation, provider }));

function role(name: string, actions: Grant[], { notActions = [] as Grant[], citation = COMMENT } = {}): Role {
  return { name, permissions: [{ actions, notActions }], citation };
}

/** The roles `…Contributor` and `…Reader` exist for these types, under the name of the type or another prefix. */
const PAIRS: readonly (ProviderType | readonly [prefix: string, ProviderType])[] = [
  ...(['Location', 'Group', 'MacPool', 'VipPool', 'GalleryImage', 'ControlPlane', 'StorageContainer'] as const),
  ...(['NetworkInterface', 'NetworkSecurityGroup', 'PublicIPAddress', 'VirtualMachineImage'] as const),
  ...(['BareMetalMachine', 'VirtualNetwork', 'LogicalNetwork', 'VirtualHardDisk', 'Kubernetes'] as const),
  ...(['EtcdCluster', 'EtcdServer', 'Identity', 'Certificate', 'KeyVault', 'Secret'] as const),
  ...(['AvailabilitySet', 'Zone', 'PlacementGroup', ['VM', 'VirtualMachine']] as const),
  ['VMSS', 'VirtualMachineScaleSet'],
];

export const BUILT_IN_ROLES: readonly Role[] = [
  role('Owner', grants('all', 'AnyProvider')),
  // The comment excludes creation and assignment only; Azure's Contributor may not change or delete them either.
  role('Contributor', grants('all', 'AnyProvider'), {
    notActions: [...grants('write', 'Role', 'RoleAssignment'), ...grants('delete', 'Role', 'RoleAssignment')],
    citation: INFERRED,
  }),
  role('Reader', grants('read', 'AnyProvider')),
  ...PAIRS.flatMap((pair) => {
    const [prefix, provider] = typeof pair === 'string' ? [pair, pair] : pair;
    return [role(`${prefix}Contributor`, grants('all', provider)), role(`${prefix}Reader`, grants('read', provider))];
  }),
  ...(['Node', 'Cluster'] as const).flatMap((provider) => [
    role(`${provider}Contributor`, [...grants('create', provider), ...grants('read', provider)]),
    role(`${provider}Reader`, grants('read', provider)),
  ]),
  role('LBContributor', grants('all', 'LoadBalancer')),
  role('LBReader', grants('read', 'LoadBalancer', 'NetworkInterface')),
  role('RoleContributor', grants('all', 'Role', 'RoleAssignment')),
  // Its comment repeats that of RoleContributor; the name says otherwise.
  role('RoleReader', grants('read', 'Role', 'RoleAssignment'), { citation: INFERRED }),
  role('KeyContributor', grants('all', 'Key'), {
    notActions: [...grants('import', 'Key'), ...grants('export', 'Key')],
  }),
  role('KeyReader', grants('read', 'Key')),
  role('KeyImportContributor', grants('import', 'Key')),
  role('KeyExportContributor', grants('export', 'Key')),
  role('VMUpdater', grants('update', 'VirtualMachine')),
  role('CertificateSigner', [...grants('sign', 'Certificate'), ...grants('renew', 'Certificate')]),
  role('HealthReader', grants('read', 'HealthMonitor'), { citation: INFERRED }),
];
