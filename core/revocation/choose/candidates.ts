import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import { isStillValid, type KnownCertificate } from '../model/inventory-index.ts';
import type { CandidatesQuestion } from '../contract.ts';
import type { CandidateGroup, CandidateNode, CandidateRow, RevocationCandidates } from '../model/view.ts';
import { getGroup } from '../impact/impact-counts.ts';
import { compareCertificates, textHas, buildCertificateRow, wordsIn } from './matches.ts';
import { listNodes, machineLookup } from './nodes.ts';

export interface ChoiceContext {
  clusters: readonly Cluster[];
  certificates: readonly KnownCertificate[];
  nowMs: number;
  roleName: (role: RoleId) => string;
}

export function candidatesFor(question: CandidatesQuestion, context: ChoiceContext): RevocationCandidates {
  const { goal, offset, limit } = question;
  const { certificates, leftOut } = certificatesFor(question, context);
  const nodes = goal === 'node' ? nodesFor(question, context) : [];
  const groups = goal === 'group' ? groupsFor(question, context) : [];
  const page = <T>(all: readonly T[]): readonly T[] => all.slice(offset, offset + limit);
  return {
    total: certificates.length + nodes.length + groups.length,
    leftOut,
    certificates: page(certificates).map(candidateRows(context, question.kubeconfig)),
    nodes: page(nodes),
    groups: page(groups),
  };
}

export function candidateRows(
  { clusters, certificates }: Pick<ChoiceContext, 'clusters' | 'certificates'>,
  kubeconfig?: string,
): (certificate: KnownCertificate) => CandidateRow {
  const samples = samplesAmong(clusters);
  const findMachine = machinesByCluster(certificates);
  return (certificate) => {
    const { serialHex, exempt, clusterId, paths } = certificate;
    const [path] = paths;
    const [machine, sample] = [findMachine(certificate) ?? certificate.computer, samples.get(clusterId)];
    return { ...buildCertificateRow(certificate, kubeconfig), serialHex, exempt, path, machine, sample };
  };
}

/** Looks at the machines of a cluster when the first of its certificates is shown. */
function machinesByCluster(all: readonly KnownCertificate[]): (certificate: KnownCertificate) => string | undefined {
  const lookups = new Map<ClusterId, ReturnType<typeof machineLookup>>();
  return (certificate) => {
    const { clusterId, layer } = certificate;
    if (layer !== 'kubernetes') return undefined;
    let findMachine = lookups.get(clusterId);
    if (findMachine === undefined) {
      findMachine = machineLookup(all.filter((one) => one.layer === layer && one.clusterId === clusterId));
      lookups.set(clusterId, findMachine);
    }
    return findMachine(certificate);
  };
}

function samplesAmong(clusters: readonly Cluster[]): Map<ClusterId, true | undefined> {
  return new Map(clusters.map(({ id, sample }) => [id, sample]));
}

/** Lists current certificates before replaced ones, and expired ones last. Expired ones of people are only counted. */
function certificatesFor(
  { goal, query }: CandidatesQuestion,
  { certificates, nowMs, roleName }: ChoiceContext,
): { certificates: readonly KnownCertificate[]; leftOut: number } {
  if (goal !== 'lost-kubeconfig' && goal !== 'serial') return { certificates: [], leftOut: 0 };
  const fits = wordsIn(query, roleName);
  const standing: KnownCertificate[] = [];
  const replaced: KnownCertificate[] = [];
  const over: KnownCertificate[] = [];
  for (const one of sortByPlace(certificates)) {
    const isAsked = one.exempt === undefined && (goal === 'serial' || getGroup(one) === 'admins');
    if (!isAsked || !fits(one)) continue;
    (isStillValid(one, nowMs) ? (one.replaced ? replaced : standing) : over).push(one);
  }
  const current = [...standing, ...replaced];
  return goal === 'serial'
    ? { certificates: [...current, ...over], leftOut: 0 }
    : { certificates: current, leftOut: over.length };
}

const ORDERED = new WeakMap<readonly KnownCertificate[], readonly KnownCertificate[]>();

/** Sorts certificates; cached per inventory, since every page needs the same order. */
function sortByPlace(certificates: readonly KnownCertificate[]): readonly KnownCertificate[] {
  let ordered = ORDERED.get(certificates);
  if (ordered === undefined) {
    ordered = certificates.toSorted(compareCertificates);
    ORDERED.set(certificates, ordered);
  }
  return ordered;
}

function nodesFor({ query }: CandidatesQuestion, { clusters, certificates, nowMs }: ChoiceContext): CandidateNode[] {
  const samples = samplesAmong(clusters);
  const fits = textHas(query);
  return listNodes(certificates, nowMs)
    .filter(({ cluster, name, dns, ip }) => fits([cluster, name, ...dns, ...ip]))
    .map(({ certificates: own, unplaced: _unplaced, ...node }) => ({
      ...node,
      certificates: own.length,
      sample: samples.get(node.clusterId),
    }));
}

function groupsFor({ query }: CandidatesQuestion, { certificates, nowMs }: ChoiceContext): CandidateGroup[] {
  const groups = new Map<string, { certificates: number; clusters: Set<string> }>();
  for (const certificate of certificates) {
    if (certificate.exempt !== undefined || !isStillValid(certificate, nowMs)) continue;
    for (const group of new Set(certificate.groups)) {
      const known = groups.get(group) ?? { certificates: 0, clusters: new Set() };
      groups.set(group, known);
      known.certificates += 1;
      known.clusters.add(certificate.cluster);
    }
  }
  const fits = textHas(query);
  return [...groups]
    .map(([group, found]) => ({ group, certificates: found.certificates, clusters: [...found.clusters].sort() }))
    .filter(({ group, clusters }) => fits([group, ...clusters]))
    .sort((one, other) => (one.group < other.group ? -1 : 1));
}
