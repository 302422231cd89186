import { append } from '../../shared/lists.ts';
import { LIFETIME_CLASSES } from '../../knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { DistinguishedName, PublicKeyFacts } from '../../shared/certificates/certificate.ts';
import {
  findNotAfter,
  findNotBefore,
  type Cluster,
  type Credential,
  type ForeignReason,
  allCredentials,
} from '../model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { expiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { findIssuerEnd } from '../store/issuer-end.ts';
import { clustersAndForeign, type UnplacedRevocation } from '../store/inventory-store.ts';
import { memoryStore } from '../store/memory-store.ts';
import { compareByPlace } from '../assign/candidate.ts';
import { LongWork } from '../long-work.ts';
import { importPaths, type ImportPorts } from '../import.ts';
import { foreignReasons } from '../findings/foreign-reasons.ts';
import { dateFindings } from '../read/evaluate.ts';
import type { ReadingOptions } from '../read/read-files.ts';

export interface Inspection {
  /** One per credential, including those that a newer credential in the same files replaces. */
  records: ReturnType<typeof buildRecord>[];
  findings: Finding[];
  clusters: Cluster[];
  foreign?: Cluster;
  unplaced: readonly UnplacedRevocation[];
}

/** Imports the files into an inventory that is then discarded. */
export async function inspectPaths(
  ports: ImportPorts,
  paths: readonly string[],
  options: ReadingOptions = {},
): Promise<Inspection> {
  const store = memoryStore();
  const { work = new LongWork(ports.scheduler) } = options;
  const { findings } = await importPaths(ports, store, paths, { ...options, work });
  const clusters = [...store.clusters()];
  const now = ports.clock.now();
  const foreign = store.foreign();
  const inspected = await inspectAll(work, clustersAndForeign(store), now);
  return {
    records: inspected.records,
    findings: [...findings, ...inspected.findings],
    clusters,
    foreign,
    unplaced: store.listUnplacedRevocations(),
  };
}

async function inspectAll(
  work: LongWork,
  clusters: readonly Cluster[],
  now: Instant,
): Promise<Pick<Inspection, 'records' | 'findings'>> {
  const all = clusters.flatMap((cluster) =>
    allCredentials(cluster).map((credential) => ({ cluster, credential, place: getPlace(credential) })),
  );
  all.sort((left, right) => compareByPlace(left.place, right.place));
  const foreign = clusters.find((cluster) => cluster.foreign === true);
  const reasons = foreign === undefined ? undefined : foreignReasons(foreign);
  const records: Inspection['records'] = [];
  const findings: Finding[] = [];
  for (const { cluster, credential, place } of all) {
    await work.step();
    records.push(buildRecord(cluster, credential, { now, foreign: reasons?.get(credential.id) ?? null }));
    append(findings, dateFindings(credential, now, place));
  }
  return { records, findings };
}

function getPlace({ sources }: Credential): { path: string; entry: string } {
  const [source] = sources;
  return { path: source?.path ?? '', entry: source?.entry ?? '' };
}

/** Returns a record of `arcwarden inspect --json`, as documented in `docs/inventory.md`. */
function buildRecord(
  cluster: Cluster,
  credential: Credential,
  { now, foreign }: { now: Instant; foreign: ForeignReason | null },
) {
  const notBefore = findNotBefore(credential);
  const notAfter = findNotAfter(credential);
  const issuerEnd = credential.kind === 'certificate' ? findIssuerEnd(cluster, credential) : undefined;
  const end = issuerEnd ?? notAfter;
  const { renewedBy, revocable, lifetimeClass } = ROLES[credential.role];
  const period = {
    notBeforeMs: notBefore === undefined ? undefined : epochMs(notBefore),
    notAfterMs: end === undefined ? undefined : epochMs(end),
  };
  return {
    id: credential.id,
    kind: credential.kind,
    layer: credential.layer,
    role: credential.role,
    cluster: cluster.name,
    sample: cluster.sample === true,
    foreign,
    name: credential.name,
    source: getPlace(credential),
    sources: credential.sources.map(({ path, entry }) => ({ path, entry })),
    ...collectContent(credential),
    notBefore: notBefore ?? null,
    notAfter: notAfter ?? null,
    assumed: credential.kind === 'token' && credential.assumed,
    endsWithIssuer: issuerEnd !== undefined,
    state: expiryState(period, LIFETIME_CLASSES[lifetimeClass], epochMs(now)),
    renewedBy,
    revocable,
  };
}

/** Returns the same fields for certificates and tokens; most are empty for tokens. */
function collectContent(credential: Credential) {
  if (credential.kind === 'token') {
    const tokenName = (cn?: string): object => nameRecord({ cn, o: [], ou: [], text: cn ?? '' });
    return {
      subject: tokenName(credential.subject),
      issuer: tokenName(credential.issuer),
      serialHex: null,
      sans: { dns: [], ip: [], email: [], uri: [], directory: [], registeredId: [], other: [] },
      key: null,
      usages: [],
      isCa: false,
      fingerprintSha256: null,
      keyMatch: null,
      moc: null,
    };
  }
  const { facts, id, keyMatch } = credential;
  return {
    subject: nameRecord(facts.subject),
    issuer: nameRecord(facts.issuer),
    serialHex: facts.serialHex,
    sans: facts.sans,
    key: keyRecord(facts.key),
    usages: [...facts.keyUsage, ...facts.extendedKeyUsage],
    isCa: facts.isCa,
    fingerprintSha256: id,
    keyMatch,
    moc: facts.moc ?? null,
  };
}

function nameRecord({ cn, o, ou, text }: Pick<DistinguishedName, 'cn' | 'o' | 'ou' | 'text'>): object {
  return { cn: cn ?? null, o, ou, text };
}

function keyRecord({ algorithm, bits, curve }: PublicKeyFacts): Record<string, string | number> {
  return { algorithm, ...(curve !== undefined ? { curve } : bits !== undefined ? { bits } : {}) };
}
