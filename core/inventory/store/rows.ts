import type { ClusterRows } from '../contract.ts';
import type { BoardRow } from '../model/board-row.ts';
import { packRows, unpackRows, type RowColumns } from '../model/row-columns.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { namesOfCluster } from '../../plan/model/command-name.ts';
import { agentNames } from '../../plan/model/deployment.ts';
import type { DistinguishedName } from '../../shared/certificates/certificate.ts';
import { foreignReasons } from '../findings/foreign-reasons.ts';
import type { Cluster, Credential, Placement } from '../model/credential.ts';
import { epochMs } from '../../shared/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import type { ColumnSource } from './columns/column-index.ts';
import { clusterListing } from './listed-cluster.ts';
import { factsOnce, certificateOutline } from './stored-certificate.ts';
import { findIssuerEnd } from './issuer-end.ts';
import { LazyProperties } from './lazy-properties.ts';
import { RenewalRefusals, type RenewalRefusal } from '../model/renewal-refusal.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import { getRevocable } from '../../shared/renew-revocation/revocable.ts';
import { getExemptReason } from '../model/exempt-reason.ts';

const made = new WeakMap<Cluster, readonly BoardRow[]>();

/** Returns one row per credential, in order. Caches the rows by cluster object: a changed cluster is a new object. */
export function listRows(cluster: Cluster): readonly BoardRow[] {
  let rows = made.get(cluster);
  if (rows !== undefined) return rows;
  const columns = clusterListing(cluster)?.columns();
  // Rows are quickly rebuilt from columns, so those of a million credentials are not kept as well.
  if (columns !== undefined) return unpackRows(clusterRows(cluster));
  made.set(cluster, (rows = cluster.credentials.map((credential) => buildBoardRow(cluster, credential))));
  return rows;
}

/** Returns the rows of a cluster as columns, without reading its file if they are known. */
export function rowColumns(cluster: Cluster): RowColumns {
  return clusterListing(cluster)?.columns() ?? packRows(listRows(cluster));
}

/** Must be raised whenever a cluster produces other rows than before; a test compares it with the rows. */
export const ROWS_VERSION = 3;

export function columnSource({
  host,
  scheduler,
}: Pick<Ports, 'scheduler'> & { host: Pick<Ports['host'], 'about'> }): ColumnSource {
  return {
    makeColumns: rowColumns,
    version: `${host.about().version} ${ROWS_VERSION}`,
    pause: () => scheduler.yield(),
  };
}

export function clusterRows(cluster: Cluster): ClusterRows {
  const { id: clusterId, sample } = cluster;
  return { clusterId, ...namesOfCluster(cluster), ...agentNames(cluster), sample, columns: rowColumns(cluster) };
}

export function foreignRows(foreign: Cluster | undefined, placements?: readonly Placement[]): BoardRow[] {
  if (foreign === undefined) return [];
  const reasons = foreignReasons(foreign, placements);
  return listRows(foreign).map((row) => ({ ...row, foreign: reasons.get(row.id) ?? 'unrelated' }));
}

export function buildBoardRow(cluster: Cluster, credential: Credential): BoardRow {
  const { commandName, nameEvidence } = cluster;
  const { notBefore, notAfter } = credential.kind === 'certificate' ? certificateOutline(credential) : credential;
  const issuerEnd = credential.kind === 'certificate' ? findIssuerEnd(cluster, credential) : undefined;
  const { revocations = [] } = cluster;
  const refusals = revocations.length === 0 ? undefined : listRefusals(revocations, credential);
  const row: Omit<BoardRow, 'search' | 'numbers'> = {
    id: credential.id,
    clusterId: cluster.id,
    cluster: cluster.name,
    kind: credential.kind,
    layer: credential.layer,
    role: credential.role,
    name: credential.name,
    issuer:
      credential.kind === 'certificate' ? shortName(certificateOutline(credential).issuer) : (credential.issuer ?? ''),
    assumed: credential.kind === 'token' && credential.assumed,
    endsWithIssuer: issuerEnd !== undefined,
    firstReadMs: epochMs(credential.firstReadAt),
    confirmedMs: credential.sources.reduce((latest, { readAt }) => Math.max(latest, epochMs(readAt)), -Infinity),
    lifetimeClass: ROLES[credential.role].lifetimeClass,
  };
  if (notBefore !== undefined) row.notBeforeMs = epochMs(notBefore);
  const end = issuerEnd ?? notAfter;
  if (end !== undefined) row.notAfterMs = epochMs(end);
  if (commandName !== undefined) row.commandName = commandName;
  if (nameEvidence !== undefined) row.nameEvidence = nameEvidence;
  if (cluster.sample) row.sample = true;
  if (refusals !== undefined && refusals.length > 0) row.refusals = refusals;
  return TEXTS.add(row, { cluster, credential });
}

/** Computed on demand, since command output is never searched and the window needs these texts only once. */
const TEXTS = new LazyProperties<{ cluster: Cluster; credential: Credential }, Pick<BoardRow, 'search' | 'numbers'>>({
  search: ({ cluster, credential }) => searchText(cluster, credential),
  numbers: ({ credential }) =>
    credential.kind === 'certificate' ? `${credential.id}\n${certificateOutline(credential).serialHex}` : credential.id,
});

/** By list of revocations, since every row of a cluster needs the result. */
const knownRefusals = new WeakMap<readonly KnownRevocation[], RenewalRefusals>();

function listRefusals(
  revocations: NonNullable<Cluster['revocations']>,
  credential: Credential,
): RenewalRefusal[] | undefined {
  const { kind, layer, role } = credential;
  if (kind !== 'certificate' || layer !== 'kubernetes') return undefined;
  let refusals = knownRefusals.get(revocations);
  if (refusals === undefined) knownRefusals.set(revocations, (refusals = new RenewalRefusals(revocations)));
  const { facts } = credential;
  return refusals.find(getRevocable(facts, getExemptReason(facts, role) !== undefined));
}

export function shortName({ cn, o, text }: DistinguishedName): string {
  return cn ?? o[0] ?? text;
}

/** Up to this number, parts are compared in pairs; most credentials have no more. */
const FEW_PARTS = 24;

/**
 * Returns the text in which a search finds the credential, without parts that another part contains. If there are many
 * parts, checks only the likely ones: a certificate may have tens of thousands of names.
 */
function searchText(cluster: Cluster, credential: Credential): string {
  const likely = [credential.name, cluster.name, credential.role].map((part) => part.toLowerCase());
  const places = credential.sources.flatMap(({ path, entry = '' }) => [path, entry]);
  const others = new Set([...places, ...credentialNames(credential)].map((part) => part.toLowerCase()));
  if (others.size <= FEW_PARTS) {
    const all = [...new Set([...likely, ...others])];
    return all.filter((part) => !all.some((other) => other.length > part.length && other.includes(part))).join('\n');
  }
  const rest = [...others].join('\n');
  return [...likely.filter((part, at) => likely.indexOf(part) === at && !rest.includes(part)), rest].join('\n');
}

function credentialNames(credential: Credential): string[] {
  if (credential.kind === 'token') return [credential.issuer ?? '', credential.subject ?? ''];
  const { issuer, subject, sans } = factsOnce(credential);
  const { dns, ip, email, uri, directory, registeredId } = sans;
  return [issuer.text, subject.text, ...dns, ...ip, ...email, ...uri, ...directory, ...registeredId];
}
