import type { ProfileId } from '../../pki/model/profile.ts';
import { assignRole } from '../../pki/identities/roles.ts';
import type { CloudAgentState } from '../../pki/model/identity.ts';

/** The lab's own choice: which roles the product gives its clients is not public. */
const ROLES: Partial<Record<ProfileId, readonly string[]>> = {
  mocctl: ['Owner'],
  kvactl: ['Owner'],
  caph: ['Contributor'],
  'cloud-operator': ['Contributor'],
  'node-agent': ['NodeContributor', 'Reader'],
  'kms-plugin': ['KeyReader'],
  csi: ['VirtualHardDiskContributor', 'VMUpdater'],
  'cert-manager': ['CertificateSigner'],
  'cloud-provider': ['LBContributor', 'NetworkInterfaceReader', 'VirtualNetworkReader'],
  'load-balancer': ['LBReader'],
};

export function assignLabRoles(state: CloudAgentState): CloudAgentState {
  let assigned = state;
  for (const { name: identity, profile } of state.identities)
    for (const role of ROLES[profile] ?? [])
      assigned = assignRole(assigned, { identity, role, scope: role === 'Owner' ? {} : { location: state.location } });
  return assigned;
}
