import { PROFILES } from '../../pki/model/profiles.ts';
import { CLUSTER_ROOT_IDS, type Profile } from '../../pki/model/profile.ts';
import { encodePem } from '../../formats/der/pem.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import type { CertificateState, ClusterState, NodeState } from '../state.ts';
import { publicFile, secretFile, type MadeFile } from './made-file.ts';
import type { Workshop } from './workshop.ts';

/*
 * Files of a machine. Sources: the article (folder), the profiles (kubeadm's names), kubelet (own folder), known
 * issues, security (KMS plugin).
 */

const KUBERNETES = 'etc/kubernetes';
const KUBELET_PKI = 'var/lib/kubelet/pki';
const KMS_LOGIN = 'opt/wssd/k8s/cloudlogin.yaml';

const OF_ITS_OWN_NODE: readonly Profile['id'][] = ['controller-manager', 'scheduler'];

/** Makes the files of a node. Control-plane nodes share `serviceAccount`. */
export async function nodeFiles(
  workshop: Workshop,
  { cluster, node, serviceAccount }: { cluster: ClusterState; node: NodeState; serviceAccount: PrivateKey },
): Promise<MadeFile[]> {
  const base = `${cluster.name}/${node.name}`;
  const files: MadeFile[] = [];
  for (const record of nodeRecords(workshop, cluster, node))
    files.push(...(await leafFiles(workshop, cluster, node, record)));
  if (node.role === 'worker') {
    const ca = await workshop.certificatePem(workshop.root(cluster, 'cluster-ca'));
    files.push(publicFile(`${KUBERNETES}/pki/ca.crt`, ca));
  } else {
    for (const profile of CLUSTER_ROOT_IDS) files.push(...(await pairFiles(workshop, workshop.root(cluster, profile))));
    files.push(
      secretFile(`${KUBERNETES}/pki/sa.key`, workshop.privatePem(serviceAccount)),
      publicFile(`${KUBERNETES}/pki/sa.pub`, encodePem('PUBLIC KEY', serviceAccount.spki)),
      secretFile(KMS_LOGIN, await workshop.loginFile(workshop.identity(`KMSPlugin-${cluster.name}-moc-kms-plugin`))),
    );
  }
  return files.map((file) => ({ ...file, path: `${base}/${file.path}` }));
}

export function nodeRecords({ state }: Workshop, cluster: ClusterState, node: NodeState): CertificateState[] {
  return state.certificates.filter(
    ({ holder }) => holder.kind === 'node' && holder.cluster === cluster.name && holder.node === node.name,
  );
}

async function leafFiles(
  workshop: Workshop,
  cluster: ClusterState,
  node: NodeState,
  record: CertificateState,
): Promise<MadeFile[]> {
  const profile: Profile = PROFILES[record.profile];
  if (profile.id === 'kubelet-server') return kubeletPem(workshop, record, 'server');
  const file = profile.file?.value;
  if (file === undefined) throw new Error(`no known file: ${profile.id}`);
  if ('pki' in file) return pairFiles(workshop, record);
  const address = OF_ITS_OWN_NODE.includes(profile.id) ? { address: node.ip } : {};
  const config = await workshop.kubeconfig(cluster, record, { userName: record.subject.commonName, ...address });
  const files = [secretFile(`${KUBERNETES}/${file.kubeconfig}`, config)];
  if (profile.id === 'kubelet-client') files.push(...(await kubeletPem(workshop, record, 'client')));
  return files;
}

/** Returns the file with the certificate of a profile, relative to the machine. Throws for a certificate elsewhere. */
export function nodeFilePath(profile: Profile): string {
  if (profile.id === 'kubelet-server') return `${KUBELET_PKI}/kubelet-server-current.pem`;
  const file = profile.file?.value;
  if (file === undefined) throw new Error(`no known file: ${profile.id}`);
  return 'pki' in file ? `${KUBERNETES}/pki/${file.pki}.crt` : `${KUBERNETES}/${file.kubeconfig}`;
}

async function pairFiles(workshop: Workshop, record: CertificateState): Promise<MadeFile[]> {
  const file = PROFILES[record.profile].file?.value;
  if (file === undefined || !('pki' in file)) throw new Error(`no pair: ${record.profile}`);
  const path = `${KUBERNETES}/pki/${file.pki}`;
  return [
    publicFile(`${path}.crt`, await workshop.certificatePem(record)),
    secretFile(`${path}.key`, await workshop.keyPem(record)),
  ];
}

async function kubeletPem(workshop: Workshop, record: CertificateState, use: 'client' | 'server'): Promise<MadeFile[]> {
  const text = (await workshop.certificatePem(record)) + (await workshop.keyPem(record));
  return [secretFile(`${KUBELET_PKI}/kubelet-${use}-current.pem`, text)];
}
