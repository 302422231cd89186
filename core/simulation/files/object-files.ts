import type { BootstrapToken } from '../../shared/secrets/bootstrap-token.ts';
import { KUBELET_CLIENT_SIGNER, KUBELET_SERVING_SIGNER, type CsrObject } from '../../shared/certificates/csr-object.ts';
import { HOUR_MS, instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { API_VERSION, FIELD_OF_KIND, OBJECT_KIND } from '../../shared/renew-revocation/draft.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { encodeBase64 } from '../../formats/der/base64.ts';
import { BOOTSTRAP_TOKEN_TYPE } from '../../formats/kubernetes/bootstrap-token-secret.ts';
import { writeCsrObjects } from '../../formats/kubernetes/csr-object-writer.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { writeYaml, type YamlValue } from '../../formats/yaml/yaml-writer.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import { createBootstrapToken } from '../../pki/issue/bootstrap.ts';
import { createRequest } from '../../pki/issue/create-request.ts';
import type { IssuePorts } from '../../pki/issue/issue.ts';
import type { CertificateState, ClusterState } from '../state.ts';
import { nodeRecords } from './node-files.ts';
import { publicFile, secretFile, type MadeFile } from './made-file.ts';
import type { Workshop } from './workshop.ts';

/*
 * Objects saved with kubectl. Sources: Kubernetes API reference; known issues (security) and
 * cluster-api-provider-azurestackhci, which publish only the beginnings of the names of Secrets.
 */

/** Makes the output of `kubectl get secrets -o yaml`. */
export async function secretsFile(
  workshop: Workshop,
  cluster: ClusterState,
  bootstrap?: { token: BootstrapToken; createdAt: Instant },
): Promise<MadeFile> {
  const { name: owner, kind } = cluster;
  const items: YamlValue[] = [];
  for (const [name, namespace, identityName] of [
    [`${owner}-moc-kms-plugin`, 'kube-system', `KMSPlugin-${owner}-moc-kms-plugin`],
    [`${owner}-template-secret-akshci-cc`, 'kube-system', `${owner}-cloud-provider`],
    ...(kind === 'management' ? ([['caphlogintoken', 'default', `${owner}-caph`]] as const) : []),
  ] as const) {
    const identity = workshop.identity(identityName);
    const value = await workshop.loginFile(identity);
    items.push(secret({ creationTimestamp: identity.token.issuedAt, name, namespace }, 'Opaque', { value }));
  }
  if (bootstrap !== undefined) items.push(bootstrapSecret(bootstrap));
  return secretFile(`${owner}/secrets.yaml`, writeYaml({ apiVersion: 'v1', items, kind: 'List' }));
}

function secret(
  metadata: Record<'creationTimestamp' | 'name' | 'namespace', string>,
  type: string,
  data: Record<string, string>,
): YamlValue {
  const encoder = new TextEncoder();
  const encoded = Object.entries(data).map(([key, value]): [string, string] => [
    key,
    encodeBase64(encoder.encode(value)),
  ]);
  return { apiVersion: 'v1', data: Object.fromEntries(encoded), kind: 'Secret', metadata, type };
}

function bootstrapSecret({ token, createdAt }: { token: BootstrapToken; createdAt: Instant }): YamlValue {
  const metadata = { creationTimestamp: createdAt, name: `bootstrap-token-${token.id}`, namespace: 'kube-system' };
  return secret(metadata, BOOTSTRAP_TOKEN_TYPE, {
    'token-id': token.id,
    'token-secret': token.secret,
    ...(token.expiration !== undefined && { expiration: token.expiration }),
    'usage-bootstrap-authentication': String(token.authentication),
    'usage-bootstrap-signing': String(token.signing),
  });
}

const BOOTSTRAP_TOKEN_ID = 'sample';

/** Makes a one-day token, created two hours ago, for a node that is about to join. */
export function recentBootstrapToken(
  { keys }: Pick<IssuePorts, 'keys'>,
  now: Instant,
): { token: BootstrapToken; createdAt: Instant } {
  const createdAt = instantFromMs(epochMs(now) - 2 * HOUR_MS);
  const token = createBootstrapToken({ keys, clock: { now: () => createdAt } });
  return { token: { ...token, id: BOOTSTRAP_TOKEN_ID }, createdAt };
}

/** Fraction of the lifetime after which a kubelet renews. Source: the profile `kubelet-client`. */
const ASKS_AT = 0.8;

/**
 * Makes the output of `kubectl get csr -o yaml`: answered requests for client certificates and, for lack of an
 * approver, pending requests for serving certificates.
 */
export async function requestsFile(ports: IssuePorts, workshop: Workshop, cluster: ClusterState): Promise<MadeFile> {
  const objects: CsrObject[] = [];
  for (const node of cluster.nodes) {
    const records = nodeRecords(workshop, cluster, node);
    const client = records.find(({ profile }) => profile === 'kubelet-client');
    if (client !== undefined) objects.push(await makeAnsweredRequest(ports, workshop, client));
    const serving = records.find(({ profile }) => profile === 'kubelet-server');
    const approver = workshop.identity(`${cluster.name}-cert-manager`);
    if (serving !== undefined && !approver.client.running) objects.push(await makePendingRequest(ports, serving));
  }
  return publicFile(`${cluster.name}/csr.yaml`, writeCsrObjects(objects));
}

async function makeAnsweredRequest(
  ports: IssuePorts,
  workshop: Workshop,
  record: CertificateState,
): Promise<CsrObject> {
  const { key } = await workshop.materialise(record);
  const certificate = await workshop.certificatePem(record);
  const at = record.issuedAt;
  return {
    ...requestObject(ports, { record, key, createdAt: at }),
    conditions: [
      {
        type: 'Approved',
        status: 'True',
        reason: 'AutoApproved',
        message: 'Auto approving kubelet client certificate after SubjectAccessReview.',
        lastUpdateTime: at,
        lastTransitionTime: at,
      },
    ],
    certificate: new TextEncoder().encode(certificate),
  };
}

async function makePendingRequest(ports: IssuePorts, record: CertificateState): Promise<CsrObject> {
  const key = await ports.keys.generate('p-256');
  const lifeMs = epochMs(record.notAfter) - epochMs(record.notBefore);
  const createdAt = instantFromMs(epochMs(record.notBefore) + ASKS_AT * lifeMs);
  return requestObject(ports, { record, key, createdAt });
}

function requestObject(
  { keys }: IssuePorts,
  { record, key, createdAt }: { record: CertificateState; key: PrivateKey; createdAt: Instant },
): CsrObject {
  const { subject, sans, profile, serialHex } = record;
  const isServing = profile === 'kubelet-server';
  const der = createRequest({ keys }, { template: { subject, sans, keyUsage: [], extendedKeyUsage: [] }, key });
  return {
    name: `csr-${serialHex.slice(0, 5)}`,
    createdAt,
    request: new TextEncoder().encode(encodePem('CERTIFICATE REQUEST', der)),
    signerName: isServing ? KUBELET_SERVING_SIGNER : KUBELET_CLIENT_SIGNER,
    usages: ['digital signature', isServing ? 'server auth' : 'client auth'],
    username: subject.commonName,
    groups: ['system:nodes', 'system:authenticated'],
    extra: {},
    conditions: [],
  };
}

export function revocationText({ name, namespace, description, entries }: RenewRevocation): string {
  return writeYaml({
    apiVersion: API_VERSION,
    kind: OBJECT_KIND,
    metadata: { name, namespace },
    spec: {
      description,
      revocations: entries.map(({ kind, value, description: about, notBefore }) => ({
        description: about,
        kind,
        [FIELD_OF_KIND[kind]]: value,
        notBefore,
      })),
    },
  });
}
