/** Sources: the article, and kubeadm. */
const PKI = '/etc/kubernetes/pki';
const KUBECONFIGS = '/etc/kubernetes';

/** The path where, according to its profile, a certificate is stored. */
export function profilePath(file: string | { pki: string } | { kubeconfig: string }): string {
  if (typeof file === 'string') return file;
  return 'pki' in file ? `${PKI}/${file.pki}.crt` : `${KUBECONFIGS}/${file.kubeconfig}`;
}
