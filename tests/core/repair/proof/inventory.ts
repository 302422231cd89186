import { createHash } from 'node:crypto';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { Cluster, Credential } from '../../../../core/inventory/model/credential.ts';
import { buildBoardRow } from '../../../../core/inventory/store/rows.ts';
import type { RepairSource } from '../../../../core/repair/model/request.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import type { ClusterId, CredentialId, Layer } from '../../../../core/shared/ids.ts';
import { CREDENTIALS, type CredentialName, type Platform } from './platform.ts';

/* The inventory of a platform immediately after all its files were read. */

const NOW = instant('2026-11-24T12:00:00Z');
const NOW_MS = epochMs(NOW);

const PLACES = {
  hosts: { id: 'hosts' as ClusterId, name: 'ca-5b1f0c2e.contoso.example', kind: 'moc' },
  management: { id: 'management' as ClusterId, name: 'clustergroup-management', kind: 'kubernetes' },
  workload: { id: 'workload' as ClusterId, name: 'retail', kind: 'kubernetes' },
} as const;

export const WORKLOAD = PLACES.workload.name;
export const MANAGEMENT = PLACES.management.name;

interface Known {
  place: keyof typeof PLACES;
  kind: Credential['kind'];
  layer: Layer;
  role: RoleId;
  name: string;
  days: number;
}

const KNOWN: Readonly<Record<CredentialName, Known>> = {
  mocctl: moc('hosts', 'mocctl', 'mocctl-admin'),
  kvactl: moc('hosts', 'kvactl', 'kvactl-admin'),
  'kvactl-token': token('hosts', 'kvactl-token', 'kvactl-admin'),
  'node-agent': moc('hosts', 'node-agent', 'node-1'),
  'node-agent-token': token('hosts', 'node-agent-token', 'node-1'),
  caph: moc('management', 'caph', 'management-caph'),
  'management-kubeconfig': { ...kubeconfig('management'), role: 'management-kubeconfig' },
  'management-kms': moc('management', 'kms-plugin', `KMSPlugin-${MANAGEMENT}-moc-kms-plugin`),
  'management-kms-token': token('management', 'kms-plugin-token', `KMSPlugin-${MANAGEMENT}-moc-kms-plugin`),
  'cluster-ca': { ...kubernetes('cluster-ca', 'kubernetes'), days: 3_650 },
  apiserver: kubernetes('apiserver', 'kube-apiserver'),
  'kubelet-server': kubernetes('kubelet-server', 'system:node:moc-l1'),
  kms: moc('workload', 'kms-plugin', `KMSPlugin-${WORKLOAD}-moc-kms-plugin`),
  'kms-token': token('workload', 'kms-plugin-token', `KMSPlugin-${WORKLOAD}-moc-kms-plugin`),
  csi: moc('workload', 'csi', `${WORKLOAD}-csi`),
  'load-balancer': moc('workload', 'load-balancer', `${WORKLOAD}-load-balancer`),
  kubeconfig: kubeconfig('workload'),
};

function moc(place: Known['place'], role: RoleId, name: string): Known {
  return { place, kind: 'certificate', layer: 'moc', role, name, days: 90 };
}

function token(place: Known['place'], role: RoleId, name: string): Known {
  return { ...moc(place, role, name), kind: 'token' };
}

function kubernetes(role: RoleId, name: string): Known {
  return { place: 'workload', kind: 'certificate', layer: 'kubernetes', role, name, days: 4 };
}

function kubeconfig(place: Known['place']): Known {
  return { place, kind: 'certificate', layer: 'workstation', role: 'admin-kubeconfig', name: 'admin', days: 365 };
}

/** Makes a credential that has used up a tenth of its lifetime, or that expired an hour ago. */
function makeCredential(name: CredentialName, isExpired: boolean): Credential {
  const { kind, layer, role, name: holder, days } = KNOWN[name];
  const endMs = isExpired ? NOW_MS - HOUR_MS : NOW_MS + days * DAY_MS * 0.9;
  const notAfter = instantFromMs(endMs);
  const notBefore = instantFromMs(endMs - days * DAY_MS);
  const id = createHash('sha256').update(`${name} ${isExpired}`).digest('hex') as CredentialId;
  const sources = [{ path: `/files/${name}`, entry: '', fileModified: notBefore, readAt: NOW }];
  const base = { id, layer, role, name: holder, sources, firstReadAt: NOW };
  if (kind === 'token') return { ...base, kind, notBefore, notAfter, assumed: false };
  return {
    ...base,
    kind,
    der: new Uint8Array(),
    keyMatch: 'absent',
    facts: {
      version: 3,
      serialHex: id.slice(0, 15),
      signatureAlgorithm: { oid: '1.2.840.10045.4.3.3', name: 'ecdsa-with-SHA384' },
      issuer: { cn: '', o: [], ou: [], text: '', attributes: [] },
      subject: { cn: holder, o: [], ou: [], text: `CN=${holder}`, attributes: [] },
      notBefore,
      notAfter,
      key: { algorithm: 'EC', oid: '1.2.840.10045.2.1', curve: 'P-384' },
      sans: { dns: [], ip: [], email: [], uri: [], directory: [], registeredId: [], other: [] },
      keyUsage: [],
      extendedKeyUsage: [],
      isCa: role === 'cluster-ca',
      policies: [],
      crlUrls: [],
      ocspUrls: [],
      caIssuerUrls: [],
      extensions: [],
      tbs: { offset: 0, length: 0 },
      spki: { offset: 0, length: 0 },
      findings: [],
    },
  };
}

const CLUSTERS: Readonly<Record<Known['place'], Cluster>> = {
  hosts: { ...PLACES.hosts, addresses: [], credentials: [], history: [] },
  management: { ...PLACES.management, addresses: [], credentials: [], history: [] },
  workload: { ...PLACES.workload, addresses: [], credentials: [], history: [] },
};

const ROWS = Object.fromEntries(
  CREDENTIALS.map((name) => {
    const row = (isExpired: boolean): BoardRow =>
      buildBoardRow(CLUSTERS[KNOWN[name].place], makeCredential(name, isExpired));
    return [name, { valid: row(false), expired: row(true) }];
  }),
) as Record<CredentialName, Record<'valid' | 'expired', BoardRow>>;

export function makeSource({ credentials }: Platform): RepairSource {
  return {
    now: NOW,
    clusters: Object.values(PLACES),
    rows: CREDENTIALS.flatMap((name) => {
      const condition = credentials[name];
      return condition === 'absent' ? [] : [ROWS[name][condition]];
    }),
    facts: {},
    classes: LIFETIME_CLASSES,
  };
}
