import { newCloudAgentState, type CloudAgent } from '../../core/pki/identities/cloud-agent.ts';
import { createIdentity, type NewIdentity } from '../../core/pki/identities/identities.ts';
import { login } from '../../core/pki/identities/login.ts';
import { loginRequest } from '../../core/pki/identities/request.ts';
import { issueRoot, type IssuedCertificate, type SigningAuthority } from '../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../core/pki/issue/profile-template.ts';
import { PROFILES } from '../../core/pki/model/profiles.ts';
import type { CloudAgentState } from '../../core/pki/model/identity.ts';
import type { Instant } from '../../core/shared/instant.ts';
import { ConsoleError } from '../../core/shared/problem.ts';
import type { PrivateKey } from '../../core/shared/ports.ts';
import { testPorts, type TestPorts } from './ports.ts';

/** Generating an RSA key takes a tenth of a second, so all tests of a process share one key. */
let tokenKey: Promise<PrivateKey> | undefined;

export function getTokenKey(): Promise<PrivateKey> {
  tokenKey ??= testPorts().keys.generate('rsa-2048');
  return tokenKey;
}

export async function aCloudAgentCa(ports: TestPorts, serialHex = '0ca1'): Promise<SigningAuthority> {
  const template = buildProfileTemplate({
    profile: PROFILES['cloud-agent-ca'],
    values: {},
    serialHex,
    now: ports.clock.now(),
  });
  return issueRoot(ports, { template, key: await ports.keys.generate('p-256') });
}

/** Creates a cloud agent whose CA has an EC key, at the current time of the clock in `ports`. */
export async function aCloudAgent(ports: TestPorts): Promise<CloudAgent> {
  const signer = await aCloudAgentCa(ports);
  const state = newCloudAgentState('ca-5b1f0c2e.contoso.example');
  return { state, signer, trusted: [signer], tokenKey: await getTokenKey() };
}

export interface TestClient {
  token: string;
  key: PrivateKey;
  certificate: IssuedCertificate;
  state: CloudAgentState;
}

export async function logIn(ports: TestPorts, agent: CloudAgent, identity: NewIdentity): Promise<TestClient> {
  const { state, token } = createIdentity(ports, agent, identity);
  const { request, key } = await loginRequest(ports, {
    name: identity.name,
    hostName: 'host01',
    hostIp: '10.0.0.1',
    algorithm: 'p-256',
  });
  const answer = login(ports, { ...agent, state }, { token, request });
  return { token, key, certificate: answer.certificate, state: answer.state };
}

/** Returns the code and the values of the problem that an operation throws; `undefined` if the operation succeeds. */
export function catchProblem(operation: () => unknown): [string, Record<string, unknown>] | undefined {
  try {
    operation();
    return undefined;
  } catch (error) {
    if (error instanceof ConsoleError) return [error.code, error.params];
    throw error;
  }
}

export function secondsAfter(moment: Instant, seconds: number): Instant {
  const ms = Date.parse(moment) + seconds * 1000;
  return new Date(ms).toISOString().replace('.000Z', 'Z') as Instant;
}
