import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identityNamed, type CloudAgent } from '../../../../core/pki/identities/cloud-agent.ts';
import {
  createIdentity,
  reinstateIdentity,
  revokeIdentity,
  rotateToken,
  revokeClientCertificate,
} from '../../../../core/pki/identities/identities.ts';
import { TOKEN_FAULTS, verifyToken } from '../../../../core/pki/identities/token.ts';
import { compactToken, buildSigningInput } from '../../../../core/formats/jwt/jwt-writer.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { CloudAgentState } from '../../../../core/pki/model/identity.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { aCloudAgent, logIn, catchProblem, secondsAfter } from '../../../support/cloud-agent.ts';
import { testPorts } from '../../../support/ports.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const END = instant('2027-02-22T12:00:00Z');
const ports = testPorts();
let agent: CloudAgent;
beforeAll(async () => {
  agent = await aCloudAgent(ports);
});
beforeEach(() => {
  ports.clock.moment = NOW;
});
const agentWithState = (state: CloudAgentState): CloudAgent => ({ ...agent, state });

/** Generates a short key, which saves time. */
function anotherRsaKey(): PrivateKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = ports.keys.read(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  if (key === undefined) throw new Error('not read');
  return key;
}

/**
 * Returns the fault of a token, or `undefined` if the cloud agent accepts it; checks that no error contains the token.
 */
function tokenFault(known: CloudAgent, token: string): unknown {
  const [code, values] = catchProblem(() => verifyToken(ports, known, token)) ?? [];
  if (code !== undefined) expect(code).toBe('identity.token-required');
  expect(JSON.stringify(values ?? {})).not.toContain(token.slice(0, 20));
  return values?.['reason'];
}

describe('a new identity', () => {
  test('has a token of 90 days and is an external client by default', () => {
    const { identity, state, token } = createIdentity(ports, agent, { name: 'admin2' });
    expect(identity).toEqual({
      name: 'admin2',
      profile: 'extra-admin',
      clientType: 'ExternalClient',
      createdAt: NOW,
      tokenValidityMs: 90 * 86_400_000,
      autoRotate: false,
      generation: 1,
      token: { id: identity.token.id, issuedAt: NOW, expiresAt: END },
      certificates: [],
    });
    expect(identity.token.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
    expect(state.identities).toEqual([identity]);
    expect(agent.state.identities).toEqual([]);
    expect(JSON.stringify(state)).not.toContain(token.split('.')[2]);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('keeps the specified values', () => {
    const { identity } = createIdentity(ports, agent, {
      name: 'csi',
      clientType: 'ControlPlane',
      tokenValidityDays: 60,
    });
    expect(identity).toMatchObject({
      clientType: 'ControlPlane',
      profile: 'csi',
      token: { expiresAt: '2027-01-23T12:00:00Z' },
    });
  });

  test.each([
    ['', ['identity.name-invalid', { fault: 'empty', longest: 253 }]],
    ['admin2 ', ['identity.name-invalid', { fault: 'blankAtEnd', longest: 253 }]],
    ['Admin2', ['identity.name-taken', { identity: 'Admin2' }]],
  ])('cannot be called %j if admin2 exists', (name, problem) => {
    const { state } = createIdentity(ports, agent, { name: 'admin2' });
    expect(catchProblem(() => createIdentity(ports, agentWithState(state), { name }))).toEqual(problem);
  });

  test.each([0, -1, 1.5, Number.NaN, 3_651, Infinity])('cannot have a token of %d days', (days) => {
    const create = (): unknown => createIdentity(ports, agent, { name: 'admin2', tokenValidityDays: days });
    expect(catchProblem(create)).toEqual(['identity.validity-invalid', { days, longest: 3_650 }]);
  });

  test.each([1, 3_650])('may have a token of %d days', (tokenValidityDays) => {
    const { identity } = createIdentity(ports, agent, { name: 'admin2', tokenValidityDays });
    const { issuedAt, expiresAt } = identity.token;
    expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(tokenValidityDays * 86_400_000);
  });
});

describe('a token', () => {
  test.each([
    ['one second before it was issued', -1, 'notYet'],
    ['when it was issued', 0, undefined],
    ['one second before its end', 90 * 86_400 - 1, undefined],
    ['at its end', 90 * 86_400, 'expired'],
    ['one second after its end', 90 * 86_400 + 1, 'expired'],
  ])('%s (after %s s) has the fault %s', (_title, seconds, fault) => {
    const { state, token } = createIdentity(ports, agent, { name: 'admin2' });
    ports.clock.moment = secondsAfter(NOW, seconds);
    expect(tokenFault(agentWithState(state), token)).toBe(fault);
    if (fault === undefined) expect(verifyToken(ports, agentWithState(state), token).name).toBe('admin2');
  });

  test('is refused if any character is changed', () => {
    const { state, token } = createIdentity(ports, agent, { name: 'admin2' });
    const known = agentWithState(state);
    for (let at = 0; at < token.length; at += 17) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(['unreadable', 'signature'], String(at)).toContain(tokenFault(known, changed));
    }
  });

  test('is refused if another cloud agent issued it, even if it names an existing identity', () => {
    const { state } = createIdentity(ports, agent, { name: 'admin2' });
    const other = { ...agent, tokenKey: anotherRsaKey() };
    const { token } = createIdentity(ports, other, { name: 'admin2' });
    expect(tokenFault(agentWithState(state), token)).toBe('signature');
  });

  test.each([
    ['of another issuer', { iss: 'somebody' }, 'issuer'],
    ['for an identity that does not exist', { name: 'admin3' }, 'unknownIdentity'],
    ['for the same name in another case', { name: 'ADMIN2' }, 'unknownIdentity'],
    ['with another id', { jti: 'other' }, 'rotated'],
  ])('%s is refused even if the key of the cloud agent signed it', (_title, claims, fault) => {
    const { state, identity } = createIdentity(ports, agent, { name: 'admin2' });
    const seconds = Date.parse(NOW) / 1000;
    const input = buildSigningInput({
      name: 'admin2',
      jti: identity.token.id,
      iss: 'wssdagentsvc',
      iat: seconds,
      exp: seconds + 60,
      ...claims,
    });
    const bytes = new TextEncoder().encode(input);
    const token = compactToken(input, ports.keys.sign(agent.tokenKey, bytes, 'SHA-256'));
    expect(tokenFault(agentWithState(state), token)).toBe(fault);
    expect(TOKEN_FAULTS).toContain(fault);
  });

  test('cannot be signed with an EC key', async () => {
    const tokenKey = await ports.keys.generate('p-256');
    expect(() => createIdentity(ports, { ...agent, tokenKey }, { name: 'admin2' })).toThrow('RS256');
  });
});

describe('rotation', () => {
  test('issues a token with the same lifetime, and the old token is refused from then on', () => {
    const created = createIdentity(ports, agent, { name: 'admin2', tokenValidityDays: 60 });
    ports.clock.moment = secondsAfter(NOW, 86_400);
    const rotated = rotateToken(ports, agentWithState(created.state), 'admin2');
    expect(rotated.identity).toMatchObject({
      generation: 2,
      token: { issuedAt: '2026-11-25T12:00:00Z', expiresAt: '2027-01-24T12:00:00Z' },
    });
    const known = agentWithState(rotated.state);
    expect(tokenFault(known, created.token)).toBe('rotated');
    expect(tokenFault(known, rotated.token)).toBeUndefined();
    const again = rotateToken(ports, known, 'admin2');
    expect(again.identity.generation).toBe(3);
    expect(tokenFault(agentWithState(again.state), rotated.token)).toBe('rotated');
  });

  test('is refused for an identity that does not exist or is revoked', () => {
    expect(catchProblem(() => rotateToken(ports, agent, 'admin2'))).toEqual([
      'identity.unknown',
      { identity: 'admin2' },
    ]);
    const { state } = createIdentity(ports, agent, { name: 'admin2' });
    const revoked = revokeIdentity(ports, agentWithState(state), 'admin2').state;
    expect(catchProblem(() => rotateToken(ports, agentWithState(revoked), 'admin2'))).toEqual([
      'identity.revoked',
      { identity: 'admin2' },
    ]);
  });
});

describe('revocation', () => {
  test('invalidates the token; a reinstated identity gets a new token, and the old one stays invalid', async () => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    ports.clock.moment = secondsAfter(NOW, 60);
    const revoked = revokeIdentity(ports, agentWithState(client.state), 'admin2');
    expect(revoked.identity.revokedAt).toBe('2026-11-24T12:01:00Z');
    expect(revoked.identity.certificates).toMatchObject([{ revokedAt: '2026-11-24T12:01:00Z' }]);
    expect(tokenFault(agentWithState(revoked.state), client.token)).toBe('revoked');

    ports.clock.moment = secondsAfter(NOW, 120);
    const twice = revokeIdentity(ports, agentWithState(revoked.state), 'admin2');
    expect(twice.state).toBe(revoked.state);

    const back = reinstateIdentity(ports, agentWithState(revoked.state), 'admin2');
    expect(back.identity).not.toHaveProperty('revokedAt');
    expect(back.identity.generation).toBe(2);
    expect(back.identity.certificates).toMatchObject([{ revokedAt: '2026-11-24T12:01:00Z' }]);
    expect(tokenFault(agentWithState(back.state), client.token)).toBe('rotated');
    expect(tokenFault(agentWithState(back.state), back.token)).toBeUndefined();
  });

  test('can be reversed only for a revoked identity, and fails for an unknown identity', () => {
    const { state } = createIdentity(ports, agent, { name: 'admin2' });
    expect(catchProblem(() => reinstateIdentity(ports, agentWithState(state), 'admin2'))).toEqual([
      'identity.not-revoked',
      { identity: 'admin2' },
    ]);
    for (const operation of [revokeIdentity, reinstateIdentity])
      expect(catchProblem(() => operation(ports, agentWithState(state), 'admin3'))).toEqual([
        'identity.unknown',
        { identity: 'admin3' },
      ]);
  });

  test('of one certificate does not affect the identity and its other certificates', async () => {
    const client = await logIn(ports, agent, { name: 'admin2' });
    const { serialHex } = client.certificate.facts;
    const known = agentWithState(client.state);
    const state = revokeClientCertificate(known.state, serialHex, NOW);
    const identity = identityNamed(state, 'admin2');
    expect(identity.certificates).toMatchObject([{ serialHex, revokedAt: NOW }]);
    expect(identity).not.toHaveProperty('revokedAt');
    expect(tokenFault(agentWithState(state), client.token)).toBeUndefined();
    const later = revokeClientCertificate(state, serialHex, secondsAfter(NOW, 60));
    expect(later).toEqual(state);
  });
});

test('an identity is found only by its exact name', () => {
  const { state, identity } = createIdentity(ports, agent, { name: 'admin2' });
  expect(identityNamed(state, 'admin2')).toBe(identity);
  expect(catchProblem(() => identityNamed(state, 'Admin2'))?.[0]).toBe('identity.unknown');
});
