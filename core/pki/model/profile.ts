import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ProfileRow } from './profile-row.ts';
import { KUBERNETES_ROOTS, NODE_PROFILES } from './profiles-kubernetes.ts';
import { CLOUD_AGENT_CA, CLOUD_AGENT_SERVER, IDENTITY_PROFILES } from './profiles-moc.ts';

/**
 * Every kind of certificate that the engine can issue, named after kubeadm's files and Microsoft's components. Source:
 * the article; Microsoft documentation of Update-AksHciCertificates; kubeadm.
 */
export const PROFILE_ROWS = {
  ...KUBERNETES_ROOTS,
  'cloud-agent-ca': CLOUD_AGENT_CA,
  ...NODE_PROFILES,
  'cloud-agent-server': CLOUD_AGENT_SERVER,
  ...IDENTITY_PROFILES,
};
export type ProfileId = keyof typeof PROFILE_ROWS;
export const PROFILE_IDS = Object.keys(PROFILE_ROWS) as readonly ProfileId[];

export type ClusterRootId = keyof typeof KUBERNETES_ROOTS;
export const CLUSTER_ROOT_IDS = Object.keys(KUBERNETES_ROOTS) as readonly ClusterRootId[];

export const NODE_PROFILE_IDS = Object.keys(NODE_PROFILES) as readonly (keyof typeof NODE_PROFILES)[];

export type IdentityProfileId = keyof typeof IDENTITY_PROFILES;
export const IDENTITY_PROFILE_IDS = Object.keys(IDENTITY_PROFILES) as readonly IdentityProfileId[];

export interface Profile extends ProfileRow<ProfileId> {
  id: ProfileId;
  role: RoleId;
}

/** Lists the CAs that may sign the certificate, the default first; empty for roots. */
export function listSigners({ issuer: { value }, otherIssuer }: Profile): ProfileId[] {
  return value === 'self' ? [] : [value, ...(otherIssuer === undefined ? [] : [otherIssuer.value])];
}

/** Returns the full path. Sources: the article, and kubeadm. */
export function profilePath(file: string | { pki: string } | { kubeconfig: string }): string {
  if (typeof file === 'string') return file;
  return 'pki' in file ? `/etc/kubernetes/pki/${file.pki}.crt` : `/etc/kubernetes/${file.kubeconfig}`;
}
