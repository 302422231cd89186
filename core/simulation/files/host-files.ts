import type { ClusterState } from '../state.ts';
import { revocationText } from './object-files.ts';
import { publicFile, secretFile, type MadeFile } from './made-file.ts';
import type { Workshop } from './workshop.ts';

/*
 * The folder of a computer represents its drive C. Sources: Microsoft documentation of Set-AksHciConfig (folders),
 * known issues and Azure/aksArc issue 146 (kvactl), microsoft/moc (mocctl, the token file). File names in the folders
 * of the agents are our own.
 */

/** The newest known build. Source: Azure/aksArc issue 371. */
const BUILD = '1.0.22.10209';

/** Names of Windows users. */
export interface HostUsers {
  installer: string;
  /** Has an identity of the same name. */
  secondAdmin?: string;
}

export async function hostFiles(workshop: Workshop, users: HostUsers): Promise<MadeFile[]> {
  const { hosts } = workshop.state;
  const [first] = hosts;
  if (first === undefined) throw new Error('a deployment without a host');
  const files: MadeFile[] = [];
  for (const { name } of hosts) {
    const agent = workshop.identity(name);
    const folder = `${name}/ProgramData/wssdagent`;
    files.push(
      secretFile(`${folder}/cloudconfig`, await workshop.accessFile(agent)),
      secretFile(`${folder}/cloudlogin.yaml`, await workshop.loginFile(agent)),
    );
  }
  files.push(
    ...(await cloudAgentFiles(workshop, `${first.name}/wssdcloudagent`)),
    ...(await installerFiles(workshop, first.name, users.installer)),
  );
  if (users.secondAdmin !== undefined)
    files.push(...(await secondAdminFiles(workshop, (hosts[1] ?? first).name, users.secondAdmin)));
  return files;
}

async function cloudAgentFiles(workshop: Workshop, folder: string): Promise<MadeFile[]> {
  const server = workshop.cloudAgentCertificate('cloud-agent-server');
  const ca = await workshop.certificatePem(workshop.cloudAgentCertificate('cloud-agent-ca'));
  return [
    publicFile(`${folder}/ca.crt`, ca),
    publicFile(`${folder}/server.crt`, await workshop.certificatePem(server)),
    secretFile(`${folder}/server.key`, await workshop.keyPem(server)),
  ];
}

/** Puts the management cluster's kubeconfig into the working folder. */
async function installerFiles(workshop: Workshop, host: string, user: string): Promise<MadeFile[]> {
  const management = getManagementCluster(workshop);
  const wssd = `${host}/Users/${user}/.wssd`;
  const [mocctl, kvactl] = ['mocctl-admin', 'kvactl-admin'].map((name) => workshop.identity(name));
  if (mocctl === undefined || kvactl === undefined) throw new Error('a host without its tools');
  return [
    secretFile(`${host}/AksHci/${BUILD}/kubeconfig-mgmt`, await readKubeconfig(workshop, management)),
    secretFile(`${host}/AksHci/kvatoken.tok`, await workshop.loginFile(kvactl)),
    secretFile(`${wssd}/.token`, await workshop.loginFile(mocctl)),
    secretFile(`${wssd}/mocctl/cloudconfig`, await workshop.accessFile(mocctl)),
    secretFile(`${wssd}/kvactl/cloudconfig`, await workshop.accessFile(kvactl)),
  ];
}

/** Source: Microsoft documentation on multiple administrators (`New-MocIdentity -outfile`, then a login). */
async function secondAdminFiles(workshop: Workshop, host: string, user: string): Promise<MadeFile[]> {
  const identity = workshop.identity(user);
  const home = `${host}/Users/${user}`;
  return [
    secretFile(`${home}/login.yaml`, await workshop.loginFile(identity)),
    secretFile(`${home}/.wssd/mocctl/cloudconfig`, await workshop.accessFile(identity)),
  ];
}

export async function providerFile(workshop: Workshop): Promise<MadeFile> {
  const { name } = getManagementCluster(workshop);
  const identity = workshop.identity(`${name}-caph`);
  return secretFile(`${name}/caph-controller-manager/etc/azhci/cloudconfig/value`, await workshop.accessFile(identity));
}

/**
 * Includes the applied revocations, and the kubeconfigs, of which `Get-AksHciCredential` writes the first to kubectl's
 * default file and the others to `-configPath`.
 */
export async function workstationFiles(workshop: Workshop, user: string): Promise<MadeFile[]> {
  const home = `workstation/Users/${user}`;
  const workloads = workshop.state.clusters.filter(({ kind }) => kind === 'workload');
  const files: MadeFile[] = [];
  for (const [index, cluster] of workloads.entries()) {
    const name = index === 0 ? 'config' : `config-${cluster.name}`;
    files.push(secretFile(`${home}/.kube/${name}`, await readKubeconfig(workshop, cluster)));
    for (const revocation of cluster.revocations) {
      const path = `${home}/Documents/revocations/${cluster.name}-${revocation.name}.yaml`;
      files.push(publicFile(path, revocationText(revocation)));
    }
  }
  return files;
}

function readKubeconfig(workshop: Workshop, cluster: ClusterState): Promise<string> {
  return workshop.kubeconfig(cluster, workshop.kubeconfigCertificate(cluster), { userName: `${cluster.name}-admin` });
}

function getManagementCluster({ state }: Workshop): ClusterState {
  const management = state.clusters.find(({ kind }) => kind === 'management');
  if (management === undefined) throw new Error('a deployment without management cluster');
  return management;
}
