import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CloudAgent } from '../../../../core/pki/identities/cloud-agent.ts';
import { findRotation, type CaRotation } from '../../../../core/pki/issue/ca-rotation.ts';
import { currentSigner, trustAnchors } from '../../../../core/pki/model/rotation.ts';
import { renew } from '../../../../core/pki/identities/renewal.ts';
import { renewalRequest } from '../../../../core/pki/identities/request.ts';
import { issueCertificate, type SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../../../core/pki/issue/profile-template.ts';
import {
  certificateEntry,
  reissueLeaf,
  startRotation,
  withdrawOldAuthority,
} from '../../../../core/pki/issue/rotate-ca.ts';
import type { AuthorityEntry } from '../../../../core/pki/model/authority.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { instantFromMs } from '../../../../core/shared/instant.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { aCloudAgent, logIn, catchProblem, secondsAfter } from '../../../support/cloud-agent.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const FQDN = 'ca-5b1f0c2e.contoso.example';
const ports = testPorts();
// Handshakes use this computer's clock, so the certificates must be valid by that clock.
const NOW = instantFromMs(Date.now() - 60_000);
ports.clock.moment = NOW;

type Entries = readonly AuthorityEntry[];
interface Holder {
  chain: Uint8Array[];
  key: PrivateKey;
}

const pems = (ders: readonly Uint8Array[]): string[] => ders.map((der) => encodePem('CERTIFICATE', der));
const keyPem = (key: PrivateKey): string => encodePem('PRIVATE KEY', ports.keys.exportPrivateKey(key, 'pkcs8'));
const ders = (entries: Entries): Uint8Array[] => entries.map(({ der }) => der);
const requireRotation = (rotation: CaRotation | undefined): CaRotation => {
  if (rotation === undefined) throw new Error('no CA');
  return rotation;
};

/** `connected`, or the party that refuses. A client that does not trust the server never sends its own certificate. */
type Outcome = 'connected' | 'client refuses' | 'server refuses';

/** Returns the outcome for a client that trusts `trust` and presents its chain to the server. */
async function connects(
  server: Holder & { accepts: readonly Uint8Array[] },
  client: Holder & { trust: readonly Uint8Array[] },
): Promise<Outcome> {
  const credentials = ({ chain, key }: Holder) => ({ cert: pems(chain).join(''), key: keyPem(key) });
  const listener = createServer(
    { ...credentials(server), ca: pems(server.accepts), requestCert: true, rejectUnauthorized: true },
    (socket) => socket.end('hello'),
  );
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, servername: FQDN, ca: pems(client.trust), ...credentials(client) });
  let heard = '';
  let isServerBelieved = false;
  socket.on('secureConnect', () => (isServerBelieved = true));
  socket.on('data', (data) => (heard += String(data)));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.on('close', resolve));
  listener.close();
  if (heard === 'hello') return 'connected';
  return isServerBelieved ? 'server refuses' : 'client refuses';
}

let agent: CloudAgent;
let serverKey: PrivateKey;
/** The server and two clients, all with certificates of the old CA. */
let entries: Entries;
let oldCa: SigningAuthority;
let first: Awaited<ReturnType<typeof logIn>>;
let second: Awaited<ReturnType<typeof logIn>>;

beforeAll(async () => {
  agent = await aCloudAgent(ports);
  oldCa = agent.signer;
  first = await logIn(ports, agent, { name: 'csi' });
  second = await logIn(ports, { ...agent, state: first.state }, { name: 'caph' });
  agent = { ...agent, state: second.state };
  serverKey = await ports.keys.generate('p-256');
  const template = buildProfileTemplate({
    profile: PROFILES['cloud-agent-server'],
    values: { 'cloud-agent-fqdn': FQDN },
    serialHex: '0e',
    now: NOW,
  });
  const server = issueCertificate(ports, { template, subjectSpki: serverKey.spki, issuer: oldCa });
  const root = certificateEntry(ports, oldCa, { profile: 'cloud-agent-ca', issuer: 'self', keyFile: null });
  const leaf = (profile: 'cloud-agent-server' | 'csi' | 'caph') => ({ profile, issuer: root.id, keyFile: null });
  entries = [
    root,
    certificateEntry(ports, server, leaf('cloud-agent-server')),
    certificateEntry(ports, first.certificate, leaf('csi')),
    certificateEntry(ports, second.certificate, leaf('caph')),
  ];
});

const rotation = (of: Entries): CaRotation => requireRotation(findRotation(of, ports.clock.now()));
const stage = (of: Entries): string => rotation(of).stage.id;
/** Returns the newest certificate of a profile, which nothing has superseded. */
function current(of: Entries, profile: AuthorityEntry['profile']): AuthorityEntry {
  const found = of.find((entry) => entry.profile === profile && entry.supersededBy === undefined);
  if (found === undefined) throw new Error('none');
  return found;
}
/** Finds the cross-certificate: the new CA's key, certified by the old CA. */
const findCross = (of: Entries): AuthorityEntry | undefined =>
  of.find(({ facts, issuer }) => facts.isCa && issuer === rotation(of).oldest?.id);
/** Lists what a server sends: its certificate and, if the new CA issued that, the cross-certificate. */
function serverChain(of: Entries): Uint8Array[] {
  const { der, issuer } = current(of, 'cloud-agent-server');
  const cross = issuer === rotation(of).newest.id ? findCross(of) : undefined;
  return [der, ...(cross === undefined ? [] : [cross.der])];
}
const serverIn = (of: Entries) => ({
  chain: serverChain(of),
  key: serverKey,
  accepts: ders(trustAnchors(rotation(of))),
});

/** Returns the outcome of a handshake for each trust list (rows) and each client (columns). */
async function table(of: Entries, trusts: (readonly Uint8Array[])[], clients: Holder[]): Promise<Outcome[][]> {
  return Promise.all(
    trusts.map((trust) => Promise.all(clients.map((client) => connects(serverIn(of), { ...client, trust })))),
  );
}

const refusal = (reason: string, count = 0, until = '') => ['rotation.refused', { reason, count, until }];

test('the CA is rotated in stages, and clients with the old certificate can connect until the old CA is withdrawn', async () => {
  const withOld = { chain: [first.certificate.der], key: first.key };
  const onlyOld = [oldCa.der];

  expect(stage(entries)).toBe('single');
  expect(currentSigner(rotation(entries)).id).toBe(entries[0]?.id);
  expect(await table(entries, [onlyOld], [withOld])).toEqual([['connected']]);
  expect(catchProblem(() => withdrawOldAuthority(ports, entries))).toEqual(refusal('notRotating'));

  // Stage 1: there are two CAs, and the old one signs.
  const started = await startRotation(ports, entries, oldCa);
  const { authority } = started;
  expect(stage(started.entries)).toBe('both-trusted');
  expect(currentSigner(rotation(started.entries)).der).toEqual(oldCa.der);
  const both = ders(trustAnchors(rotation(started.entries)));
  expect(both).toEqual([authority.der, oldCa.der]);
  expect(await table(started.entries, [onlyOld, both], [withOld])).toEqual([['connected'], ['connected']]);
  expect(catchProblem(() => withdrawOldAuthority(ports, started.entries))).toEqual(refusal('nothingReissued'));
  await expect(startRotation(ports, started.entries, oldCa)).rejects.toMatchObject({
    params: { reason: 'alreadyRotating' },
  });

  // Stage 2 begins with the server. One client renews its certificate; the other's certificate is reissued for the same
  // key.
  const leaf = current(started.entries, 'cloud-agent-server');
  const server = reissueLeaf(ports, started.entries, { leaf, signer: authority });
  expect(stage(server.entries)).toBe('reissuing');
  expect(currentSigner(rotation(server.entries)).der).toEqual(authority.der);
  const accepted = trustAnchors(rotation(server.entries));
  const overlap = { ...agent, signer: authority, trusted: accepted };
  const { request, key } = await renewalRequest(ports, first);
  const renewed = renew(ports, overlap, { certificate: first.certificate.der, request });
  expect(renewed.authorities).toEqual(both);
  const withNew = { chain: [renewed.certificate.der], key };
  expect(await table(server.entries, [onlyOld, both], [withOld, withNew])).toEqual([
    ['connected', 'connected'],
    ['connected', 'connected'],
  ]);
  // Without the cross-certificate, the server would be refused by clients that do not trust the new CA yet.
  const bare = { ...serverIn(server.entries), chain: [server.entry.der] };
  expect(await connects(bare, { ...withOld, trust: onlyOld })).toBe('client refuses');
  expect(await connects(bare, { ...withOld, trust: both })).toBe('connected');

  const until = first.certificate.facts.notAfter;
  expect(catchProblem(() => withdrawOldAuthority(ports, server.entries))).toEqual(refusal('leavesLeft', 2, until));
  const kept = certificateEntry(ports, renewed.certificate, {
    profile: 'csi',
    issuer: accepted[0]?.id ?? 'self',
    keyFile: null,
  });
  const afterRenewal: Entries = [
    ...server.entries.map((entry) => (entry.profile === 'csi' ? { ...entry, supersededBy: kept.id } : entry)),
    kept,
  ];
  expect(catchProblem(() => withdrawOldAuthority(ports, afterRenewal))).toEqual(refusal('leavesLeft', 1, until));
  const all = reissueLeaf(ports, afterRenewal, { leaf: current(afterRenewal, 'caph'), signer: authority });
  const alsoNew = { chain: [all.entry.der], key: second.key };
  const alsoOld = { chain: [second.certificate.der], key: second.key };
  expect(await table(all.entries, [onlyOld], [alsoOld, alsoNew])).toEqual([['connected', 'connected']]);

  // In stage 3, every holder of a new certificate can connect, but certificates of the old CA are refused.
  const done = withdrawOldAuthority(ports, all.entries);
  expect(stage(done)).toBe('withdrawn');
  const onlyNew = ders(trustAnchors(rotation(done)));
  expect(onlyNew).toEqual([authority.der]);
  expect(await table(done, [onlyOld, both, onlyNew], [withNew, withOld])).toEqual([
    ['connected', 'server refuses'],
    ['connected', 'server refuses'],
    ['connected', 'server refuses'],
  ]);
  expect(await table(done, [onlyNew], [alsoNew, alsoOld])).toEqual([['connected', 'server refuses']]);
  expect(catchProblem(() => withdrawOldAuthority(ports, done))).toEqual(refusal('notRotating'));
  expect(catchProblem(() => reissueLeaf(ports, done, { leaf, signer: authority }))).toEqual(refusal('notRotating'));
  const next = await startRotation(ports, done, authority);
  expect(stage(next.entries)).toBe('both-trusted');
});

describe('while both CAs are trusted', () => {
  let authority: SigningAuthority;
  let overlapping: Entries;
  beforeAll(async () => {
    const started = await startRotation(ports, entries, oldCa);
    ({ authority } = started);
    const leaf = current(started.entries, 'cloud-agent-server');
    overlapping = reissueLeaf(ports, started.entries, { leaf, signer: authority }).entries;
  });

  test('a reissued certificate differs only in issuer, serial number and dates', () => {
    ports.clock.moment = secondsAfter(NOW, 60);
    const leaf = current(overlapping, 'csi');
    const { entry, entries: after } = reissueLeaf(ports, overlapping, { leaf, signer: authority });
    const { facts } = entry;
    expect(after.find(({ id }) => id === leaf.id)?.supersededBy).toBe(entry.id);
    expect(entry).toMatchObject({ profile: 'csi', keyFile: null, issuedAt: ports.clock.moment });
    expect(facts.subject).toEqual(leaf.facts.subject);
    expect(facts.sans).toEqual(leaf.facts.sans);
    expect(facts.moc).toEqual({ accessIdentity: 'csi' });
    expect(facts.subjectKeyId).toBe(leaf.facts.subjectKeyId);
    expect(facts.serialHex).not.toBe(leaf.facts.serialHex);
    expect(facts.authorityKeyId?.keyId).toBe(authority.facts.subjectKeyId);
    expect(facts.notBefore).toBe(secondsAfter(leaf.facts.notBefore, 60));
    expect(facts.notAfter).toBe(secondsAfter(leaf.facts.notAfter, 60));
    ports.clock.moment = NOW;
  });

  test('a reissued certificate keeps the renewal count of a renewed certificate', async () => {
    const { request } = await renewalRequest(ports, first);
    const { certificate } = renew(ports, agent, { certificate: first.certificate.der, request });
    const leaf = certificateEntry(ports, certificate, {
      profile: 'csi',
      issuer: entries[0]?.id ?? 'self',
      keyFile: null,
    });
    const { entry } = reissueLeaf(ports, [...overlapping, leaf], { leaf, signer: authority });
    expect(entry.facts.moc).toEqual(certificate.facts.moc);
    expect(entry.facts.moc?.renewCount).toBe(1);
  });

  test('openssl finds the path from a new certificate to the old CA, and the cross-certificate permits no CA below it', () => {
    const folder = temporaryFolder();
    const [leaf, cross] = serverChain(overlapping);
    const file = (name: string, der: Uint8Array | undefined): string => {
      writeFileSync(join(folder, name), encodePem('CERTIFICATE', der ?? new Uint8Array()));
      return join(folder, name);
    };
    const said = openssl(
      ...['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', file('ca.pem', oldCa.der)],
      ...['-untrusted', file('cross.pem', cross), file('leaf.pem', leaf)],
    );
    expect(String(said)).toContain('OK');
    const { facts } = findCross(overlapping) ?? {};
    expect(facts).toMatchObject({ isCa: true, pathLength: 0, notAfter: oldCa.facts.notAfter });
  });

  test.each<[string, (leaf: AuthorityEntry) => AuthorityEntry]>([
    ['reissued', (leaf) => ({ ...leaf, supersededBy: leaf.id })],
    ['revoked', (leaf) => ({ ...leaf, revoked: { at: NOW, reason: 'privilegeWithdrawn' } })],
  ])('the old CA can be withdrawn once each of its certificates is %s', (_title, change) => {
    expect(rotation(overlapping).leavesLeft.map(({ profile }) => profile)).toEqual(['csi', 'caph']);
    const clients = ['csi', 'caph'];
    const done = overlapping.map((entry) => (clients.includes(entry.profile ?? '') ? change(entry) : entry));
    expect(rotation(done).leavesLeft).toEqual([]);
    const withdrawn = withdrawOldAuthority(ports, done);
    expect(withdrawn.find(({ der }) => der === oldCa.der)?.revoked).toEqual({ at: NOW, reason: 'superseded' });
  });

  test.each([
    ['in their last second', 0, ['csi', 'caph']],
    ['one second after they have expired', 1, []],
  ])('the certificates of the old CA that still need to be replaced %s are %j', (_title, seconds, left) => {
    const at = secondsAfter(first.certificate.facts.notAfter, seconds);
    const found = requireRotation(findRotation(overlapping, at)).leavesLeft;
    expect(found.map(({ profile }) => profile)).toEqual(left);
  });

  test('the rotation ends when the old CA has expired', () => {
    const end = oldCa.facts.notAfter;
    expect(findRotation(overlapping, end)?.oldest?.der).toBe(oldCa.der);
    // The new CA was created in the same second, so it has expired as well.
    expect(findRotation(overlapping, secondsAfter(end, 1))).toBeUndefined();
  });

  test('only the current CA may sign', async () => {
    const leaf = current(overlapping, 'csi');
    expect(() => reissueLeaf(ports, overlapping, { leaf, signer: oldCa })).toThrow('turn');
    await expect(startRotation(ports, entries, authority)).rejects.toThrow('turn');
  });
});

test('a CA that has expired cannot be rotated', async () => {
  ports.clock.moment = secondsAfter(oldCa.facts.notAfter, 1);
  await expect(startRotation(ports, entries, oldCa)).rejects.toMatchObject({
    code: 'rotation.refused',
    params: { reason: 'expired', count: 0, until: '' },
  });
  ports.clock.moment = NOW;
});
