import type { Citation } from '../../../shared/citation.ts';

export interface Distribution {
  name: string;
  /** Common names of its CAs. */
  authority?: RegExp;
  folder: RegExp;
  citation: Citation;
}

/** Cites output that others published from their clusters. */
function citeReports(work: string, place: string): Citation {
  return { certainty: 'reported', work, place };
}

/* Managed clouds and kubeadm elsewhere use kubeadm's names, as this product does, so names do not tell them apart. */

const DISTRIBUTIONS: readonly Distribution[] = [
  {
    name: 'K3s',
    authority: /^(?:k3s-[a-z-]+|etcd-server|etcd-peer)-ca@\d+$/u,
    folder: /[\\/]rancher[\\/]k3s[\\/]/u,
    citation: { certainty: 'from-code', work: 'k3s-io/k3s', place: 'pkg/daemons/control/deps' },
  },
  {
    name: 'RKE2',
    authority: /^rke2-[a-z-]+-ca@\d+$/u,
    folder: /[\\/]rancher[\\/]rke2[\\/]/u,
    citation: citeReports('rancher/rke2', '/var/lib/rancher/rke2/server/tls'),
  },
  {
    name: 'minikube',
    authority: /^minikubeCA$/u,
    folder: /[\\/]\.?minikube[\\/]/u,
    citation: citeReports('kubernetes/minikube', 'issuer minikubeCA'),
  },
  {
    name: 'OpenShift',
    authority:
      /^(?:kube-apiserver-(?:lb|localhost|service-network|to-kubelet)|admin-kubeconfig|kube-control-plane)-signer$/u,
    folder: /[\\/]static-pod-resources[\\/]/u,
    citation: citeReports('openshift/microshift', 'kube-apiserver-lb-signer'),
  },
  {
    name: 'MicroK8s',
    folder: /[\\/]snap[\\/]microk8s[\\/]/u,
    citation: citeReports('canonical/microk8s', '/var/snap/microk8s/current/certs'),
  },
  { name: 'k0s', folder: /[\\/]lib[\\/]k0s[\\/]/u, citation: citeReports('k0sproject/k0s', '/var/lib/k0s/pki') },
];

/** Finds the distribution by the common name of a CA or by the folder of a certificate. */
export function findDistribution(names: Iterable<string>, paths: Iterable<string>): Distribution | undefined {
  const [allNames, allPaths] = [[...names], [...paths]];
  return DISTRIBUTIONS.find(
    ({ authority, folder }) =>
      allNames.some((name) => authority?.test(name)) || allPaths.some((path) => folder.test(path)),
  );
}
