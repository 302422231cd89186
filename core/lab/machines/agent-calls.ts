import { ConsoleError } from '../../shared/problem.ts';
import type { Ports, TlsIdentity } from '../../shared/ports.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { loginRequest, renewalRequest } from '../../pki/identities/request.ts';
import type { CloudAgentPorts } from '../../pki/identities/cloud-agent.ts';
import { parseJson } from '../../formats/text/json-object.ts';
import { LAB_FILES, type Lab, type LabClient, type LabService, type ServiceKind } from '../model/lab.ts';
import type { LabFolder } from '../store/files.ts';
import {
  readAccess,
  readCertificatePem,
  readKeyPem,
  readLogin,
  writeAccess,
  type AccessFile,
} from '../store/secret-files.ts';

export type CallPorts = CloudAgentPorts & Pick<Ports, 'tls' | 'files'>;

/** Time limit of a call; the servers are on this computer. */
const CALL_MS = 10_000;
const LOOPBACK = '127.0.0.1';

/** A refusal of the cloud agent, with the text that the product's client would print. */
class AgentRefusal extends Error {}

/** Sentences of the product's logs, by code of the TLS failure. Source: messages of Go's crypto/x509. */
const TLS_SENTENCES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'x509: certificate has expired or is not yet valid',
  CERT_NOT_YET_VALID: 'x509: certificate has expired or is not yet valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'x509: certificate signed by unknown authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'x509: certificate signed by unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'x509: certificate signed by unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'x509: certificate signed by unknown authority',
  CERT_SIGNATURE_FAILURE: 'x509: certificate signed by unknown authority',
};

/** Passes over a call that was refused or did not arrive. Throws anything else again. */
export function expectRefusal(error: unknown): void {
  describeFailure(error);
}

/** Returns the sentence that the product's client would print for a failed call. */
export function describeFailure(error: unknown): string {
  if (error instanceof AgentRefusal) {
    const { message } = error;
    return message === 'Valid Token Required' ? `rpc error: code = Unauthenticated desc = ${message}` : message;
  }
  if (!(error instanceof ConsoleError) || error.code !== 'tls.failed') throw error;
  const { reason = '', address = '', port = '' } = error.params;
  const sentence = TLS_SENTENCES[String(reason)];
  if (sentence !== undefined) return `transport: authentication handshake failed: ${sentence}`;
  return `dial tcp ${address}:${port}: connect: ${reason === 'ECONNREFUSED' ? 'connection refused' : String(reason)}`;
}

/** Calls the cloud agent of a lab for one client, whose files have its token, its certificate and its key. */
export class AgentCalls {
  readonly #ports: CallPorts;
  readonly #lab: LabFolder;
  readonly #agent: Pick<Lab, 'machines'>;

  constructor(ports: CallPorts, lab: LabFolder, description: Pick<Lab, 'machines'>) {
    this.#ports = ports;
    this.#lab = lab;
    this.#agent = description;
  }

  /** Throws `lab.damaged` if the access file cannot be read; `undefined` if there is none. */
  async readAccess({ accessFile }: Pick<LabClient, 'accessFile'>): Promise<AccessFile | undefined> {
    const text = await this.#lab.readIfPresent(accessFile);
    if (text === undefined) return undefined;
    const access = readAccess(text);
    if (access === undefined) throw new ConsoleError('lab.damaged', { path: this.#lab.path(accessFile) });
    return access;
  }

  /** Logs in with the token of the login file, and writes a new access file. */
  async login(client: LabClient): Promise<void> {
    const path = this.#lab.path(client.loginFile);
    const file = readLogin(await this.#lab.read(client.loginFile));
    if (file === undefined) throw new ConsoleError('lab.damaged', { path });
    const { identity, token, caPem } = file;
    const hostName = client.machine ?? identity;
    const { request, key } = await loginRequest(this.#ports, { name: identity, hostName, hostIp: LOOPBACK });
    const answer = await this.#post('login', '/v1/login', { caPem, token, body: pemRequest(request) });
    await this.#saveAccess(client, { identity, answer, key, isLogin: true });
  }

  /** Renews the certificate of the access file with a new key. */
  async renew(client: LabClient, access: AccessFile): Promise<void> {
    const [certificate] = readCertificatePem(access.certificatePem);
    const oldKey = readKeyPem(this.#ports.keys, access.keyPem);
    if (certificate === undefined || oldKey === undefined)
      throw new ConsoleError('lab.damaged', { path: this.#lab.path(client.accessFile) });
    const { request, key } = await renewalRequest(this.#ports, { certificate, key: oldKey });
    const { caPem } = access;
    const answer = await this.#post('work', '/v1/self/renew', { caPem, as: access, body: pemRequest(request) });
    await this.#saveAccess(client, { identity: access.identity, answer, key, isLogin: false });
  }

  /** Gets a new token and writes it to the login file, with the CAs that the access file trusts. */
  async rotateToken(client: LabClient, access: AccessFile): Promise<void> {
    await this.saveToken(client, await this.send(access, 'POST', '/v1/self/rotate'), access.caPem);
  }

  /** Calls an operation with the certificate of an access file. Throws `AgentRefusal` or `tls.failed`. */
  send(access: AccessFile, method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#call('work', method, path, { caPem: access.caPem, as: access, body });
  }

  /** Issues a token for an admin's tool with the secret of the host, as an administrator of the host can. */
  async recover(client: LabClient): Promise<void> {
    const secret = (await this.#lab.read(`${LAB_FILES.agent}/recovery.txt`)).trim();
    const caPem = await this.#lab.read(`${LAB_FILES.agent}/trusted.crt`);
    const body = { identity: client.identity };
    await this.saveToken(client, await this.#post('login', '/v1/recover', { caPem, token: secret, body }), caPem);
  }

  async saveToken(client: LabClient, reply: unknown, caPem: string): Promise<void> {
    const { identity, token, clientType } = reply as { identity: string; token: string; clientType: string };
    const [work, login] = [this.#service('work'), this.#service('login')];
    const { writeLoginFile } = await import('../../formats/moc/login-file-writer.ts');
    const text = writeLoginFile({
      ...{ name: identity, token, clientType },
      authorities: readCertificatePem(caPem).map(({ der }) => der),
      cloudFqdn: work.serverName,
      ...{ cloudPort: work.port, cloudAuthPort: login.port, location: 'MocLocation' },
    });
    await this.#lab.write(client.loginFile, text);
  }

  async #saveAccess(
    client: LabClient,
    made: { identity: string; answer: unknown; key: Awaited<ReturnType<typeof loginRequest>>['key']; isLogin: boolean },
  ): Promise<void> {
    const { identity, key, isLogin } = made;
    const { certificate, authorities } = made.answer as { certificate: string; authorities: string[] };
    const [leaf] = readCertificatePem(certificate);
    if (leaf === undefined) throw new AgentRefusal('unreadable answer');
    const trusted = authorities.flatMap((pem) => readCertificatePem(pem).map(({ der }) => der));
    const text = writeAccess(
      this.#ports.keys,
      { identity, authorities: trusted, certificate: leaf.der, key },
      { isLogin },
    );
    await this.#lab.write(client.accessFile, text);
  }

  #post(
    kind: 'login' | 'work',
    path: string,
    given: { caPem: string; as?: TlsIdentity; token?: string; body: unknown },
  ): Promise<unknown> {
    return this.#call(kind, 'POST', path, given);
  }

  async #call(
    kind: 'login' | 'work',
    method: string,
    path: string,
    { caPem, as, token, body }: { caPem: string; as?: TlsIdentity; token?: string; body?: unknown },
  ): Promise<unknown> {
    const { address, port, serverName } = this.#service(kind);
    const { status, body: text } = await this.#ports.tls.call({
      ...{ address, port, serverName, caPem, method, path, timeoutMs: CALL_MS },
      ...(as !== undefined && { identity: as }),
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: token }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const value = parseJson(text);
    if (status < 300) return value;
    const { code = 'unknown', message } =
      (value as { error?: { code?: string; message?: string } } | undefined)?.error ?? {};
    throw new AgentRefusal(message ?? code);
  }

  #service(kind: ServiceKind): LabService {
    const found = this.#agent.machines.flatMap(({ services }) => services).find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`a lab without ${kind}`);
    return found;
  }
}

function pemRequest(der: Uint8Array): { request: string } {
  return { request: encodePem('CERTIFICATE REQUEST', der) };
}
