import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueCrl } from '../../../../core/pki/issue/crl.ts';
import {
  issueCertificate,
  issueRoot,
  type IssuedCertificate,
  type SigningAuthority,
} from '../../../../core/pki/issue/issue.ts';
import { buildProfileTemplate } from '../../../../core/pki/issue/profile-template.ts';
import { newSerial } from '../../../../core/pki/issue/serial.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { DAY_MS, instantFromMs, epochMs, type Instant } from '../../../../core/shared/instant.ts';
import type { ProfileId } from '../../../../core/pki/model/profile.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import { testPorts } from '../../../support/ports.ts';

const ports = testPorts();

/** A SAN of every server in these tests. */
export const SERVER_NAME = 'node1.retail-east.contoso.example';
const VALUES = {
  cluster: 'retail-east',
  node: SERVER_NAME,
  host: SERVER_NAME,
  identity: 'mocctl-admin',
  'cloud-agent-fqdn': SERVER_NAME,
  'node-ip': '10.0.0.11',
  'host-ip': '10.0.0.1',
  'service-ip': '10.96.0.1',
  endpoint: 'api.retail-east.contoso.example',
  'service-domain': 'cluster.local',
};

/** A `foreign` certificate comes from a CA of the same name with another key, as after a cluster is rebuilt. */
const STATES = ['valid', 'expired', 'not-yet-valid', 'revoked', 'foreign'] as const;
export type State = (typeof STATES)[number];

export interface Credentials {
  certificate: string;
  key: string;
  commonName: string;
  notBefore: Instant;
  notAfter: Instant;
}

export interface Hierarchy {
  ca: string;
  crl: string;
  of(profile: ProfileId, state?: State): Credentials;
}

interface HierarchyRequest {
  folder: string;
  root: ProfileId;
  leaves: readonly ProfileId[];
  now: Instant;
}

/**
 * Makes a root according to its profile, and every leaf in every state. Keys are of the first type in the root's
 * profile, except the key of the foreign CA.
 */
export async function aHierarchy(request: HierarchyRequest): Promise<Hierarchy> {
  const { folder, root, leaves, now } = request;
  const [algorithm] = PROFILES[root].keyAlgorithms.value;
  if (algorithm === undefined) throw new Error('a profile names at least one kind of key');
  const [caKey, foreignKey, leafKey] = await Promise.all([
    ports.keys.generate(algorithm),
    ports.keys.generate('p-256'),
    ports.keys.generate(algorithm),
  ]);
  const ca = aRoot(root, caKey, now);
  const foreign = aRoot(root, foreignKey, now);
  const key = join(folder, `${root}.leaf.key`);
  writeFileSync(key, encodePem('PRIVATE KEY', ports.keys.exportPrivateKey(leafKey, 'pkcs8')));
  const credentials = new Map<string, Credentials>();
  const revoked: string[] = [];
  for (const id of leaves) {
    for (const state of STATES) {
      const issuer = state === 'foreign' ? foreign : ca;
      const { der, facts } = aLeaf(id, { issuer, leafKey, now: issueTime(id, state, now) });
      if (state === 'revoked') revoked.push(facts.serialHex);
      const certificate = writePem(folder, `${root}.${id}.${state}.crt`, 'CERTIFICATE', der);
      const { cn, notBefore, notAfter } = { ...facts, cn: facts.subject.cn ?? '' };
      credentials.set(`${id} ${state}`, { certificate, key, commonName: cn, notBefore, notAfter });
    }
  }
  const crl = issueCrl(ports, {
    issuer: ca,
    entries: revoked.map((serialHex) => ({ serialHex, revokedAt: now, reason: 'superseded' })),
    number: 1,
    thisUpdate: now,
    nextUpdate: instantFromMs(epochMs(now) + DAY_MS),
  });
  return {
    ca: writePem(folder, `${root}.crt`, 'CERTIFICATE', ca.der),
    crl: writePem(folder, `${root}.crl`, 'X509 CRL', crl.der),
    of: (profile, state = 'valid') => {
      const found = credentials.get(`${profile} ${state}`);
      if (found === undefined) throw new Error(`${root} issued no ${profile}`);
      return found;
    },
  };
}

/**
 * Returns the issue time that puts a certificate into this state at `now`. Expired certificates have been expired for a
 * day.
 */
function issueTime(id: ProfileId, state: State, now: Instant): Instant {
  const ms = epochMs(now);
  if (state === 'expired') return instantFromMs(ms - PROFILES[id].validityMs.value - DAY_MS);
  return state === 'not-yet-valid' ? instantFromMs(ms + DAY_MS) : now;
}

function aRoot(id: ProfileId, key: PrivateKey, now: Instant): SigningAuthority {
  return issueRoot(ports, { template: makeTemplate(id, now), key });
}

function aLeaf(
  id: ProfileId,
  { issuer, leafKey, now }: { issuer: SigningAuthority; leafKey: PrivateKey; now: Instant },
): IssuedCertificate {
  const template = makeTemplate(id, now);
  return issueCertificate(ports, { template, subjectSpki: leafKey.spki, issuer });
}

function makeTemplate(id: ProfileId, now: Instant) {
  const profile = PROFILES[id];
  const serialHex = newSerial(ports.keys, profile.serialBits.value);
  return buildProfileTemplate({ profile, values: VALUES, serialHex, now });
}

function writePem(folder: string, name: string, label: string, der: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, encodePem(label, der));
  return file;
}
