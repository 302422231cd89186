import { ROLE_IDS, type RoleId } from './credentials.ts';
import { ROLES } from './roles.ts';

/* Names of identities, subjects and files that reveal a role. `classify` first checks what the certificate allows. */

const BY_ENDING = Object.values(ROLES).flatMap(({ id, nameEnding }) =>
  nameEnding ? [{ id, pattern: nameEnding }] : [],
);
const BY_WORD = Object.values(ROLES)
  .flatMap(({ id, nameWord }) => (nameWord ? [{ id, ...nameWord }] : []))
  .sort((one, other) => one.order - other.order);

export function roleInName(name: string, part: 'ending' | 'word'): RoleId | undefined {
  const lower = name.toLowerCase();
  return (part === 'ending' ? BY_ENDING : BY_WORD).find(({ pattern }) => pattern.test(lower))?.id;
}

export function roleByClientType(clientType: string): RoleId | undefined {
  const lower = clientType.toLowerCase();
  return ROLE_IDS.find((id) => ROLES[id].clientType === lower);
}

/** Client types of an identity that an admin created and named. Source: microsoft/moc. */
export const ADMIN_CLIENT_TYPES = ['admin', 'externalclient'];

/** Groups that kubeadm binds to cluster-admin: `system:masters`, and since 1.29 `kubeadm:cluster-admins`. */
export const ADMIN_GROUPS = ['system:masters', 'kubeadm:cluster-admins'];

export const AUTHORITY_NAMES: ReadonlySet<string> = new Set(
  Object.values(ROLES).flatMap(({ usage, commonNames = [] }) => (usage === 'authority' ? commonNames : [])),
);

/** Captures the name of a file below `/etc/kubernetes/pki`, as in the row of its role. */
export const PKI_FILE = /\/kubernetes\/pki\/(?<name>[^.]+)\.(?:crt|cer|pem|der)$/u;

/** `kubeconfig-mgmt`, or `kubeconfig-clustergroup-management` in 2020 previews; copies may have a suffix. */
export const MANAGEMENT_FILE = /^kubeconfig-(?:mgmt|clustergroup-management)(?![a-z0-9])/u;

/** Name of the cloud agent's failover-cluster role: `ca-<guid>`, which is also the host name in its FQDN. */
export const CLOUD_AGENT_NAME = /^ca-[0-9a-f]{8}[0-9a-f-]*(?:\.|$)/u;

/** `<node>@<seconds since 1970>`: a kubelet's name in its self-signed serving certificate. */
export const SELF_SIGNED_KUBELET = /^[^@]+@\d+$/u;
