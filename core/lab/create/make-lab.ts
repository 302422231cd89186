import { epochMs, type Instant } from '../../shared/instant.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { IDENTITY_PROFILE_IDS } from '../../pki/model/profile.ts';
import type { CloudAgentState, Identity } from '../../pki/model/identity.ts';
import { newCloudAgentState } from '../../pki/identities/cloud-agent.ts';
import type { IssuePorts } from '../../pki/issue/issue.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import type { PrivateKey, Tls } from '../../shared/ports.ts';
import { hostFiles, providerFile, workstationFiles } from '../../simulation/files/host-files.ts';
import { publicFile, secretFile, type MadeFile } from '../../simulation/files/made-file.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { nodeFilePath, nodeFiles, nodeRecords } from '../../simulation/files/node-files.ts';
import { makeInParallel } from '../../simulation/files/make-in-parallel.ts';
import { simulateHistory } from '../../simulation/files/history.ts';
import { Workshop } from '../../simulation/files/workshop.ts';
import type { ClusterState, DeploymentState, IdentityState } from '../../simulation/state.ts';
import { encodeAgentState } from '../cloud-agent/agent-state.ts';
import {
  LAB_FILES,
  type EtcdClientIssuer,
  type Lab,
  type LabClient,
  type LabCluster,
  type LabMachine,
  type LabOutage,
  type LabService,
  type ServiceKind,
} from '../model/lab.ts';
import { markKey, writeLabFile } from '../store/files.ts';
import { paceDeployment } from './pace.ts';
import { assignLabRoles } from './roles.ts';
import { HEALTHY, LAB_INSTALLER, LAB_OPERATOR, LAB_PLAN, OUTAGES } from './topology.ts';

export interface LabRequest {
  now: Instant;
  pace: number;
  outage?: LabOutage;
  etcdClientIssuer: EtcdClientIssuer;
  /** Called at least every 30 ms. */
  pause: () => Promise<void>;
  onProgress?: (progress: { made: number; total: number }) => void;
}

export type LabPorts = IssuePorts & { tls: Pick<Tls, 'findPorts'> };

/** Names the recipient of the lab's tokens. */
export const LAB_AUDIENCE = 'arcwarden-lab';

const RECOVERY_BYTES = 32;
const CLOUD_AGENT = 'cloud-agent';
const SERVER_FILE = 'wssdcloudagent/server.crt';

/** Makes all files of a lab, with real certificates, keys and tokens and with ports that are free now. */
export async function makeLab(ports: LabPorts, request: LabRequest): Promise<{ lab: Lab; files: MadeFile[] }> {
  const history = request.outage === undefined ? HEALTHY : OUTAGES[request.outage];
  const simulated = await simulateHistory({ ...LAB_PLAN, ...history }, request);
  const state = paceDeployment(chooseIssuers(serveAsClients(simulated), request.etcdClientIssuer), request.pace);
  const machines = await placeMachines(ports, state);
  const find = (kind: ServiceKind, machine: string): LabService => {
    const service = machines.find(({ name }) => name === machine)?.services.find((each) => each.kind === kind);
    if (service === undefined) throw new Error(`${machine} has no ${kind}`);
    return service;
  };
  const cloudAgent = { port: find('work', CLOUD_AGENT).port, authPort: find('login', CLOUD_AGENT).port };
  const tokenKey = await ports.keys.generate('rsa-2048');
  const workshop = new Workshop(ports, state, tokenKey, {
    apiServer: (cluster) => find('api-server', cluster).port,
    cloudAgent,
    audience: LAB_AUDIENCE,
  });
  const serviceAccounts = await makeMaterials(ports, workshop, request);
  const clients = state.identities.map((identity) => placeClient(state, identity));
  const made = new Map<string, MadeFile>();
  const add = (...files: readonly MadeFile[]): void => {
    for (const file of files) made.set(file.path, { ...file, content: markKey(file.content) });
  };
  add(
    ...(await hostFiles(workshop, { installer: LAB_INSTALLER })),
    ...(await workstationFiles(workshop, LAB_OPERATOR)),
  );
  add(await providerFile(workshop));
  for (const cluster of state.clusters) {
    const serviceAccount = serviceAccounts.get(cluster.name);
    if (serviceAccount === undefined) throw new Error(`no key for ${cluster.name}`);
    for (const node of cluster.nodes) {
      add(...(await nodeFiles(workshop, { cluster, node, serviceAccount })));
      await request.pause();
    }
  }
  for (const [index, identity] of state.identities.entries()) {
    const client = clients[index];
    if (client === undefined) continue;
    add(
      secretFile(client.loginFile, await workshop.loginFile(identity)),
      secretFile(client.accessFile, await workshop.accessFile(identity)),
    );
  }
  const agentState = createAgentState(workshop, cloudAgent);
  add(...(await agentFiles(ports, workshop, { agentState, tokenKey })));
  const lab: Lab = {
    createdAt: request.now,
    pace: request.pace,
    ...(request.outage !== undefined && { outage: request.outage }),
    etcdClientIssuer: request.etcdClientIssuer,
    fqdn: state.cloudAgent.fqdn,
    location: agentState.location,
    machines,
    clients,
    clusters: state.clusters.map((cluster) => describeCluster(workshop, cluster, [...made.keys()])),
  };
  add(publicFile(LAB_FILES.description, writeLabFile(lab)));
  return { lab, files: [...made.values()] };
}

/** Gives kubelets valid serving certificates: the approver of a lab signs them as long as it works. */
function serveAsClients(state: DeploymentState): DeploymentState {
  const certificates = state.certificates.map((record) => {
    if (record.profile !== 'kubelet-server' || record.holder.kind !== 'node') return record;
    const { holder } = record;
    const client = state.certificates.find(
      (each) => each.profile === 'kubelet-client' && each.holder.kind === 'node' && each.holder.node === holder.node,
    );
    if (client === undefined) return record;
    const { notBefore, notAfter, issuedAt } = client;
    return { ...record, notBefore, notAfter, issuedAt };
  });
  return { ...state, certificates };
}

/** The article says that the Cluster CA signs the API server's client certificate for etcd; kubeadm uses the etcd CA. */
function chooseIssuers(state: DeploymentState, issuer: EtcdClientIssuer): DeploymentState {
  const certificates = state.certificates.map((record) => {
    if (record.profile !== 'apiserver-etcd-client') return record;
    const ca = state.certificates.find((each) => each.profile === issuer && each.cluster === record.cluster);
    return ca === undefined ? record : { ...record, issuer: ca.id };
  });
  return { ...state, certificates };
}

async function placeMachines({ tls }: LabPorts, state: DeploymentState): Promise<LabMachine[]> {
  const taken = new Map<string, number[]>();
  /** Returns a free port, another one for each service of an address. */
  const findPort = async (address: string): Promise<number> => {
    const known = taken.get(address) ?? [];
    const [port = 0] = (await tls.findPorts(address, known.length + 1)).filter((each) => !known.includes(each));
    taken.set(address, [...known, port]);
    return port;
  };
  const place = async (service: Omit<LabService, 'port'>): Promise<LabService> => ({
    ...service,
    port: await findPort(service.address),
  });
  const [first] = state.hosts;
  if (first === undefined) throw new Error('a lab without a host');
  const agent = { address: first.ip, serverName: state.cloudAgent.fqdn, file: `${first.name}/${SERVER_FILE}` };
  const machines: LabMachine[] = [
    {
      name: CLOUD_AGENT,
      kind: 'cloud-agent',
      services: [
        await place({ name: 'cloud-agent-login', kind: 'login', ...agent }),
        await place({ name: 'cloud-agent-work', kind: 'work', ...agent }),
      ],
    },
  ];
  for (const { name, ip: address } of state.hosts) {
    const file = `${name}/ProgramData/wssdagent/cloudconfig`;
    const service = await place({ name: `${name}-node-agent`, kind: 'node-agent', address, serverName: name, file });
    machines.push({ name, kind: 'host', services: [service] });
  }
  for (const { name, nodes, endpoints } of state.clusters) {
    const services: LabService[] = [];
    for (const { name: node, ip, role } of nodes) {
      const base = `${name}/${node}`;
      const pair = (file: string): string => `${base}/etc/kubernetes/pki/${file}.crt`;
      if (role === 'control-plane') {
        const server = { kind: 'api-server', address: endpoints[0] ?? ip, serverName: 'kubernetes' } as const;
        services.push(
          await place({ name: `${name}-api-server`, ...server, file: pair('apiserver'), node }),
          await place({
            ...{ name: `${node}-etcd`, kind: 'etcd', address: ip, serverName: node },
            ...{ file: pair('etcd/server'), node },
          }),
        );
      }
      const file = `${base}/${nodeFilePath(PROFILES['kubelet-server'])}`;
      services.push(
        await place({ name: `${node}-kubelet`, kind: 'kubelet', address: ip, serverName: node, file, node }),
      );
    }
    machines.push({ name, kind: 'cluster', services });
  }
  return machines;
}

/** File names in the folders of most clients are not public and chosen here. */
function placeClient(state: DeploymentState, identity: IdentityState): LabClient {
  const { name, profile, cluster = '', autoRotate, host } = identity;
  const [first] = state.hosts;
  const node = state.clusters.find((each) => each.name === cluster)?.nodes[0]?.name ?? '';
  const wssd = `${first?.name ?? ''}/Users/${LAB_INSTALLER}/.wssd`;
  const filesIn = (folder: string) => ({ loginFile: `${folder}/cloudlogin.yaml`, accessFile: `${folder}/cloudconfig` });
  const client = { identity: name, profile, autoRotate };
  switch (profile) {
    case 'mocctl':
      return { ...client, loginFile: `${wssd}/.token`, accessFile: `${wssd}/mocctl/cloudconfig` };
    case 'kvactl': {
      const loginFile = `${first?.name ?? ''}/AksHci/kvatoken.tok`;
      return { ...client, loginFile, accessFile: `${wssd}/kvactl/cloudconfig` };
    }
    case 'node-agent':
      return { ...client, machine: host ?? '', ...filesIn(`${host ?? ''}/ProgramData/wssdagent`) };
    case 'kms-plugin':
      return { ...client, machine: cluster, ...filesIn(`${cluster}/${node}/opt/wssd/k8s`) };
    case 'caph': {
      const folder = `${cluster}/caph-controller-manager`;
      const accessFile = `${folder}/etc/azhci/cloudconfig/value`;
      return { ...client, machine: cluster, loginFile: `${folder}/cloudlogin.yaml`, accessFile };
    }
    default:
      return { ...client, machine: cluster, ...filesIn(`${cluster}/${name}`) };
  }
}

function describeCluster(workshop: Workshop, cluster: ClusterState, paths: readonly string[]): LabCluster {
  const { name, kind } = cluster;
  const [first] = workshop.state.clusters.filter((each) => each.kind === 'workload');
  const isOwn = (path: string): boolean =>
    kind === 'management'
      ? path.endsWith('/kubeconfig-mgmt')
      : path.endsWith(first === cluster ? '/.kube/config' : `/.kube/config-${name}`);
  const kubeconfig = paths.find(isOwn);
  if (kubeconfig === undefined) throw new Error(`no kubeconfig of ${name}`);
  const nodes = cluster.nodes.map((node) => ({
    name: node.name,
    role: node.role,
    ip: node.ip,
    certificates: nodeRecords(workshop, cluster, node).map(({ profile }) => ({
      profile,
      file: `${name}/${node.name}/${nodeFilePath(PROFILES[profile])}`,
    })),
  }));
  return { name, kind, kubeconfig, nodes };
}

function createAgentState(workshop: Workshop, cloudAgent: Pick<CloudAgentState, 'port' | 'authPort'>): CloudAgentState {
  const { state } = workshop;
  const identities = state.identities.map((identity): Identity => {
    const record = state.certificates.find(({ id }) => id === identity.certificate);
    const profile = IDENTITY_PROFILE_IDS.find((id) => id === identity.profile);
    if (record === undefined || profile === undefined) throw new Error(`${identity.name} is no client`);
    const token = workshop.tokenRecord(identity);
    const { serialHex, notBefore, notAfter, renewCount } = record;
    return {
      name: identity.name,
      profile,
      clientType: identity.clientType,
      autoRotate: identity.autoRotate,
      createdAt: token.issuedAt,
      tokenValidityMs: epochMs(token.expiresAt) - epochMs(token.issuedAt),
      generation: identity.token.generation,
      token,
      certificates: [{ serialHex, notBefore, notAfter, renewCount }],
    };
  });
  return assignLabRoles({ ...newCloudAgentState(state.cloudAgent.fqdn), ...cloudAgent, identities });
}

async function agentFiles(
  ports: LabPorts,
  workshop: Workshop,
  { agentState, tokenKey }: { agentState: CloudAgentState; tokenKey: PrivateKey },
): Promise<MadeFile[]> {
  const { trusted } = workshop.state.cloudAgent;
  const records = trusted.flatMap((id) => workshop.state.certificates.find((each) => each.id === id) ?? []);
  const signer = workshop.cloudAgentCertificate('cloud-agent-ca');
  const pems = await Promise.all(records.map((record) => workshop.certificatePem(record)));
  const agentFile = (name: string): string => `${LAB_FILES.agent}/${name}`;
  return [
    publicFile(agentFile('trusted.crt'), pems.reverse().join('')),
    publicFile(agentFile('signer.crt'), await workshop.certificatePem(signer)),
    secretFile(agentFile('signer.key'), await workshop.keyPem(signer)),
    secretFile(agentFile('token.key'), privateKeyPem(ports, tokenKey)),
    secretFile(agentFile('recovery.txt'), `${encodeHex(ports.keys.randomBytes(RECOVERY_BYTES))}\n`),
    secretFile(agentFile('state.json'), encodeAgentState({ agent: agentState, resources: [] })),
  ];
}

/** Makes all certificates, a few at a time; returns the service account keys by cluster. */
async function makeMaterials(
  { keys }: LabPorts,
  workshop: Workshop,
  { pause, onProgress }: Pick<LabRequest, 'pause' | 'onProgress'>,
): Promise<ReadonlyMap<string, PrivateKey>> {
  const serviceAccounts = new Map<string, PrivateKey>();
  const tasks = [
    ...workshop.state.clusters.map(({ name }) => async () => {
      serviceAccounts.set(name, await keys.generate('rsa-2048'));
    }),
    ...workshop.state.certificates.map((record) => () => workshop.materialise(record)),
  ];
  await makeInParallel(tasks, { onProgress, pause });
  return serviceAccounts;
}
