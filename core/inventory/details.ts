import type { ChainLink, CredentialDetails, CredentialRequest } from './contract.ts';
import type { BoardRow } from './model/board-row.ts';
import { ROLES } from '../knowledge/model/credentials/roles.ts';
import {
  findNotAfter,
  findNotBefore,
  type CertificateCredential,
  type Cluster,
  type Credential,
  type ReplacedCredential,
  allCredentials,
  collectHistory,
} from './model/credential.ts';
import { foreignReasons } from './findings/foreign-reasons.ts';
import { ConsoleError } from '../shared/problem.ts';
import { formatSerial } from '../shared/certificates/serial.ts';
import { encodeHex } from '../formats/der/hex.ts';
import { encodePem } from '../formats/der/pem.ts';
import type { Ports } from '../shared/ports.ts';
import { CheckedSignatures } from './assign/signatures.ts';
import { clusterIn, clustersAndForeign, type InventoryStore } from './store/inventory-store.ts';
import { compareText } from './assign/candidate.ts';
import { buildChain } from './chain.ts';
import { certificateFindings } from './findings/certificate-findings.ts';
import { findRelatedClusters } from './findings/related-clusters.ts';
import { LongWork } from './long-work.ts';
import { judgeCredential } from './read/evaluate.ts';
import { revocationFindings } from './findings/revocation-findings.ts';
import { identityState, identityStatement } from './model/moc-identity.ts';
import { epochMs } from '../shared/instant.ts';
import { listRows, buildBoardRow } from './store/rows.ts';

/** Throws `cluster.unknown` or `credential.unknown`. */
export async function credentialDetails(
  ports: Pick<Ports, 'crypto' | 'keys' | 'clock' | 'scheduler'>,
  store: InventoryStore,
  { clusterId, credentialId }: CredentialRequest,
): Promise<CredentialDetails> {
  const cluster = clusterIn(store, clusterId);
  const credential = allCredentials(cluster).find(({ id }) => id === credentialId);
  if (credential === undefined) throw new ConsoleError('credential.unknown', { credential: credentialId });
  const now = ports.clock.now();
  const work = new LongWork(ports.scheduler);
  const related =
    credential.kind === 'certificate' ? await findRelatedClusters(work, clustersAndForeign(store), credential) : [];
  const signatures = new CheckedSignatures(ports);
  const { id, renewedBy, renewal, revocable, revocation, breaks, remedies } = ROLES[credential.role];
  const nowMs = epochMs(now);
  const state = identityState(credential, listRows(cluster), nowMs);
  const row = buildRow(store, cluster, credential);
  // No cmdlet helps if a cluster's root has expired; the findings explain this.
  const isInVain = row.endsWithIssuer && row.layer === 'kubernetes' && nowMs > (row.notAfterMs ?? Infinity);
  return {
    clusterId,
    cluster: cluster.name,
    id: credential.id,
    row,
    ...(credential.kind === 'certificate'
      ? { certificate: certificateDetails(ports, credential, buildChain(signatures, related, credential)) }
      : {
          token: {
            assumed: credential.assumed,
            issuer: credential.issuer,
            subject: credential.subject,
            issuedAt: credential.notBefore,
          },
        }),
    sources: credential.sources,
    firstReadAt: credential.firstReadAt,
    role: { id, renewedBy, renewal, revocable, revocation, breaks, remedies: isInVain ? [] : remedies },
    identity: state && identityStatement(state),
    history: collectHistory(cluster, credentialId).sort(newestFirst).map(historyEntry),
    findings: [
      ...judgeCredential(credential, now),
      ...(await certificateFindings({ work, signatures }, related, { now, ids: new Set([credentialId]) })),
      ...(credential.kind === 'certificate' ? revocationFindings(cluster, credential, now) : []),
    ],
  };
}

function buildRow(store: InventoryStore, cluster: Cluster, credential: Credential): BoardRow {
  const row = buildBoardRow(cluster, credential);
  if (!cluster.foreign) return row;
  return { ...row, foreign: foreignReasons(cluster, store.placements()).get(credential.id) ?? 'unrelated' };
}

function certificateDetails(
  { crypto }: Pick<Ports, 'crypto'>,
  { facts, der, id, keyMatch }: CertificateCredential,
  chain: ChainLink[],
): NonNullable<CredentialDetails['certificate']> {
  return {
    facts,
    serial: formatSerial(facts.serialHex),
    fingerprintSha256: id,
    fingerprintSha1: encodeHex(crypto.sha1(der)),
    keyMatch,
    pem: encodePem('CERTIFICATE', der),
    chain,
  };
}

function newestFirst(left: ReplacedCredential, right: ReplacedCredential): number {
  const began = ({ credential }: ReplacedCredential): string => findNotBefore(credential) ?? '';
  return compareText(began(right), began(left)) || compareText(right.replacedAt, left.replacedAt);
}

function historyEntry({ credential, replacedAt }: ReplacedCredential): CredentialDetails['history'][number] {
  return {
    id: credential.id,
    serialHex: credential.kind === 'certificate' ? credential.facts.serialHex : undefined,
    notBefore: findNotBefore(credential),
    notAfter: findNotAfter(credential),
    replacedAt,
  };
}
