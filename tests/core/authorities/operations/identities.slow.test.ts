import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyToken } from '../../../../core/pki/identities/token.ts';
import { readAgent } from '../../../../core/authorities/operations/kept.ts';
import { rotateCaOperation } from '../../../../core/authorities/operations/change.ts';
import {
  createIdentityOperation,
  loginOperation,
  reinstateIdentityOperation,
  revokeIdentityOperation,
  rotateIdentityOperation,
} from '../../../../core/authorities/operations/identities.ts';
import { readTree } from '../../../../core/authorities/operations/view.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { ACCESS_FILE, createToken, logIn, LOGIN_FILE, loginWith, readText, tokenIn } from './clients.ts';
import { aScenario, findEntry, FQDN, readDataFolder, catchProblem, reopen, type Scenario } from './scenario.ts';

const NAME = 'KMSPlugin-retail-east-moc-kms-plugin';
const findIdentity = ({ store, id }: Scenario, name = NAME) =>
  store.get(id).cloudAgent?.state.identities.find((identity) => identity.name === name);

/** Reads an exported file with Arcwarden's own reader, which also reads real files. */
async function readFile(scenario: Scenario, path: string) {
  return recognise(await scenario.ports.files.read(path, Infinity));
}

async function isAccepted(scenario: Scenario, token: string): Promise<string> {
  const { agent } = await readAgent(scenario, scenario.store.get(scenario.id));
  const { params } = await catchProblem(async () => verifyToken(scenario.ports, agent, token));
  return String(params['reason'] ?? 'accepted');
}

describe('a new identity', () => {
  test('has a login file that Arcwarden can read, with a token valid for 90 days', async () => {
    const scenario = await aScenario('moc');
    await createIdentityOperation(scenario, {
      authorityId: scenario.id,
      identity: NAME,
      clientType: 'ControlPlane',
      path: LOGIN_FILE,
    });
    const found = await readFile(scenario, LOGIN_FILE);
    expect(found).toMatchObject({ format: 'login-file', findings: [] });
    expect(found.tokens[0]).toMatchObject({
      origin: { identityName: NAME, clientType: 'ControlPlane', cloudFqdn: FQDN },
      token: { form: 'jwt', notAfter: '2027-02-22T12:00:00Z' },
    });
    expect(found.certificates.map(({ der }) => der)).toEqual([findEntry(scenario, 'cloud-agent-ca').der]);
    expect(await isAccepted(scenario, await tokenIn(scenario))).toBe('accepted');
    expect((await readTree(scenario, scenario.store.get(scenario.id))).identities).toEqual([
      {
        name: NAME,
        clientType: 'ControlPlane',
        tokenExpiresAt: '2027-02-22T12:00:00Z',
        tokenGeneration: 1,
        revoked: false,
        autoRotate: false,
      },
    ]);
  });

  test('has a token that exists only in its login file', async () => {
    const scenario = await aScenario('moc');
    const token = await createToken(scenario, NAME);
    scenario.ports.files.drop(`${LOGIN_FILE}.${NAME}`);
    const text = await readDataFolder(scenario);
    for (const part of token.split('.').slice(1)) expect(text).not.toContain(part);
  });

  test('is not created when its login file cannot be written', async () => {
    const scenario = await aScenario('moc');
    const { files } = scenario.ports;
    const replace = files.replace.bind(files);
    files.replace = async (path, content) => {
      if (path.startsWith(LOGIN_FILE)) throw new ConsoleError('file.not-writable', { path });
      await replace(path, content);
    };
    expect((await catchProblem(() => createToken(scenario, NAME))).code).toBe('file.not-writable');
    expect(findIdentity(scenario)).toBeUndefined();
  });

  test('is refused for a cluster, for a name that is taken, and while the keyring is locked', async () => {
    const cluster = await aScenario('kubernetes');
    expect((await catchProblem(() => createToken(cluster, NAME))).code).toBe('authority.not-cloud-agent');
    const scenario = await aScenario('moc');
    await createToken(scenario, NAME);
    expect((await catchProblem(() => createToken(scenario, NAME.toLowerCase()))).code).toBe('identity.name-taken');
    scenario.store.getKeyring(scenario.id).lock();
    expect((await catchProblem(() => createToken(scenario, 'other'))).code).toBe('keyring.locked');
  });

  test('is created even while another one is being created', async () => {
    const scenario = await aScenario('moc');
    await Promise.all(['a', 'b', 'c'].map((name) => createToken(scenario, name)));
    const again = await reopen(scenario.ports.files);
    expect(again.store.get(again.id).cloudAgent?.state.identities.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('a login', () => {
  test('writes an access file that Arcwarden can read, with a key that belongs to its certificate', async () => {
    const scenario = await aScenario('moc');
    const { entry } = await logIn(scenario, NAME);
    const found = await readFile(scenario, ACCESS_FILE);
    expect(found).toMatchObject({ format: 'access-file', findings: [] });
    const [authority, client] = found.certificates;
    expect(authority?.der).toEqual(findEntry(scenario, 'cloud-agent-ca').der);
    expect(client?.der).toEqual(entry.der);
    expect(client?.origin).toMatchObject({ identityName: NAME });
    const peer = new X509Certificate(entry.der);
    const read = scenario.ports.crypto.derivePublicKey(found.keys[0]?.keyPem ?? '');
    expect(read).toEqual({
      outcome: 'read',
      spki: new Uint8Array(peer.publicKey.export({ type: 'spki', format: 'der' })),
    });
    expect(JSON.parse(await readText(scenario, ACCESS_FILE))).toMatchObject({ ClientCertificateType: 'CA-Signed' });
    expect(peer.subjectAltName).toBe('DNS:localhost, DNS:host01, IP Address:127.0.0.1, IP Address:10.0.0.5');
    expect(entry).toMatchObject({ profile: 'kms-plugin', facts: { moc: { accessIdentity: NAME } } });
    expect(findIdentity(scenario)?.certificates).toMatchObject([{ serialHex: entry.facts.serialHex }]);
    const [row] = (await readTree(scenario, scenario.store.get(scenario.id))).identities;
    expect(row?.certificateId).toBe(entry.id);
  });

  test.each([
    ['an invalid host', { hostName: 'a b' }, 'issue.value-invalid'],
    ['an invalid address', { hostIp: '10.0.0.0/8' }, 'issue.value-invalid'],
    ['an invalid token', { token: 'x' }, 'identity.token-required'],
  ])('is refused with %s', async (_title, change, code) => {
    const scenario = await aScenario('moc');
    const token = await createToken(scenario, NAME);
    const request = {
      authorityId: scenario.id,
      identity: NAME,
      token,
      path: ACCESS_FILE,
      hostName: 'host01',
      hostIp: '10.0.0.5',
      ...change,
    };
    const keys = await scenario.store.getKeyring(scenario.id).keyIds();
    const { code: refused, params } = await catchProblem(() => loginOperation(scenario, request));
    expect(refused).toBe(code);
    expect(JSON.stringify(params)).not.toContain(token);
    expect(scenario.ports.files.paths()).not.toContain(ACCESS_FILE);
    expect(await scenario.store.getKeyring(scenario.id).keyIds()).toEqual(keys);
  });

  test('changes nothing when the access file cannot be written', async () => {
    const scenario = await aScenario('moc');
    const token = await createToken(scenario, NAME);
    const before = scenario.store.get(scenario.id);
    const { files } = scenario.ports;
    const replace = files.replace.bind(files);
    files.replace = async (path, content) => {
      if (path === ACCESS_FILE) throw new ConsoleError('file.not-writable', { path });
      await replace(path, content);
    };
    const refused = await catchProblem(() => loginWith(scenario, { name: NAME, token }));
    expect(refused.code).toBe('file.not-writable');
    expect(scenario.store.get(scenario.id)).toBe(before);
    expect(await scenario.store.getKeyring(scenario.id).keyIds()).toHaveLength(3);
  });

  test('returns both CAs while the CA is being rotated', async () => {
    const scenario = await aScenario('moc');
    const token = await createToken(scenario, NAME);
    await rotateCaOperation(scenario, scenario.id);
    await loginWith(scenario, { name: NAME, token });
    const { certificates } = await readFile(scenario, ACCESS_FILE);
    expect(certificates).toHaveLength(3);
  });
});

describe('an identity', () => {
  test('can log in only with its new token after a rotation', async () => {
    const scenario = await aScenario('moc');
    const old = await createToken(scenario, NAME);
    await rotateIdentityOperation(scenario, { authorityId: scenario.id, identity: NAME, path: LOGIN_FILE });
    const token = await tokenIn(scenario);
    expect(token).not.toBe(old);
    expect([await isAccepted(scenario, old), await isAccepted(scenario, token)]).toEqual(['rotated', 'accepted']);
    expect(findIdentity(scenario)?.generation).toBe(2);
  });

  test('keeps its old token when the new login file cannot be written', async () => {
    const scenario = await aScenario('moc');
    const token = await createToken(scenario, NAME);
    const { files } = scenario.ports;
    const replace = files.replace.bind(files);
    files.replace = async (path, content) => {
      if (path === LOGIN_FILE) throw new ConsoleError('file.not-writable', { path });
      await replace(path, content);
    };
    const request = { authorityId: scenario.id, identity: NAME, path: LOGIN_FILE };
    const refused = await catchProblem(() => rotateIdentityOperation(scenario, request));
    expect(refused.code).toBe('file.not-writable');
    expect(await isAccepted(scenario, token)).toBe('accepted');
  });

  test('is refused with token and certificate once revoked, and can be reinstated', async () => {
    const scenario = await aScenario('moc');
    const { token, entry } = await logIn(scenario, NAME);
    const request = { authorityId: scenario.id, identity: NAME };
    const authority = await revokeIdentityOperation(scenario, request);
    expect(await isAccepted(scenario, token)).toBe('revoked');
    const at = scenario.ports.clock.now();
    expect(authority.entries.find(({ id }) => id === entry.id)?.revoked).toEqual({ at, reason: 'privilegeWithdrawn' });
    expect(await revokeIdentityOperation(scenario, request)).toEqual(authority);
    const rotating = await catchProblem(() => rotateIdentityOperation(scenario, { ...request, path: LOGIN_FILE }));
    expect(rotating.code).toBe('identity.revoked');

    await reinstateIdentityOperation(scenario, { ...request, path: LOGIN_FILE });
    expect(await isAccepted(scenario, token)).toBe('rotated');
    expect(await isAccepted(scenario, await tokenIn(scenario))).toBe('accepted');
    expect(findEntry(scenario, 'kms-plugin').revoked).toBeDefined();
    const again = await catchProblem(() => reinstateIdentityOperation(scenario, { ...request, path: LOGIN_FILE }));
    expect(again.code).toBe('identity.not-revoked');
  });

  test('is reported as unknown if it does not exist', async () => {
    const scenario = await aScenario('moc');
    const request = { authorityId: scenario.id, identity: 'nobody', path: LOGIN_FILE };
    for (const operation of [rotateIdentityOperation, revokeIdentityOperation, reinstateIdentityOperation])
      expect((await catchProblem(() => operation(scenario, request))).code).toBe('identity.unknown');
    expect(scenario.ports.files.paths()).not.toContain(LOGIN_FILE);
  });
});
