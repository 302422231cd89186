import { createHash } from 'node:crypto';
import type { CertificateState, DeploymentState } from '../../core/simulation/state.ts';
import { PROFILES } from '../../core/pki/model/profiles.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import type { CertificateFacts, DistinguishedName } from '../../core/shared/certificates/certificate.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { Cluster, Credential } from '../../core/inventory/model/credential.ts';
import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../../core/shared/instant.ts';

/*
 * Builds the inventory that an import of all files of a simulated deployment would create, without the files: the same
 * facts in a fraction of the time.
 */

export const AGENT_ID = 'agent' as ClusterId;

const TOKEN_ROLES: Partial<Record<string, RoleId>> = { caph: 'caphlogintoken', mocctl: 'moc-token' };

/** Returns the cloud agent, then the clusters of the deployment in their order. */
export function buildInventory(state: DeploymentState): Cluster[] {
  const agent: Credential[] = [];
  const byCluster = new Map<string, Credential[]>(state.clusters.map(({ name }) => [name, []]));
  const management = state.clusters.find(({ kind }) => kind === 'management')?.name;
  for (const record of state.certificates) {
    const credential = makeCredential(record, state.now, management);
    const isOfCluster = PROFILES[record.profile].layer === 'kubernetes';
    ((isOfCluster && byCluster.get(record.cluster ?? '')) || agent).push(credential);
  }
  for (const { name, profile, token, cluster } of state.identities) {
    const kept = profile === 'kms-plugin' ? byCluster.get(cluster ?? '') : agent;
    (kept ?? agent).push({
      id: makeId(`token of ${name}, ${token.generation}`),
      kind: 'token',
      layer: 'moc',
      role: TOKEN_ROLES[profile] ?? (`${profile}-token` as RoleId),
      name,
      notBefore: token.issuedAt,
      notAfter: token.expiresAt,
      assumed: false,
      sources: [makeSource(`/files/${name}/login.yaml`, state.now)],
      firstReadAt: state.now,
    });
  }
  const clusters = state.clusters.map(({ name }) => ({
    id: name as ClusterId,
    name,
    kind: 'kubernetes' as const,
    addresses: [],
    credentials: byCluster.get(name) ?? [],
    history: [],
  }));
  const cloudAgent = { id: AGENT_ID, name: state.cloudAgent.fqdn, kind: 'moc' as const };
  return [{ ...cloudAgent, addresses: [], credentials: agent, history: [] }, ...clusters];
}

function makeCredential(record: CertificateState, now: Instant, management: string | undefined): Credential {
  const { id, profile, holder, cluster = '' } = record;
  const { role, layer } = PROFILES[profile];
  const isKubeconfig = holder.kind === 'workstation';
  const folder = holder.kind === 'node' ? `${holder.node}/etc/kubernetes` : `${cluster}/else`;
  return {
    id: makeId(`${id} ${record.serialHex} ${record.notBefore}`),
    kind: 'certificate',
    layer: isKubeconfig ? 'workstation' : layer,
    role: isKubeconfig ? (cluster === management ? 'management-kubeconfig' : 'admin-kubeconfig') : role,
    name: holder.kind === 'identity' ? holder.identity : record.subject.commonName,
    der: new Uint8Array(),
    facts: makeFacts(record),
    keyMatch: 'absent',
    sources: [makeSource(`/files/${folder}/${profile}.crt`, now)],
    firstReadAt: now,
  };
}

function makeFacts(record: CertificateState): CertificateFacts {
  const { subject, sans, profile } = record;
  const place = { offset: 0, length: 0 };
  return {
    version: 3,
    serialHex: record.serialHex,
    signatureAlgorithm: { oid: '1.2.840.10045.4.3.3', name: 'ecdsa-with-SHA384' },
    issuer: makeName('', []),
    subject: makeName(subject.commonName, subject.organizations),
    notBefore: record.notBefore,
    notAfter: record.notAfter,
    key: { algorithm: 'EC', oid: '1.2.840.10045.2.1', curve: 'P-384' },
    sans: { dns: [...sans.dns], ip: [...sans.ip], email: [], uri: [], directory: [], registeredId: [], other: [] },
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: PROFILES[profile].issuer.value === 'self',
    subjectKeyId: makeKeyId(record.id),
    authorityKeyId: { keyId: makeKeyId(record.issuer) },
    policies: [],
    crlUrls: [],
    ocspUrls: [],
    caIssuerUrls: [],
    extensions: [],
    tbs: place,
    spki: place,
    findings: [],
  };
}

function makeName(cn: string, organizations: readonly string[]): DistinguishedName {
  return { cn, o: [...organizations], ou: [], text: `CN=${cn}`, attributes: [] };
}

function makeKeyId(id: string): string {
  return createHash('sha1').update(id).digest('hex');
}

function makeId(text: string): CredentialId {
  return createHash('sha256').update(text).digest('hex') as CredentialId;
}

function makeSource(path: string, readAt: Instant): Credential['sources'][number] {
  return { path, entry: '', fileModified: instantFromMs(epochMs(readAt) - SECOND_MS), readAt };
}
