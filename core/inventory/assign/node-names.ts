import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';

/** Kubernetes, "Node authorization": the user name of a kubelet is `system:node:<node>`. */
const KUBELET_USER = 'system:node:';

/** Returns the lower-case names of a credential's node: none or several if the node is uncertain. */
export function nodeNamesIn(
  credential: { kind: 'token' } | { kind: 'certificate'; role: RoleId; facts: CertificateFacts },
) {
  if (credential.kind === 'token') return [];
  const { role, facts } = credential;
  const cn = facts.subject.cn?.toLowerCase() ?? '';
  if (cn.startsWith(KUBELET_USER)) return [cn.slice(KUBELET_USER.length)];
  if (cn !== '' && ROLES[role].isNamedAfterNode) return [cn];
  // kubeadm adds the node's name to the API server's certificate, beside `kubernetes` and names that begin with it.
  if (role !== 'apiserver') return [];
  return facts.sans.dns.map((name) => name.toLowerCase()).filter((name) => !/^kubernetes(?:\.|$)/u.test(name));
}
