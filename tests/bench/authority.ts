/**
 * Measures the certificate engine: issuing and renewing compared with bare signatures, verifying compared with openssl
 * and Node; then measures other tools for comparison. Exits with 1 if a limit is exceeded.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renew } from '../../core/pki/identities/renewal.ts';
import { renewalRequest } from '../../core/pki/identities/request.ts';
import { issueCertificate, issueRoot, type SigningAuthority } from '../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../core/pki/issue/profile-template.ts';
import { newSerial } from '../../core/pki/issue/serial.ts';
import { verifyChain } from '../../core/pki/verify/verify.ts';
import { PROFILES } from '../../core/pki/model/profiles.ts';
import { getSignatureHash, type KeyAlgorithm } from '../../core/shared/certificates/key-algorithm.ts';
import type { ProfileId } from '../../core/pki/model/profile.ts';
import { encodePem } from '../../core/formats/der/pem.ts';
import type { PrivateKey } from '../../core/shared/ports.ts';
import { aCloudAgent, logIn } from '../support/cloud-agent.ts';
import { testPorts } from '../support/ports.ts';
import { recordAtMost, count, note } from './support/figures.ts';
import { briefInTurn, median, medianRatio, runIn } from './support/measure.ts';

const ports = testPorts();

/** `times` limits the total time, as a multiple of the time of the bare signature in the same round. */
const LIMITS: readonly { algorithm: KeyAlgorithm; times: number; rounds: number }[] = [
  { algorithm: 'p-384', times: 1.5, rounds: 2_000 },
  { algorithm: 'rsa-4096', times: 1.2, rounds: 400 },
];
/** The first rounds, which are discarded because the code has not been compiled yet. */
const WARM_UP_ROUNDS = 200;
const RENEWALS = 200;
const CHAINS = 1_000;
/** Few, since each round starts a process. */
const PEER_ROUNDS = 15;

const VALUES = {
  cluster: 'retail-east',
  node: 'retail-east-control-plane-1',
  'node-ip': '10.0.0.11',
  'service-ip': '10.96.0.1',
  endpoint: ['172.16.255.14', 'api.retail-east.contoso.example'],
  'service-domain': 'cluster.local',
};

function profileTemplate(id: ProfileId) {
  const profile = PROFILES[id];
  return buildProfileTemplate({
    profile,
    values: VALUES,
    serialHex: newSerial(ports.keys, profile.serialBits.value),
    now: ports.clock.now(),
  });
}

async function aRoot(algorithm: KeyAlgorithm): Promise<SigningAuthority> {
  const key = await ports.keys.generate(algorithm);
  return issueRoot(ports, { template: profileTemplate('cluster-ca'), key });
}

/** Issues an API server's certificate, which has more content than that of any other profile. */
function issueApiserver(issuer: SigningAuthority, subjectSpki: Uint8Array): Uint8Array {
  return issueCertificate(ports, { template: profileTemplate('apiserver'), subjectSpki, issuer }).der;
}

function medians(rounds: number, actions: readonly (() => unknown)[]): number[] {
  return briefInTurn(rounds, actions).map(median);
}

// ---- Issuing --------------------------------------------------------------------------------------------------------

function keyObject(key: PrivateKey): KeyObject {
  const der = Buffer.from(ports.keys.exportPrivateKey(key, 'pkcs8'));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

async function measureIssuing({ algorithm, times, rounds }: (typeof LIMITS)[number]): Promise<void> {
  const root = await aRoot(algorithm);
  const subject = await ports.keys.generate('p-384');
  const handle = keyObject(root.key);
  const digest = getSignatureHash(algorithm).replace('-', '').toLowerCase();
  const { tbs } = root.facts;
  const signed = root.der.subarray(tbs.offset, tbs.offset + tbs.length);
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) issueApiserver(root, subject.spki);
  const [raw = [], own = []] = briefInTurn(rounds, [
    () => sign(digest, signed, handle),
    () => issueApiserver(root, subject.spki),
  ]);
  note(`crypto.sign, ${algorithm}`, median(raw), 'ms');
  note(`issue apiserver, ${algorithm}`, median(own), 'ms');
  recordAtMost(times, `issue apiserver beside crypto.sign, ${algorithm}`, medianRatio(own, raw), 'x');
}

// ---- Other tools ----------------------------------------------------------------------------------------------------

interface Files {
  folder: string;
  ca: string;
  caKey: string;
}

function writeRoot(folder: string, root: SigningAuthority): Files {
  const [ca, caKey] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
  writeFileSync(ca, encodePem('CERTIFICATE', root.der));
  writeFileSync(caKey, encodePem('PRIVATE KEY', ports.keys.exportPrivateKey(root.key, 'pkcs8')));
  return { folder, ca, caKey };
}

function measureOpensslIssuing({ folder, ca, caKey }: Files): void {
  const [key, request, section] = ['leaf.key', 'leaf.csr', 'leaf.cnf'].map((each) => join(folder, each)) as [
    string,
    string,
    string,
  ];
  const quiet = { stdio: 'ignore' } as const;
  execFileSync('openssl', ['ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', key]);
  execFileSync('openssl', ['req', '-new', '-key', key, '-subj', '/CN=kube-apiserver', '-out', request], quiet);
  writeFileSync(section, 'extendedKeyUsage=serverAuth\nsubjectAltName=DNS:kubernetes\n');
  const [ms = Number.NaN] = medians(PEER_ROUNDS, [
    () =>
      execFileSync(
        'openssl',
        [
          ...['x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, '-days', '4'],
          ...['-extfile', section, '-out', join(folder, 'leaf.crt')],
        ],
        quiet,
      ),
  ]);
  note('openssl x509 -req, p-384, a process each', ms, 'ms');
  measureCfsslIssuing({ folder, ca, caKey }, request);
}

function measureCfsslIssuing({ ca, caKey }: Files, request: string): void {
  if (spawnSync('cfssl', ['version']).status !== 0) {
    console.log('  cfssl is not installed; on Debian: apt-get install golang-cfssl');
    return;
  }
  const args = ['sign', '-loglevel', '5', '-ca', ca, '-ca-key', caKey, request];
  const [ms = Number.NaN] = medians(PEER_ROUNDS, [() => execFileSync('cfssl', args, { stdio: 'ignore' })]);
  note('cfssl sign, p-384, a process each', ms, 'ms');
}

// ---- Renewing -------------------------------------------------------------------------------------------------------

async function measureRenewing(): Promise<void> {
  const agent = await aCloudAgent(ports);
  const client = await logIn(ports, agent, { name: 'mocctl-admin', clientType: 'Admin' });
  const { request } = await renewalRequest(ports, client);
  const current = { ...agent, state: client.state };
  const shown = { certificate: client.certificate.der, request };
  const key = keyObject(await ports.keys.generate('p-256'));
  const publicKey = createPublicKey(key);
  const signature = sign('sha256', request, key);
  const [raw = [], own = []] = briefInTurn(RENEWALS, [
    // A renewal verifies the request, its confirmation by the old key, and the old certificate; then it signs the new
    // one.
    () => {
      for (let check = 0; check < 3; check += 1) verify('sha256', request, publicKey, signature);
      sign('sha256', request, key);
    },
    () => renew(ports, current, shown),
  ]);
  note('crypto.verify three times and sign, p-256', median(raw), 'ms');
  note('renew a MOC certificate, p-256', median(own), 'ms');
  note('  beside the same signatures', medianRatio(own, raw), 'x');
}

// ---- Verifying ------------------------------------------------------------------------------------------------------

function measureVerifying(files: Files, root: SigningAuthority, spki: Uint8Array): void {
  const leaves = Array.from({ length: CHAINS }, () => issueApiserver(root, spki));
  const at = ports.clock.now();
  const roots = [root.der];
  const nodeRoot = new X509Certificate(root.der);
  const { publicKey } = nodeRoot;
  let next = 0;
  const nextLeaf = (): Uint8Array => leaves[next++ % CHAINS] ?? root.der;
  const [own = Number.NaN, node = Number.NaN] = medians(CHAINS, [
    () => {
      const verdict = verifyChain(ports, {
        chain: [nextLeaf()],
        roots,
        crls: [],
        revocations: [],
        at,
        purpose: 'server',
        name: '10.96.0.1',
        revocationCheck: false,
      });
      if (!verdict.accepted) throw new Error('the engine refuses what it issued');
    },
    () => {
      const leaf = new X509Certificate(nextLeaf());
      if (!leaf.checkIssued(nodeRoot) || !leaf.verify(publicKey)) throw new Error('Node refuses it');
    },
  ]);
  note('verify a chain, p-384', own, 'ms');
  note('node X509Certificate.verify, p-384, the signature alone', node, 'ms');
  measureOpensslVerifying(files, leaves);
}

function measureOpensslVerifying({ folder, ca }: Files, leaves: readonly Uint8Array[]): void {
  const paths = leaves.map((der, index) => {
    const path = join(folder, `leaf-${index}.crt`);
    writeFileSync(path, encodePem('CERTIFICATE', der));
    return path;
  });
  const seconds = String(Date.parse(ports.clock.now()) / 1_000);
  const args = ['verify', '-attime', seconds, '-purpose', 'sslserver', '-CAfile', ca, ...paths];
  const [ms = Number.NaN] = medians(3, [() => execFileSync('openssl', args, { stdio: 'ignore' })]);
  note(`openssl verify, p-384, one process over ${count(CHAINS)} files`, ms / CHAINS, 'ms');
}

async function main(folder: string): Promise<void> {
  for (const each of LIMITS) await measureIssuing(each);
  const root = await aRoot('p-384');
  const files = writeRoot(folder, root);
  measureOpensslIssuing(files);
  await measureRenewing();
  measureVerifying(files, root, root.key.spki);
}

void runIn('authority', main);
