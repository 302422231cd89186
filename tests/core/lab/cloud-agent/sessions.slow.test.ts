import { beforeEach, describe, expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { writeRenewalExtension, RENEWAL_EXTENSION } from '../../../../core/formats/x509/renewal-extension.ts';
import { issueToken } from '../../../../core/pki/identities/token.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import { issueCertificate } from '../../../../core/pki/issue/issue.ts';
import { buildNamedTemplate } from '../../../../core/pki/issue/profile-template.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { readCertificatePem } from '../../../../core/lab/store/secret-files.ts';
import { aCloudAgentCa, secondsAfter } from '../../../support/cloud-agent.ts';
import { LabAgent, requestBody, refusalIn, type AgentClient, type Told } from '../../../support/lab-agent.ts';
import { TEST_NOW } from '../../../support/ports.ts';

const OWNER = [{ role: 'Owner', scope: {} }];
const DAY = 86_400;
const VALID_TOKEN_REQUIRED = { status: 401, code: 'identity.token-required', message: 'Valid Token Required' };
const EXPIRED = { status: 401, code: 'identity.certificate-expired', message: 'Certificate has expired: Expired' };
const REVOKED = { status: 401, code: 'identity.revoked', message: 'certificate is revoked' };

let lab: LabAgent;
let owner: AgentClient;
let csi: AgentClient;

beforeEach(async () => {
  lab = await LabAgent.start({ owner: OWNER, csi: [] });
  const { owner: first, csi: second } = lab.made.clients;
  if (first === undefined || second === undefined) throw new Error('no clients');
  [owner, csi] = [first, second];
});

const demand = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('refused');
  return value;
};
const self = (as: AgentClient, token?: string): Promise<Told> =>
  lab.call('GET', '/v1/self', { as, ...(token !== undefined && { token }) });
const advance = (seconds: number): void => {
  lab.ports.clock.moment = secondsAfter(TEST_NOW, seconds);
};

describe('a login', () => {
  test('exchanges the token for a certificate that works at once', async () => {
    const { told, client } = await lab.logIn('csi', csi.token);
    expect(told.status).toBe(200);
    expect(demand(client).certificate.facts.moc).toMatchObject({ accessIdentity: 'csi' });
    const answer = await self(demand(client));
    expect(answer).toMatchObject({ status: 200, value: { name: 'csi', revoked: false } });
    const { certificates } = answer.value as { certificates: unknown[] };
    expect(certificates).toHaveLength(2);
  });

  test('returns the CAs that clients trust from then on', async () => {
    const { told } = await lab.logIn('csi', csi.token);
    const { authorities } = told.value as { authorities: string[] };
    expect(authorities.flatMap(readCertificatePem).map(({ der }) => der)).toEqual([lab.made.agent.signer.der]);
  });

  test.each(['', 'Bearer', 'a.b.c', 'x'.repeat(10_000)])('needs a token: not %.12j', async (token) => {
    expect(refusalIn((await lab.logIn('csi', token)).told)).toMatchObject(VALID_TOKEN_REQUIRED);
  });

  test('takes the raw token, without Bearer', async () => {
    expect(refusalIn((await lab.logIn('csi', `Bearer ${csi.token}`)).told)).toMatchObject(VALID_TOKEN_REQUIRED);
  });

  test('is possible until the second in which the token ends', async () => {
    advance(90 * DAY - 1);
    expect((await lab.logIn('csi', csi.token)).told.status).toBe(200);
    advance(90 * DAY);
    expect(refusalIn((await lab.logIn('csi', csi.token)).told)).toEqual({ ...VALID_TOKEN_REQUIRED, reason: 'expired' });
    expect(lab.log.at(-1)).toBe('rpc error: code = Unauthenticated desc = Valid Token Required');
  });

  test('refuses a token that is not yet valid, as by a clock that was set back', async () => {
    advance(-1);
    expect(refusalIn((await lab.logIn('csi', csi.token)).told)).toMatchObject({ reason: 'notYet' });
  });

  test('refuses a token for another audience, such as one of a real cloud agent', async () => {
    const identity = demand(lab.keeper.content.agent.identities.find(({ name }) => name === 'csi'));
    for (const audience of [undefined, 'another-lab']) {
      const { token } = issueToken(lab.ports, { ...lab.made.agent, audience }, identity);
      const { told } = await lab.logIn('csi', token);
      expect(refusalIn(told)).toEqual({ ...VALID_TOKEN_REQUIRED, reason: 'issuer' });
    }
  });

  test('refuses a token that another key signed', async () => {
    const identity = demand(lab.keeper.content.agent.identities.find(({ name }) => name === 'csi'));
    const tokenKey = await lab.ports.keys.generate('rsa-2048');
    const { token } = issueToken(lab.ports, { ...lab.made.agent, tokenKey }, identity);
    expect(refusalIn((await lab.logIn('csi', token)).told)).toMatchObject({ reason: 'signature' });
  });

  test.each([
    ['nothing', {}, 'body.request'],
    ['a number', { request: 1 }, 'body.request'],
    ['an unknown field', { request: 'x', extra: true }, 'body'],
    ['too much text', { request: 'x'.repeat(33 * 1024) }, 'body.request'],
  ])('names the wrong part of a request with %s', async (_title, body, place) => {
    const told = await lab.call('POST', '/v1/login', { token: csi.token, body });
    expect(refusalIn(told)).toMatchObject({ status: 400, code: 'invalid', place });
  });

  test('refuses a request that is no request, or whose key did not sign it', async () => {
    const send = (request: string): Promise<Told> =>
      lab.call('POST', '/v1/login', { token: csi.token, body: { request } });
    expect(refusalIn(await send('hello'))).toMatchObject({ status: 400, code: 'identity.request-refused' });
    const key = await lab.ports.keys.generate('p-256');
    const template = { subject: { commonName: 'csi', organizations: [] }, sans: { dns: [], ip: [] } };
    const der = createRequest(lab.ports, { template: { ...template, keyUsage: [], extendedKeyUsage: [] }, key });
    const forged = Uint8Array.from(der);
    forged[forged.length - 1]! ^= 1;
    const told = await send(encodePem('CERTIFICATE REQUEST', forged));
    expect(refusalIn(told)).toMatchObject({ code: 'identity.request-refused', reason: 'signature' });
  });
});

describe('a certificate', () => {
  test('is needed for work', async () => {
    expect(refusalIn(await lab.call('GET', '/v1/self'))).toEqual({ status: 401, code: 'certificate-needed' });
    const withToken = await lab.call('GET', '/v1/self', { token: csi.token });
    expect(refusalIn(withToken)).toEqual({ status: 401, code: 'certificate-needed' });
  });

  test('is accepted in its last second and refused in the next', async () => {
    const end = Date.parse(csi.certificate.facts.notAfter) - Date.parse(TEST_NOW);
    advance(end / 1000);
    expect((await self(csi)).status).toBe(200);
    advance(end / 1000 + 1);
    expect(refusalIn(await self(csi))).toEqual(EXPIRED);
    expect(lab.log).toEqual(['rpc error: code = Unauthenticated desc = Certificate has expired: Expired']);
  });

  test('is refused before it begins', async () => {
    advance(-DAY);
    expect(refusalIn(await self(csi))).toMatchObject({ code: 'identity.certificate-refused', reason: 'notYetValid' });
  });

  test('of another CA is refused, whatever it says', async () => {
    const other = await aCloudAgentCa(lab.ports, '0bad');
    const template = buildNamedTemplate(lab.ports, {
      profile: PROFILES['extra-admin'],
      subject: { commonName: 'owner', organizations: [] },
      sans: { dns: [], ip: [] },
      moc: { accessIdentity: 'owner' },
    });
    const certificate = issueCertificate(lab.ports, { template, subjectSpki: owner.key.spki, issuer: other });
    expect(refusalIn(await self({ ...owner, certificate }))).toMatchObject({
      ...{ status: 401, code: 'identity.certificate-refused', reason: 'unknownAuthority' },
      message: 'transport: authentication handshake failed: x509: certificate signed by unknown authority',
    });
  });

  test('of our CA that no login or renewal returned is refused', async () => {
    const template = buildNamedTemplate(lab.ports, {
      profile: PROFILES['extra-admin'],
      subject: { commonName: 'owner', organizations: [] },
      sans: { dns: [], ip: [] },
      moc: { accessIdentity: 'owner' },
    });
    const { signer: issuer } = lab.made.agent;
    const certificate = issueCertificate(lab.ports, { template, subjectSpki: owner.key.spki, issuer });
    expect(refusalIn(await self({ ...owner, certificate }))).toMatchObject({ status: 401, reason: 'notOnRecord' });
  });

  test('counts for the identity in its extension, not for the subject that the client chose', async () => {
    const { told, client } = await lab.logIn('owner', csi.token);
    expect(told.status).toBe(200);
    expect((await self(demand(client))).value).toMatchObject({ name: 'csi' });
    expect((await lab.call('GET', '/v1/identities', { as: demand(client) })).status).toBe(403);
  });

  test('goes together with the own token, and with no other', async () => {
    expect((await self(csi, csi.token)).status).toBe(200);
    expect(refusalIn(await self(csi, owner.token))).toEqual({ ...VALID_TOKEN_REQUIRED, reason: 'unknownIdentity' });
    expect(refusalIn(await self(csi, 'garbage'))).toEqual({ ...VALID_TOKEN_REQUIRED, reason: 'unreadable' });
  });
});

describe('a renewal', () => {
  test('returns a certificate for the new key, and the old one still works', async () => {
    advance(60 * DAY);
    const { told, client } = await lab.renew(csi);
    expect(told.status).toBe(200);
    const renewed = demand(client);
    expect(renewed.certificate.facts.moc).toMatchObject({ accessIdentity: 'csi', renewCount: 1 });
    expect(renewed.certificate.facts.notAfter).toBe(secondsAfter(csi.certificate.facts.notAfter, 60 * DAY));
    expect((await self(csi)).status).toBe(200);
    expect((await self(renewed)).status).toBe(200);
  });

  test('comes too late once the certificate has ended; a login helps while the token is valid', async () => {
    const end = Date.parse(csi.certificate.facts.notAfter) - Date.parse(TEST_NOW);
    const { token } = demand((await lab.call('POST', '/v1/self/rotate', { as: csi })).value as AgentClient | undefined);
    advance(end / 1000 + 1);
    expect(refusalIn((await lab.renew(csi)).told)).toEqual(EXPIRED);
    // Certificate and token of the first login end in the same second.
    expect(refusalIn((await lab.logIn('csi', token)).told)).toMatchObject({ reason: 'expired' });
  });

  test('needs the word of the old key for the new one', async () => {
    const key = await lab.ports.keys.generate('p-256');
    const names = { subject: { commonName: 'csi', organizations: [] }, sans: { dns: [], ip: [] } };
    const template = { ...names, keyUsage: [], extendedKeyUsage: [] };
    const send = (request: Uint8Array): Promise<Told> =>
      lab.call('POST', '/v1/self/renew', { as: csi, body: requestBody(request) });
    const bare = createRequest(lab.ports, { template, key });
    expect(refusalIn(await send(bare))).toMatchObject({ code: 'renewal.refused', reason: 'missingCertificates' });
    // Somebody who has the certificate but not its key signs with a key of their own.
    const word = issueCertificate(lab.ports, {
      template: {
        ...template,
        serialHex: '01',
        notBefore: TEST_NOW,
        notAfter: secondsAfter(TEST_NOW, DAY),
        isCa: false,
      },
      subjectSpki: key.spki,
      issuer: { ...csi.certificate, key },
    });
    const value = writeRenewalExtension([word.der, csi.certificate.der]);
    const forged = createRequest(lab.ports, {
      template: { ...template, otherExtensions: [{ oid: RENEWAL_EXTENSION, critical: false, value }] },
      key,
    });
    expect(refusalIn(await send(forged))).toMatchObject({
      ...{ status: 400, code: 'renewal.refused', reason: 'keyCertificateSignature' },
    });
  });

  test('for another client than the caller is refused', async () => {
    const { request } = await import('../../../../core/pki/identities/request.ts').then(({ renewalRequest }) =>
      renewalRequest(lab.ports, owner),
    );
    const told = await lab.call('POST', '/v1/self/renew', { as: csi, body: requestBody(request) });
    expect(refusalIn(told)).toMatchObject({ code: 'renewal.refused', reason: 'notClientCertificate' });
  });
});

describe('a token', () => {
  test('that was rotated is refused for logins and beside a certificate; the new one works', async () => {
    const told = await lab.call('POST', '/v1/self/rotate', { as: csi });
    expect(told).toMatchObject({ status: 200, value: { identity: 'csi', clientType: 'ExternalClient' } });
    const { token } = told.value as { token: string };
    const rotated = { ...VALID_TOKEN_REQUIRED, reason: 'rotated' };
    expect(refusalIn((await lab.logIn('csi', csi.token)).told)).toEqual(rotated);
    expect(refusalIn(await self(csi, csi.token))).toEqual(rotated);
    expect((await lab.logIn('csi', token)).told.status).toBe(200);
    expect((await self(csi, token)).status).toBe(200);
  });

  test('of somebody else can be rotated by who may; an unknown identity is named', async () => {
    const told = await lab.call('POST', '/v1/identities/csi/rotate', { as: owner });
    expect(told).toMatchObject({ status: 200, value: { identity: 'csi' } });
    expect(refusalIn((await lab.logIn('csi', csi.token)).told)).toMatchObject({ reason: 'rotated' });
    const unknown = await lab.call('POST', '/v1/identities/cs%69x/rotate', { as: owner });
    expect(refusalIn(unknown)).toMatchObject({ status: 404, code: 'identity.unknown' });
  });
});

describe('a logout', () => {
  test('ends the certificate of the caller and no other, and cannot be replayed', async () => {
    const { client } = await lab.renew(csi);
    expect((await lab.call('POST', '/v1/self/logout', { as: csi })).status).toBe(204);
    for (const replay of ['GET /v1/self', 'POST /v1/self/logout', 'POST /v1/self/rotate']) {
      const [method = '', path = ''] = replay.split(' ');
      expect(refusalIn(await lab.call(method, path, { as: csi })), replay).toEqual(REVOKED);
    }
    expect(refusalIn((await lab.renew(csi)).told)).toEqual(REVOKED);
    expect((await self(demand(client))).status).toBe(200);
    expect((await lab.logIn('csi', csi.token)).told.status).toBe(200);
  });
});

describe('a revoked identity', () => {
  beforeEach(async () => {
    expect((await lab.call('POST', '/v1/identities/csi/revoke', { as: owner })).status).toBe(204);
  });

  test('can neither work nor renew nor log in', async () => {
    expect(refusalIn(await self(csi))).toEqual(REVOKED);
    expect(refusalIn((await lab.renew(csi)).told)).toEqual(REVOKED);
    expect(refusalIn((await lab.logIn('csi', csi.token)).told)).toEqual({ ...VALID_TOKEN_REQUIRED, reason: 'revoked' });
  });

  test('stays revoked when it is revoked again', async () => {
    const before = lab.keeper.content;
    lab.ports.clock.moment = secondsAfter(TEST_NOW, 60);
    expect((await lab.call('POST', '/v1/identities/csi/revoke', { as: owner })).status).toBe(204);
    expect(lab.keeper.content).toBe(before);
  });

  test('gets no new token by a rotation; the caller is not told that its own certificate is revoked', async () => {
    const told = await lab.call('POST', '/v1/identities/csi/rotate', { as: owner });
    expect(refusalIn(told)).toEqual({ status: 409, code: 'identity.revoked' });
  });

  test('logs in again with a new token once it is reinstated; what it had before stays refused', async () => {
    const told = await lab.call('POST', '/v1/identities/csi/reinstate', { as: owner });
    expect(told.status).toBe(200);
    const { token } = told.value as { token: string };
    expect(refusalIn((await lab.logIn('csi', csi.token)).told)).toMatchObject({ reason: 'rotated' });
    expect(refusalIn(await self(csi))).toEqual(REVOKED);
    const { client } = await lab.logIn('csi', token);
    expect((await self(demand(client))).status).toBe(200);
    const again = await lab.call('POST', '/v1/identities/csi/reinstate', { as: owner });
    expect(refusalIn(again)).toMatchObject({ status: 409, code: 'identity.not-revoked' });
  });
});

test('a name with a slash is one name: encoded in a path, it is no separator', async () => {
  const made = await lab.call('POST', '/v1/identities', { as: owner, body: { name: 'csi/rotate' } });
  expect(made.status).toBe(201);
  const told = await lab.call('POST', '/v1/identities/csi%2Frotate/rotate', { as: owner });
  expect(told).toMatchObject({ status: 200, value: { identity: 'csi/rotate' } });
  expect((await lab.call('POST', '/v1/identities/csi%2Frotate', { as: owner })).status).toBe(404);
});

describe('an administrator of the host, who has the recovery secret', () => {
  const recover = (identity: string, token: string): Promise<Told> =>
    lab.call('POST', '/v1/recover', { token, body: { identity } });
  const SECRET = 'secret of the host';

  test('gets a new token for a tool of an admin, whatever has expired', async () => {
    lab.keeper.content.agent.identities.find(({ name }) => name === 'owner')!.clientType = 'Admin';
    advance(400 * DAY);
    const { status, value } = await recover('owner', SECRET);
    expect(status).toBe(200);
    const { token } = value as { token: string };
    expect((await lab.logIn('owner', token)).told.status).toBe(200);
  });

  test.each(['', 'secret of the hos', 'another secret'])('is not whoever says %j', async (secret) => {
    expect(refusalIn(await recover('owner', secret))).toMatchObject(VALID_TOKEN_REQUIRED);
  });

  test('gets no token for a client of a cluster, nor for an identity that is unknown', async () => {
    for (const name of ['csi', 'nobody']) expect(refusalIn(await recover(name, SECRET))).toMatchObject({ status: 404 });
  });
});
