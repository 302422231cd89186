import type { CertificateFacts } from '../certificates/certificate.ts';
import { MINUTE_MS } from '../instant.ts';
import type { RevocableCertificate } from './entry.ts';

/** Source: `KUBEADM_BACKDATING` in `core/knowledge`. */
export const BACKDATING_MS = 5 * MINUTE_MS;

export function getRevocable(facts: CertificateFacts, exempt: boolean): RevocableCertificate {
  const { serialHex, subject, sans, notBefore } = facts;
  return { serialHex, groups: subject.o, dns: sans.dns, ip: sans.ip, notBefore, exempt };
}

/**
 * Returns whether a certificate is a kubelet's server certificate, which RenewRevocation does not affect: it has a node
 * in its subject and allows `serverAuth`; if it also allows `clientAuth`, it must have SANs. Certificates that a
 * kubelet signs itself have no such subject. Sources: the article, "Certificate revocation", note; Kubernetes, signer
 * `kubernetes.io/kubelet-serving`.
 */
export function isKubeletServer({ subject, extendedKeyUsage, sans }: CertificateFacts): boolean {
  const isNode = (subject.cn ?? '').startsWith('system:node:') && subject.o.includes('system:nodes');
  if (!isNode || !extendedKeyUsage.includes('serverAuth')) return false;
  return !extendedKeyUsage.includes('clientAuth') || sans.dns.length + sans.ip.length > 0;
}
