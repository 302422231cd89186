import type { Citation } from '../../../shared/citation.ts';
import { cite } from '../sources/sources.ts';

export interface Distribution {
  name: string;
  /** Common names of its CAs. */
  authority?: RegExp;
  folder?: RegExp;
  /** Servers, and names of clusters and users, in the kubeconfigs that its own tool writes. */
  kubeconfig?: RegExp;
  citation: Citation;
}

/*
 * `reported`: output that others published from their clusters. Clusters that kubeadm created elsewhere have the same names as clusters of this product. No source describes a mark
 * by which to recognise files of AKS on Azure Local or of its resource bridge.
 */

const DISTRIBUTIONS: readonly Distribution[] = [
  {
    name: 'K3s',
    authority: /^(?:k3s-[a-z-]+|etcd-server|etcd-peer)-ca@\d+$/u,
    folder: /[\\/]rancher[\\/]k3s[\\/]/u,
    citation: cite('from-code', 'k3s-io/k3s', 'pkg/daemons/control/deps'),
  },
  {
    name: 'RKE2',
    authority: /^rke2-[a-z-]+-ca@\d+$/u,
    folder: /[\\/]rancher[\\/]rke2[\\/]/u,
    citation: cite('reported', 'rancher/rke2', '/var/lib/rancher/rke2/server/tls'),
  },
  {
    name: 'minikube',
    authority: /^minikubeCA$/u,
    folder: /[\\/]\.?minikube[\\/]/u,
    citation: cite('reported', 'kubernetes/minikube', 'issuer minikubeCA'),
  },
  {
    name: 'OpenShift',
    authority:
      /^(?:kube-apiserver-(?:lb|localhost|service-network|to-kubelet)|admin-kubeconfig|kube-control-plane)-signer$/u,
    folder: /[\\/]static-pod-resources[\\/]/u,
    citation: cite('reported', 'openshift/microshift', 'kube-apiserver-lb-signer'),
  },
  {
    name: 'MicroK8s',
    folder: /[\\/]snap[\\/]microk8s[\\/]/u,
    citation: cite('reported', 'canonical/microk8s', '/var/snap/microk8s/current/certs'),
  },
  { name: 'k0s', folder: /[\\/]lib[\\/]k0s[\\/]/u, citation: cite('reported', 'k0sproject/k0s', '/var/lib/k0s/pki') },
  {
    name: 'Azure Kubernetes Service',
    kubeconfig: /\.azmk8s\.io(?:[:/]|$)|^cluster(?:User|Admin)_/iu,
    citation: cite('documented', 'Microsoft Learn, Outbound rules for AKS', '*.hcp.<location>.azmk8s.io'),
  },
  {
    name: 'Amazon EKS',
    kubeconfig: /\.eks\.amazonaws\.com(?:\.cn)?(?:[:/]|$)|^arn:aws[a-z-]*:eks:/iu,
    citation: cite('documented', 'AWS CLI, eks update-kubeconfig', 'alias: the cluster ARN'),
  },
  {
    name: 'Google Kubernetes Engine',
    kubeconfig: /\.gke\.goog(?:[:/]|$)|^gke_/iu,
    citation: cite('reported', 'gcloud container clusters get-credentials', 'gke_PROJECT_LOCATION_CLUSTER'),
  },
];

/** Finds the distribution by the common name of a CA, the folder of a certificate, or the texts of a kubeconfig. */
export function findDistribution(marks: {
  names?: readonly string[];
  paths?: readonly string[];
  kubeconfig?: readonly string[];
}): Distribution | undefined {
  const { names = [], paths = [], kubeconfig = [] } = marks;
  return DISTRIBUTIONS.find(
    (each) =>
      names.some((name) => each.authority?.test(name)) ||
      paths.some((path) => each.folder?.test(path)) ||
      kubeconfig.some((text) => each.kubeconfig?.test(text)),
  );
}
