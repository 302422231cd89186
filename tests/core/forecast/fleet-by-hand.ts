import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { computeForecast } from '../../../core/forecast/forecast.ts';
import type { Forecast, ForecastScenario } from '../../../core/forecast/model/forecast.ts';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { FactsByCluster } from '../../../core/plan/model/cluster-facts.ts';
import type { CertificateFacts, DistinguishedName } from '../../../core/shared/certificates/certificate.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';

/* Inventories with dates chosen by a test, without the simulation. Instants are in whole seconds since 1970. */

export interface Held {
  kind: 'certificate' | 'token';
  role: RoleId;
  name: string;
  /** Id of the cluster whose inventory contains the credential; `agent` for the cloud agent. */
  cluster: string;
  from: number;
  /** The first second in which the credential is no longer valid. */
  end: number;
  machine?: string;
}

export interface Fleet {
  now: number;
  /** Ids of the Kubernetes clusters. */
  clusters: readonly string[];
  held: Held[];
}

export const AGENT = 'agent';

/** Returns a readable name that is unique in a fleet. */
export function uniqueName({ cluster, machine = '', kind, role, name }: Held): string {
  return [cluster, machine, kind, role, name].filter((part) => part !== '').join(' ');
}

function inventoryByHand({ now, clusters, held }: Fleet): Cluster[] {
  return [AGENT, ...clusters].map((id) => ({
    id: id as ClusterId,
    name: id,
    kind: id === AGENT ? 'moc' : 'kubernetes',
    addresses: [],
    credentials: held.filter(({ cluster }) => cluster === id).map((each) => makeCredential(each, now)),
    history: [],
  }));
}

/** Forecasts a fleet for some days. Also returns the readable name of each credential. */
export async function forecastByHand(
  fleet: Fleet,
  { days = 365, scenario = {}, facts = {} }: { days?: number; scenario?: ForecastScenario; facts?: FactsByCluster },
): Promise<Forecast> {
  return computeForecast({
    clusters: inventoryByHand(fleet),
    listRows,
    facts,
    classes: LIFETIME_CLASSES,
    nowMs: fleet.now * 1000,
    horizonMs: days * 86_400_000,
    scenario,
    // Lets the test runner's timeout take effect.
    pause: () => setImmediate(),
  });
}

/** Lists all expiries as `instant name`, in chronological order. */
export function expiriesIn(forecast: Forecast, { held }: Fleet): string[] {
  const names = new Map(held.map((each) => [credentialId(each), uniqueName(each)]));
  return forecast.clusters
    .flatMap(({ events }) => events)
    .flatMap(({ kind, atMs, credential }) =>
      kind !== 'expiry' || credential === undefined ? [] : [`${instantFromMs(atMs)} ${names.get(credential) ?? '?'}`],
    )
    .sort();
}

function credentialId(held: Held): CredentialId {
  return createHash('sha256').update(uniqueName(held)).digest('hex') as CredentialId;
}

const WORKSTATION: readonly RoleId[] = ['management-kubeconfig', 'admin-kubeconfig'];

function makeCredential(held: Held, now: number): Credential {
  const { kind, role, name, cluster, from, end, machine } = held;
  const readAt = instantFromMs(now * 1000);
  const path = machine === undefined ? `/files/${cluster}/${role}/${name}` : `/files/${machine}/etc/kubernetes/${role}`;
  const base = {
    id: credentialId(held),
    role,
    name,
    sources: [{ path, entry: '', fileModified: readAt, readAt }],
    firstReadAt: readAt,
  };
  const notBefore = instantFromMs(from * 1000);
  if (kind === 'token')
    return { ...base, kind, layer: 'moc', notBefore, notAfter: instantFromMs(end * 1000), assumed: false };
  const isOfMoc = cluster === AGENT || role === 'kms-plugin';
  return {
    ...base,
    kind,
    layer: WORKSTATION.includes(role) ? 'workstation' : isOfMoc ? 'moc' : 'kubernetes',
    der: new Uint8Array(),
    facts: { ...makeFacts(held), notBefore, notAfter: instantFromMs((end - 1) * 1000) },
    keyMatch: 'absent',
  };
}

function makeFacts({ role, name, machine }: Held): Omit<CertificateFacts, 'notBefore' | 'notAfter'> {
  const place = { offset: 0, length: 0 };
  const isKubelet = role === 'kubelet-client' || role === 'kubelet-server';
  return {
    version: 3,
    serialHex: '0123456789abcdef',
    signatureAlgorithm: { oid: '1.2.840.10045.4.3.3', name: 'ecdsa-with-SHA384' },
    issuer: makeName(''),
    subject: makeName(isKubelet ? `system:node:${machine ?? ''}` : name),
    key: { algorithm: 'EC', oid: '1.2.840.10045.2.1', curve: 'P-384' },
    sans: { dns: [], ip: [], email: [], uri: [], directory: [], registeredId: [], other: [] },
    keyUsage: [],
    extendedKeyUsage: [],
    isCa: false,
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

function makeName(cn: string): DistinguishedName {
  return { cn, o: [], ou: [], text: `CN=${cn}`, attributes: [] };
}
