import { findDistribution } from '../../knowledge/model/credentials/other-distributions.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { addTo } from '../../shared/lists.ts';
import { listHosts } from '../assign/former-clusters.ts';
import { isIssuedByItself } from '../assign/issuers.ts';
import { isSuccessor } from '../assign/signatures.ts';
import type { CertificateCredential, Cluster, Credential, ForeignReason, Placement } from '../model/credential.ts';
import { isOfPlatform } from '../model/foreign.ts';
import { findTrust, parseKubeconfigEntry } from '../model/kubeconfig-entry.ts';
import { distinctiveHosts } from './kubeconfig-ca.ts';
import { baseName, findMeantName } from './known-certificates.ts';

export interface ForeignSource {
  clusters: readonly Cluster[];
  foreign?: Cluster;
  placements?: readonly Placement[];
}

interface FormerAuthority {
  ca: CertificateCredential;
  name: string;
  /** The live clusters with that name and a newer CA; empty if none of them has an address that a kubeconfig states. */
  successors: Cluster[];
}

export function foreignReasons(
  { credentials }: Cluster,
  placements: readonly Placement[] = [],
): ReadonlyMap<CredentialId, ForeignReason> {
  const placed = new Set(placements.map(({ credentialId }) => credentialId));
  const authorities = indexByPath(credentials.filter(isAuthority));
  const isInBundle = ({ sources }: Credential): boolean =>
    sources.some(({ path }) => (authorities.get(path)?.length ?? 0) > 1);
  const former = indexByPath(listApart(credentials, placed));
  return new Map(
    credentials.map((credential) => {
      const reason: ForeignReason = placed.has(credential.id)
        ? 'admin'
        : isOfOtherDistribution(credential)
          ? 'other-distribution'
          : isOfPlatform(credential)
            ? credential.sources.some(({ path }) => former.get(path)?.some((ca) => mayBelongTo(credential, ca)))
              ? 'former'
              : 'copy'
            : isAuthority(credential) && isInBundle(credential)
              ? 'trust-bundle'
              : isOfServiceMesh(credential)
                ? 'service-mesh'
                : 'unrelated';
      return [credential.id, reason];
    }),
  );
}

export function indexByPath<C extends Credential>(credentials: readonly C[]): Map<string, C[]> {
  const byPath = new Map<string, C[]>();
  for (const one of credentials) for (const { path } of one.sources) addTo(byPath, path, one);
  return byPath;
}

/** Lists the CAs that remain only in kubeconfigs that were set apart, usually from before a cluster was rebuilt. */
function listApart(credentials: readonly Credential[], placed: ReadonlySet<CredentialId>): CertificateCredential[] {
  return credentials.filter(
    (one): one is CertificateCredential =>
      one.kind === 'certificate' && findTrust(one) !== undefined && !placed.has(one.id) && !isOfOtherDistribution(one),
  );
}

export function listFormerAuthorities({ clusters, foreign, placements = [] }: ForeignSource): FormerAuthority[] {
  if (foreign === undefined) return [];
  const placed = new Set(placements.map(({ credentialId }) => credentialId));
  const byName = new Map<string, Cluster[]>();
  for (const one of clusters) if (!one.sample) addTo(byName, baseName(one).toLowerCase(), one);
  return listApart(foreign.credentials, placed).map((ca) => {
    const name = findMeantName({ cluster: foreign, sources: ca.sources });
    const named = byName.get(name.toLowerCase()) ?? [];
    const newer = named.filter((one) => findNewer(one, ca) !== undefined);
    const hosts = distinctiveHosts({ addresses: ca.sources.flatMap(({ server }) => server ?? []) });
    const isRebuilt = newer.some((one) => {
      const own = listHosts(one);
      return hosts.some((host) => own.has(host));
    });
    return { ca, name, successors: isRebuilt ? newer : [] };
  });
}

/** Returns the cluster's CA from after a rebuild. */
export function findNewer({ credentials }: Cluster, former: CertificateCredential): CertificateCredential | undefined {
  for (const one of credentials)
    if (one.kind === 'certificate' && one.role === 'cluster-ca' && isSuccessor(one, former)) return one;
  return undefined;
}

/** Returns whether the CA is in the same kubeconfig and may have signed the credential. */
export function mayBelongTo(credential: Credential, ca: CertificateCredential): boolean {
  const isBeside = credential.sources.some(
    (source) => parseKubeconfigEntry(source) !== undefined && ca.sources.some(({ path }) => path === source.path),
  );
  return isBeside && (credential.kind === 'token' || credential.id === ca.id || mayBeSignedBy(credential, ca));
}

function mayBeSignedBy({ facts }: CertificateCredential, { facts: ca }: CertificateCredential): boolean {
  if (isIssuedByItself(facts)) return false;
  const [keyId, caKeyId] = [facts.authorityKeyId?.keyId, ca.subjectKeyId];
  const hasOtherKey = keyId !== undefined && caKeyId !== undefined && keyId !== caKeyId;
  return facts.issuer.text === ca.subject.text && !hasOtherKey;
}

function isOfOtherDistribution(credential: Credential): boolean {
  const names = credential.kind === 'certificate' ? [credential.facts.issuer.cn ?? ''] : [];
  const paths = credential.sources.map(({ path }) => path);
  const kubeconfig = credential.sources.flatMap((source) => parseKubeconfigEntry(source)?.name ?? []);
  return findDistribution({ names, paths, kubeconfig }) !== undefined;
}

function isAuthority(credential: Credential): boolean {
  return credential.kind === 'certificate' && credential.facts.isCa;
}

/** SPIFFE, "The X.509 SPIFFE Verifiable Identity Document": one URI has the scheme `spiffe`. */
function isOfServiceMesh(credential: Credential): boolean {
  return credential.kind === 'certificate' && credential.facts.sans.uri.some((uri) => /^spiffe:\/\//iu.test(uri));
}
