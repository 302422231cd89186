/** Source: the article, and kubeadm. */
const PKI = '/etc/kubernetes/pki';
const KUBECONFIGS = '/etc/kubernetes';

/** Where a profile says that its certificate lies, as a path. */
export function profilePath(file: string | { pki: string } | { kubeconfig: string }): string {
  if (typeof file === 'string') return file;
  return 'pki' in file ? `${PKI}/${file.pki}.crt` : `${KUBECONFIGS}/${file.kubeconfig}`;
}
