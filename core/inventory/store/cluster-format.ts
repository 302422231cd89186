import type { z } from 'zod';
import { stripLogin } from '../../formats/kubernetes/address-login.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster, Credential } from '../model/credential.ts';
import { parseKubeconfigEntry } from '../model/kubeconfig-entry.ts';
import { encodeBase64 } from '../../formats/der/base64.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';
import { clusterFile, credentialEntry, historyEntry, revocationEntry, type CredentialEntry } from './schemas.ts';
import { StoredCertificates, type Sha256Hex } from './stored-certificate.ts';

/** A valid entry that this program cannot interpret and writes back unchanged. */
export interface UnreadableEntry {
  list: 'credentials' | 'history' | 'revocations';
  /** 0-based position in the file when it was read. */
  position: number;
  raw: unknown;
  /** The faulty part: a field such as `der` or `sources.0.path`, or the rule of the certificate decoder. */
  reason: string;
}

export interface StoredCluster {
  cluster: Cluster;
  unreadable: UnreadableEntry[];
}

type Reading<T> = { value: T } | { reason: string };

/**
 * Stores certificates as DER, with facts that the DER does not contain. With `sha256Hex`, a certificate whose DER no
 * longer matches the digest in its id counts as unreadable.
 */
export function clusterFormat(id: ClusterId, sha256Hex?: Sha256Hex): FileFormat<StoredCluster> {
  return {
    kind: 'cluster',
    decode(content) {
      const parsed = clusterFile.safeParse(content);
      if (!parsed.success || parsed.data.cluster.id !== id) return undefined;
      const { cluster } = parsed.data;
      const certificates = new StoredCertificates(sha256Hex, cluster.credentials.length + cluster.history.length);
      const restore = (entry: CredentialEntry): Reading<Credential> =>
        entry.kind === 'token' ? { value: entry } : certificates.read(entry);
      const credentials = readList('credentials', cluster.credentials, credentialEntry, restore);
      const history = readList('history', cluster.history, historyEntry, ({ credential, replacedBy, replacedAt }) => {
        const reading = restore(credential);
        return 'value' in reading ? { value: { credential: reading.value, replacedBy, replacedAt } } : reading;
      });
      const { revocations: listed = [], ...others } = cluster;
      const revocations = readList('revocations', listed, revocationEntry, (value) => ({ value }));
      return {
        cluster: {
          ...others,
          // Former releases also kept logins in addresses.
          addresses: others.addresses.map(stripLogin),
          ...inferNameEvidence(cluster, credentials.values),
          credentials: credentials.values,
          history: history.values,
          ...(revocations.values.length > 0 && { revocations: revocations.values }),
        },
        unreadable: [...credentials.unreadable, ...history.unreadable, ...revocations.unreadable],
      };
    },
    encode({ cluster, unreadable }) {
      const raw: Record<UnreadableEntry['list'], unknown[]> = { credentials: [], history: [], revocations: [] };
      for (const entry of unreadable) raw[entry.list].push(entry.raw);
      const known = (cluster.revocations ?? []).map((one) => revocationEntry.parse(one));
      const revocations = [...known, ...raw.revocations];
      return {
        schema: SCHEMA_VERSION,
        cluster: {
          id: cluster.id,
          name: cluster.name,
          commandName: cluster.commandName,
          nameEvidence: cluster.nameEvidence,
          kind: cluster.kind,
          foreign: cluster.foreign,
          sample: cluster.sample,
          addresses: cluster.addresses,
          cloudAgents: cluster.cloudAgents,
          configured: cluster.configured,
          credentials: [...cluster.credentials.map(credentialToJson), ...raw.credentials],
          history: [
            ...cluster.history.map(({ credential, replacedBy, replacedAt }) => ({
              credential: credentialToJson(credential),
              replacedBy,
              replacedAt,
            })),
            ...raw.history,
          ],
          // Omitted if empty, as in files from before the field existed.
          ...(revocations.length > 0 && { revocations }),
        },
      };
    },
  };
}

/** Treats a name in a kubeconfig as stated, since files of former versions do not contain the evidence for a name. */
function inferNameEvidence(
  { kind, name, nameEvidence }: Pick<Cluster, 'kind' | 'name' | 'nameEvidence'>,
  credentials: readonly Credential[],
): Pick<Cluster, 'nameEvidence'> {
  if (kind === 'moc' || nameEvidence !== undefined) return {};
  const isStated = credentials.some(({ sources }) =>
    sources.map(parseKubeconfigEntry).some((entry) => entry?.list === 'clusters' && entry.name === name),
  );
  return { nameEvidence: isStated ? 'kubeconfig' : 'folder' };
}

function readList<Entry, T>(
  list: UnreadableEntry['list'],
  entries: readonly unknown[],
  schema: Pick<z.ZodType<Entry>, 'safeParse'>,
  restore: (entry: Entry) => Reading<T>,
): { values: T[]; unreadable: UnreadableEntry[] } {
  const values: T[] = [];
  const unreadable: UnreadableEntry[] = [];
  entries.forEach((raw, position) => {
    const parsed = schema.safeParse(raw);
    const reading = parsed.success
      ? restore(parsed.data)
      : { reason: parsed.error.issues[0]?.path.map(String).join('.') || 'entry' };
    if ('value' in reading) values.push(reading.value);
    else unreadable.push({ list, position, raw, reason: reading.reason });
  });
  return { values, unreadable };
}

/** Copies each field by name, so that nothing else in an object, such as a key, reaches the disk. */
function credentialToJson(credential: Credential): CredentialEntry {
  const { id, layer, role, name, firstReadAt } = credential;
  const sources = credential.sources.map(({ path, computer, entry, fileModified, readAt, server }) => ({
    path,
    computer,
    entry,
    fileModified,
    readAt,
    server,
  }));
  const common = { id, layer, role, name, sources, firstReadAt };
  if (credential.kind === 'certificate') {
    const { kind, keyMatch } = credential;
    return { kind, ...common, der: encodeBase64(credential.der), keyMatch };
  }
  const { kind, notBefore, notAfter, assumed, issuer, subject } = credential;
  return { kind, ...common, notBefore, notAfter, assumed, issuer, subject };
}
