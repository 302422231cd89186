import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { Cluster } from '../../core/inventory/model/credential.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import { instantFromMs } from '../../core/shared/instant.ts';
import type { Files } from '../../core/shared/ports.ts';
import { columnSource } from '../../core/inventory/store/rows.ts';
import { decodeCertificate } from '../../core/formats/x509/certificate.ts';
import { createFixedClock, nodeClock, nodeScheduler } from '../../core/node/clock.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { createFiles } from '../../core/node/files.ts';
import { nodeIds } from '../../core/node/ids.ts';
import { openStore } from '../../core/settings/store/store.ts';
import type { Store } from '../../core/inventory/store/data-store.ts';
import type { StorePorts } from '../../core/inventory/store/store.ts';
import { buildCertificate, commonName, integer, sequence, utcTime } from './certificates.ts';

const ROLES: readonly RoleId[] = ['apiserver', 'etcd-server', 'etcd-peer', 'kubelet-client', 'front-proxy-client'];
const HOUR_MS = 3_600_000;

/** Formats an instant for a UTCTime, such as `260101120000Z`. */
function shortTime(ms: number): string {
  return new Date(ms).toISOString().slice(2, 19).replace(/[-:T]/gu, '') + 'Z';
}

const validities = new Map<number, Buffer>();

/** Returns a validity of four days until an instant. Only a few periods occur, so each is encoded once. */
function validityUntil(ms: number): Buffer {
  const known = validities.get(ms) ?? sequence(utcTime(shortTime(ms - 96 * HOUR_MS)), utcTime(shortTime(ms)));
  validities.set(ms, known);
  return known;
}

/**
 * Creates a cluster with `size` different certificates that end within four days after `nowMs` or have just expired, so
 * that every state occurs.
 */
function aLargeCluster(number: number, size: number, nowMs: number): Cluster {
  const at = instantFromMs(nowMs);
  const name = `cluster-${String(number).padStart(4, '0')}`;
  const issuer = commonName(`kubernetes-${name}`);
  const credentials = Array.from({ length: size }, (_, index) => {
    const left = ((number * 31 + index * 17) % 97) * HOUR_MS - HOUR_MS;
    const der = buildCertificate({
      serial: integer(`1${number.toString(16).padStart(7, '0')}${index.toString(16).padStart(8, '0')}`),
      issuer,
      subject: commonName(`node-${index}.${name}.contoso.example`),
      validity: validityUntil(nowMs + left),
    });
    const decoded = decodeCertificate(der);
    if (!decoded.ok) throw new Error(decoded.finding.rule);
    const path = `/clusters/${name}/pki/${index}.crt`;
    return {
      id: createHash('sha256').update(der).digest('hex') as CredentialId,
      kind: 'certificate' as const,
      layer: 'kubernetes' as const,
      role: ROLES[index % ROLES.length] ?? 'unknown',
      name: `node-${index}.${name}.contoso.example`,
      sources: [{ path, entry: '', fileModified: at, readAt: at }],
      firstReadAt: at,
      der: new Uint8Array(der),
      facts: decoded.certificate,
      keyMatch: 'absent' as const,
    };
  });
  return { id: name as ClusterId, name, kind: 'kubernetes', addresses: [], credentials, history: [] };
}

const CREDENTIALS_AT_ONCE = 10_000;

/** Returns files that are never flushed to disk, since benches and tests need not survive a crash of the machine. */
function filesWithoutFlushing(): Files {
  return { ...createFiles(), replace: (path, content) => writeFile(path, content) };
}

function quietPorts(): StorePorts {
  const log = { write: () => undefined };
  return { files: filesWithoutFlushing(), clock: nodeClock(), ids: nodeIds(), crypto: nodeCrypto(), log };
}

interface Fleet {
  clusters: number;
  size: number;
  nowMs: number;
}

async function fill(store: Store, { clusters, size, nowMs }: Fleet): Promise<void> {
  const atOnce = Math.ceil(CREDENTIALS_AT_ONCE / size);
  for (let first = 0; first < clusters; first += atOnce) {
    const length = Math.min(atOnce, clusters - first);
    await store.updateAll(Array.from({ length }, (_, at) => aLargeCluster(first + at, size, nowMs)));
  }
  await store.recordImport(createFixedClock(instantFromMs(nowMs)).now());
}

/** Fills a data folder with `clusters` times `size` credentials. */
export async function fillDataFolder(folder: string, clusters: number, size: number, nowMs: number): Promise<void> {
  const store = await openStore(quietPorts(), folder);
  await fill(store, { clusters, size, nowMs });
  await store.close();
}

/** Fills a data folder as `fillDataFolder` does, and adds the columns from which the console shows lists. */
export async function fillListedFolder(folder: string, clusters: number, size: number, nowMs: number): Promise<void> {
  const about = { version: ARCWARDEN_VERSION, node: process.version, system: process.platform };
  const columns = columnSource({ host: { about: () => about }, scheduler: nodeScheduler() });
  const store = await openStore(quietPorts(), folder, { columns });
  await fill(store, { clusters, size, nowMs });
  // A large fleet makes the lists of credentials slow.
  await store.changeSettings({ expiryView: 'credentials' });
  await store.settle();
  await store.close();
}
