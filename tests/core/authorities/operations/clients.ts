import { createIdentityOperation, loginOperation } from '../../../../core/authorities/operations/identities.ts';
import type { AuthorityEntry } from '../../../../core/pki/model/authority.ts';
import type { ClientType } from '../../../../core/pki/model/identity.ts';
import type { Scenario } from './scenario.ts';

export const LOGIN_FILE = '/out/login.yaml';
export const ACCESS_FILE = '/out/cloudconfig';
const DECODER = new TextDecoder();

export async function readText({ ports: { files } }: Scenario, path: string): Promise<string> {
  return DECODER.decode(await files.read(path, Infinity));
}

export async function tokenIn(scenario: Scenario, path = LOGIN_FILE): Promise<string> {
  return /^token: (\S+)$/mu.exec(await readText(scenario, path))?.[1] ?? '';
}

export async function createToken(scenario: Scenario, name: string, clientType: ClientType = 'Admin'): Promise<string> {
  const path = `${LOGIN_FILE}.${name}`;
  const request = { authorityId: scenario.id, identity: name, clientType, path };
  await createIdentityOperation(scenario, request);
  return tokenIn(scenario, path);
}

export async function loginWith(
  scenario: Scenario,
  { name, token }: { name: string; token: string },
): Promise<AuthorityEntry> {
  const { entry } = await loginOperation(scenario, {
    authorityId: scenario.id,
    identity: name,
    token,
    path: ACCESS_FILE,
    hostName: 'host01',
    hostIp: '10.0.0.5',
  });
  return entry;
}

export async function logIn(
  scenario: Scenario,
  name: string,
): Promise<{ token: string; entry: AuthorityEntry; login: () => Promise<AuthorityEntry> }> {
  const token = await createToken(scenario, name);
  const login = (): Promise<AuthorityEntry> => loginWith(scenario, { name, token });
  return { token, login, entry: await login() };
}
