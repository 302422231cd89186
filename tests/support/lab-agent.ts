import { AuditTrail } from '../../core/audit/store/audit.ts';
import { encodePem } from '../../core/formats/der/pem.ts';
import { parseJson } from '../../core/formats/text/json-object.ts';
import { encodeAgentState } from '../../core/lab/cloud-agent/agent-state.ts';
import { DecisionLog } from '../../core/lab/cloud-agent/decisions.ts';
import { AgentKeeper } from '../../core/lab/cloud-agent/keeper.ts';
import { CloudAgentServer } from '../../core/lab/cloud-agent/server.ts';
import { LAB_AUDIENCE } from '../../core/lab/create/make-lab.ts';
import { LAB_FILES, type Lab } from '../../core/lab/model/lab.ts';
import { LabFolder, writeLabFile } from '../../core/lab/store/files.ts';
import { newCloudAgentState, type CloudAgent } from '../../core/pki/identities/cloud-agent.ts';
import { createIdentity } from '../../core/pki/identities/identities.ts';
import { login } from '../../core/pki/identities/login.ts';
import { loginRequest, renewalRequest } from '../../core/pki/identities/request.ts';
import { issueCertificate, type IssuedCertificate } from '../../core/pki/issue/issue.ts';
import { privateKeyPem } from '../../core/pki/issue/private-key-pem.ts';
import { buildNamedTemplate } from '../../core/pki/issue/profile-template.ts';
import type { Role, RoleAssignment } from '../../core/pki/model/access.ts';
import { PROFILES } from '../../core/pki/model/profiles.ts';
import { decodeCertificate } from '../../core/formats/x509/certificate.ts';
import type { PrivateKey, TlsIdentity, TlsListener } from '../../core/shared/ports.ts';
import { aCloudAgentCa, getTokenKey } from './cloud-agent.ts';
import { listDeviations } from './lab-document.ts';
import { testPorts, type MemoryFiles, type TestPorts } from './ports.ts';

const FOLDER = '/lab';
export const LAB_FQDN = 'ca-lab.arcwarden.example';
export const LAB_ADDRESS = '127.0.0.1';
const MACHINE = 'cloud-agent';

export interface AgentClient {
  name: string;
  token: string;
  key: PrivateKey;
  certificate: IssuedCertificate;
}

/** Each identity with its assignments. */
export type Identities = Readonly<Record<string, readonly Omit<RoleAssignment, 'identity'>[]>>;

export interface MadeAgent {
  agent: CloudAgent;
  clients: Record<string, AgentClient>;
  /** By path relative to the lab. */
  files: Map<string, string>;
  server: TlsIdentity;
  caPem: string;
}

const everywhere = (role: string): Omit<RoleAssignment, 'identity'> => ({ role, scope: {} });

/** Issues everything that a lab with a cloud agent and nothing else needs. Each identity has logged in. */
export async function makeAgent(
  ports: TestPorts,
  identities: Identities = { owner: [everywhere('Owner')], nobody: [] },
  { roles = [], services = [1, 2] }: { roles?: readonly Role[]; services?: readonly number[] } = {},
): Promise<MadeAgent> {
  const signer = await aCloudAgentCa(ports);
  const tokenKey = await getTokenKey();
  const assignments = Object.entries(identities).flatMap(([identity, list]) =>
    list.map((each) => ({ identity, ...each })),
  );
  let agent: CloudAgent = {
    state: { ...newCloudAgentState(LAB_FQDN), roles, assignments },
    ...{ signer, trusted: [signer], tokenKey, audience: LAB_AUDIENCE, pace: 1 },
  };
  const clients: MadeAgent['clients'] = {};
  for (const name of Object.keys(identities)) {
    const created = createIdentity(ports, agent, { name });
    const { request, key } = await clientRequest(ports, name);
    const { state, certificate } = login(ports, { ...agent, state: created.state }, { token: created.token, request });
    agent = { ...agent, state };
    clients[name] = { name, token: created.token, key, certificate };
  }
  const key = await ports.keys.generate('p-256');
  const leaf = issueCertificate(ports, {
    template: buildNamedTemplate(ports, {
      profile: PROFILES['cloud-agent-server'],
      subject: { commonName: LAB_FQDN, organizations: [] },
      sans: { dns: [LAB_FQDN, 'localhost'], ip: [LAB_ADDRESS] },
    }),
    subjectSpki: key.spki,
    issuer: signer,
  });
  const server = { certificatePem: encodePem('CERTIFICATE', leaf.der), keyPem: privateKeyPem(ports, key) };
  const caPem = encodePem('CERTIFICATE', signer.der);
  const [loginPort = 1, workPort = 2] = services;
  const service = { address: LAB_ADDRESS, serverName: LAB_FQDN, file: 'host/server.crt' };
  const lab: Lab = {
    ...{ createdAt: ports.clock.now(), pace: 1, etcdClientIssuer: 'etcd-ca', fqdn: LAB_FQDN, location: 'MocLocation' },
    machines: [
      {
        ...{ name: MACHINE, kind: 'cloud-agent' },
        services: [
          { name: 'login', kind: 'login', port: loginPort, ...service },
          { name: 'work', kind: 'work', port: workPort, ...service },
        ],
      },
    ],
    ...{ clients: [], clusters: [] },
  };
  const files = new Map([
    [LAB_FILES.description, writeLabFile(lab)],
    ['host/server.crt', server.certificatePem],
    ['host/server.key', server.keyPem],
    [`${LAB_FILES.agent}/trusted.crt`, caPem],
    [`${LAB_FILES.agent}/signer.crt`, caPem],
    [`${LAB_FILES.agent}/signer.key`, privateKeyPem(ports, signer.key)],
    [`${LAB_FILES.agent}/token.key`, privateKeyPem(ports, tokenKey)],
    [`${LAB_FILES.agent}/recovery.txt`, 'secret of the host'],
    [`${LAB_FILES.agent}/state.json`, encodeAgentState({ agent: agent.state, resources: [] })],
  ]);
  return { agent, clients, files, server, caPem };
}

function clientRequest(ports: TestPorts, name: string): ReturnType<typeof loginRequest> {
  return loginRequest(ports, { name, hostName: 'host01', hostIp: '10.0.0.1', algorithm: 'p-256' });
}

export function tlsIdentity(ports: TestPorts, { certificate, key }: AgentClient): TlsIdentity {
  return { certificatePem: encodePem('CERTIFICATE', certificate.der), keyPem: privateKeyPem(ports, key) };
}

export interface Asked {
  /** Shows the certificate. */
  as?: Pick<AgentClient, 'certificate'>;
  token?: string;
  body?: unknown;
  /** Becomes `If-Match`. */
  version?: number;
  headers?: Record<string, string>;
}

export interface Told {
  status: number;
  headers: Readonly<Record<string, string>>;
  value: unknown;
}

export interface Refused {
  code: string;
  message?: string;
  place?: string;
  reason?: string;
  detail?: string;
}

/** The refusal in an answer, with its status. */
export function refusalIn({ status, value }: Told): Refused & { status: number } {
  return { status, ...(value as { error: Refused }).error };
}

/** The cloud agent of a lab, in memory and with a fixed clock; `listen` opens real ports. */
export class LabAgent {
  readonly ports: TestPorts;
  readonly made: MadeAgent;
  readonly keeper: AgentKeeper;
  readonly server: CloudAgentServer;
  readonly trail: AuditTrail;
  readonly decisionLog: DecisionLog;
  readonly log: string[];

  private constructor(given: Omit<LabAgent, 'call' | 'logIn' | 'renew' | 'listen' | 'decisions'>) {
    this.ports = given.ports;
    this.made = given.made;
    this.keeper = given.keeper;
    this.server = given.server;
    this.trail = given.trail;
    this.decisionLog = given.decisionLog;
    this.log = given.log;
  }

  static async start(...request: Parameters<typeof makeAgent> extends [unknown, ...infer Rest] ? Rest : never) {
    const ports = testPorts();
    return LabAgent.open(ports, await makeAgent(ports, ...request));
  }

  static async open(ports: TestPorts, made: MadeAgent): Promise<LabAgent> {
    const files: MemoryFiles = ports.files;
    for (const [path, content] of made.files) files.put(`${FOLDER}/${path}`, content);
    const keeper = await AgentKeeper.open(ports, new LabFolder(files, FOLDER), 1);
    const trail = await AuditTrail.open(ports, `${FOLDER}/${LAB_FILES.agent}`, { inBatches: true });
    const log: string[] = [];
    const decisionLog = await DecisionLog.open(trail, {
      scheduler: ports.scheduler,
      onFailure: () => log.push('the audit trail cannot be written'),
    });
    const server = new CloudAgentServer(ports, { keeper, decisions: decisionLog, log: (line) => log.push(line) });
    return new LabAgent({ ports, made, keeper, server, trail, decisionLog, log });
  }

  /** Calls without a socket. `target` may have a query. The port for logins is taken for its own paths alone. */
  async call(method: string, target: string, { as, token, body, version, headers = {} }: Asked = {}): Promise<Told> {
    const [path = '', query = ''] = target.split('?');
    const answer = await this.server.answer(['/v1/login', '/v1/recover'].includes(path) ? 'login' : 'work', {
      ...{ method, path, query: Object.fromEntries(new URLSearchParams(query)) },
      headers: {
        ...(token !== undefined && { authorization: token }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...headers,
      },
      body: body === undefined ? new Uint8Array() : encodeBody(body),
      ...(as && { peer: as.certificate.der }),
    });
    const told = { status: answer.status, headers: answer.headers ?? {} };
    // Every answer in every test is as the document says.
    const deviations = listDeviations({ method, path }, { ...told, body: answer.body });
    if (deviations.length > 0) throw new Error(deviations.join('\n'));
    return { ...told, value: parseJson(answer.body) };
  }

  /** Logs in over the interface; returns the client with its new certificate. */
  async logIn(name: string, token: string): Promise<{ told: Told; client: AgentClient | undefined }> {
    const { request, key } = await clientRequest(this.ports, name);
    const told = await this.call('POST', '/v1/login', { token, body: requestBody(request) });
    return { told, client: clientIn(told, { name, token, key }) };
  }

  async renew(client: AgentClient): Promise<{ told: Told; client: AgentClient | undefined }> {
    const { request, key } = await renewalRequest(this.ports, client);
    const told = await this.call('POST', '/v1/self/renew', { as: client, body: requestBody(request) });
    return { told, client: clientIn(told, { ...client, key }) };
  }

  /** Listens on free loopback ports, one for logins and one for work. */
  async listen(): Promise<{ login: number; work: number; close: () => Promise<void> }> {
    const { tls } = this.ports;
    const [login = 0, work = 0] = await tls.findPorts(LAB_ADDRESS, 2);
    const open = (kind: 'login' | 'work', port: number): Promise<TlsListener> =>
      tls.listen({
        ...{ address: LAB_ADDRESS, port, identity: this.made.server, asksForCertificate: kind === 'work' },
        answer: (request) => this.server.answer(kind, request),
      });
    const listeners = [await open('login', login), await open('work', work)];
    return { login, work, close: async () => void (await Promise.all(listeners.map((each) => each.close()))) };
  }

  /** Waits until every decision is written. */
  async decisions(): Promise<Record<string, unknown>[]> {
    await this.decisionLog.close();
    return (await this.trail.list()).map(({ params = {} }) => params);
  }
}

function encodeBody(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body));
}

export function requestBody(request: Uint8Array): { request: string } {
  return { request: encodePem('CERTIFICATE REQUEST', request) };
}

function clientIn({ value }: Told, rest: Omit<AgentClient, 'certificate'>): AgentClient | undefined {
  const pem = (value as { certificate?: string } | undefined)?.certificate;
  if (pem === undefined) return undefined;
  const der = Uint8Array.from(Buffer.from(pem.replace(/-----[^-]+-----|\s/gu, ''), 'base64'));
  const decoded = decodeCertificate(der);
  return decoded.ok ? { ...rest, certificate: { der, facts: decoded.certificate } } : undefined;
}
