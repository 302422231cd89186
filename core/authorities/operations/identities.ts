import type { Authority, AuthorityId } from '../../pki/model/authority.ts';
import type { ClientType } from '../../pki/model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { decodeBase64 } from '../../formats/der/base64.ts';
import { isLoginFile } from '../../formats/moc/login-file.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { readYaml } from '../../formats/yaml/yaml.ts';
import { writeAccessFile } from '../../formats/moc/access-file-writer.ts';
import { writeLoginFile } from '../../formats/moc/login-file-writer.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import type { CloudAgent } from '../../pki/identities/cloud-agent.ts';
import {
  createIdentity,
  reinstateIdentity,
  revokeIdentity,
  rotateToken,
  type IdentityWithToken,
} from '../../pki/identities/identities.ts';
import { login, type ClientCertificate } from '../../pki/identities/login.ts';
import { loginRequest } from '../../pki/identities/request.ts';
import { certificateEntry } from '../../pki/issue/rotate-ca.ts';
import type { Issued } from './issue.ts';
import { readAgent, replaceAgentState, addNewKey, type Keeping } from './kept.ts';
import { isAddress, isHostName } from './names.ts';

export interface IdentityOperation {
  authorityId: AuthorityId;
  identity: string;
  path: string;
}

/** Writes the login file to `path`. Throws the problems of `createIdentity`, `readAgent` and `Files.replace`. */
export function createIdentityOperation(
  keeping: Keeping,
  request: IdentityOperation & { clientType: ClientType; tokenValidityDays?: number },
): Promise<Authority> {
  const { identity: name, clientType, tokenValidityDays } = request;
  return storeLogin(keeping, request, (agent) =>
    createIdentity(keeping.ports, agent, { name, clientType, tokenValidityDays }),
  );
}

/** Issues a new token; the cloud agent refuses earlier tokens from now on. */
export function rotateIdentityOperation(keeping: Keeping, request: IdentityOperation): Promise<Authority> {
  return storeLogin(keeping, request, (agent) => rotateToken(keeping.ports, agent, request.identity));
}

/** Lets the identity log in again, with the token in a new login file. Throws the problems of `reinstateIdentity`. */
export function reinstateIdentityOperation(keeping: Keeping, request: IdentityOperation): Promise<Authority> {
  return storeLogin(keeping, request, (agent) => reinstateIdentity(keeping.ports, agent, request.identity));
}

/** Revokes an identity, and puts its certificates on the revocation list. */
export function revokeIdentityOperation(
  keeping: Keeping,
  { authorityId, identity: name }: Omit<IdentityOperation, 'path'>,
): Promise<Authority> {
  const { ports, store } = keeping;
  return store.runInTurn(authorityId, async (known) => {
    const { agent } = await readAgent(keeping, known);
    const { identity, state } = revokeIdentity(ports, agent, name);
    const serials = new Set(identity.certificates.map(({ serialHex }) => serialHex));
    const revoked = { at: ports.clock.now(), reason: 'privilegeWithdrawn' } as const;
    return store.update(authorityId, (current) => ({
      ...replaceAgentState(current, state),
      entries: current.entries.map((entry) =>
        serials.has(entry.facts.serialHex) && entry.revoked === undefined ? { ...entry, revoked } : entry,
      ),
    }));
  });
}

/**
 * Writes the file first: if that fails, nothing has changed. A token without a record is refused, so it does no harm.
 */
function storeLogin(
  keeping: Keeping,
  { authorityId, path }: IdentityOperation,
  work: (agent: CloudAgent) => IdentityWithToken,
): Promise<Authority> {
  const { ports, store } = keeping;
  return store.runInTurn(authorityId, async (known) => {
    const { agent } = await readAgent(keeping, known);
    const change = work(agent);
    await ports.files.replace(path, loginFile(agent, change));
    return store.update(authorityId, (current) => replaceAgentState(current, change.state));
  });
}

function loginFile({ trusted }: CloudAgent, { identity, token, state }: IdentityWithToken): string {
  return writeLoginFile({
    name: identity.name,
    token,
    authorities: trusted.map(({ der }) => der),
    clientType: identity.clientType,
    cloudFqdn: state.fqdn,
    cloudPort: state.port,
    cloudAuthPort: state.authPort,
    location: state.location,
  });
}

const MAX_LOGIN_FILE_BYTES = 1024 * 1024;
const BASE64_ONLY = /^[A-Za-z0-9+/\s]+={0,2}$/u;

/**
 * Reads a login file, also in Base64, which `mocctl … rotate --encode` writes. Returns `undefined` for other files. The
 * token is secret.
 */
export async function readLoginCredentials(
  { files }: Pick<Ports, 'files'>,
  path: string,
): Promise<{ name: string; token: string } | undefined> {
  const text = decodeText(await files.read(path, MAX_LOGIN_FILE_BYTES))?.text.trim() ?? '';
  const wrapped = BASE64_ONLY.test(text) ? decodeBase64(text) : undefined;
  const reading = readYaml((wrapped && decodeText(wrapped)?.text) ?? text);
  if (!reading.ok || reading.root?.kind !== 'map' || !isLoginFile(reading.root)) return undefined;
  const fields = [...reading.root.entries].map(
    ([key, node]) => [key.toLowerCase(), node.kind === 'text' ? node.text.trim() : ''] as const,
  );
  const { name = '', token = '' } = Object.fromEntries(fields);
  return name === '' || token === '' ? undefined : { name, token };
}

export interface LoginOperation {
  authorityId: AuthorityId;
  /** Common name. The token determines the certificate's holder. */
  identity: string;
  token: string;
  hostName: string;
  hostIp: string;
  /** Path of the access file, which contains the key. */
  path: string;
}

/**
 * Performs the login of a client: makes a key and a request, gets a certificate and writes the access file. The
 * authority also keeps the key, to renew the certificate.
 */
export function loginOperation(keeping: Keeping, request: LoginOperation): Promise<Issued> {
  const { ports, store } = keeping;
  const { authorityId, identity: name, token, hostName, hostIp, path } = request;
  return store.runInTurn(authorityId, async (known) => {
    checkHost(request);
    const { agent, ca } = await readAgent(keeping, known);
    const { request: csr, key } = await loginRequest(ports, { name, hostName, hostIp });
    const client = login(ports, agent, { token, request: csr });
    const { certificate, identity, state } = client;
    return addNewKey(keeping, { authorityId, key }, async (keyFile) => {
      const entry = certificateEntry(ports, certificate, { profile: identity.profile, issuer: ca.id, keyFile });
      await writeAccess(keeping, path, { client, key });
      const authority = await store.update(authorityId, (current) => ({
        ...replaceAgentState(current, state),
        entries: [...current.entries, entry],
      }));
      return { authority, entry };
    });
  });
}

function checkHost({ hostName, hostIp }: LoginOperation): void {
  if (!isHostName(hostName)) throw new ConsoleError('issue.value-invalid', { value: 'host', text: hostName });
  if (!isAddress(hostIp)) throw new ConsoleError('issue.value-invalid', { value: 'host-ip', text: hostIp });
}

async function writeAccess(
  { ports: { files, keys } }: Keeping,
  path: string,
  { client, key }: { client: ClientCertificate; key: PrivateKey },
): Promise<void> {
  const { authorities, certificate, identity } = client;
  const rsaPrivateKey = keys.exportPrivateKey(key, 'traditional');
  try {
    const content = { authorities, certificate: certificate.der, rsaPrivateKey };
    await files.replace(path, writeAccessFile({ ...content, identityName: identity.name, withType: true }));
  } finally {
    keys.wipe(rsaPrivateKey);
  }
}
