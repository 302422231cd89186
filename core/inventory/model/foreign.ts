import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { findDistribution } from '../../knowledge/model/credentials/other-distributions.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { addTo } from '../../shared/lists.ts';
import {
  type CertificateCredential,
  type Cluster,
  type Credential,
  type ForeignReason,
  type Placement,
  allCredentials,
} from './credential.ts';
import { findTrust, parseKubeconfigEntry } from './kubeconfig-entry.ts';

export function isOfPlatform({ role, layer }: Pick<Credential, 'role' | 'layer'>): boolean {
  return ROLES[role].isOutsidePlatform !== true || layer === 'moc';
}

/** Returns whether no part of a stored cluster belongs to the platform; formerly, every folder became a cluster. */
export function isAllForeign(cluster: Cluster): boolean {
  const { kind, revocations = [] } = cluster;
  return kind === 'kubernetes' && revocations.length === 0 && !allCredentials(cluster).some(isOfPlatform);
}

/** Nothing depends on these credentials, or an admin excluded them, so nobody is warned. */
const UNWATCHED: readonly ForeignReason[] = ['admin', 'copy', 'trust-bundle'];

export function isWatched(reason: ForeignReason): boolean {
  return !UNWATCHED.includes(reason);
}

export function foreignReasons(
  { credentials }: Cluster,
  placements: readonly Placement[],
): ReadonlyMap<CredentialId, ForeignReason> {
  const placed = new Set(placements.map(({ credentialId }) => credentialId));
  const authorities = new Map<string, number>();
  for (const credential of credentials) {
    if (!isAuthority(credential)) continue;
    for (const { path } of credential.sources) authorities.set(path, (authorities.get(path) ?? 0) + 1);
  }
  const isInBundle = ({ sources }: Credential): boolean => sources.some(({ path }) => (authorities.get(path) ?? 0) > 1);
  const former = new Map<string, CertificateCredential[]>();
  for (const ca of listFormerAuthorities({ credentials }, placements))
    for (const { path } of ca.sources) addTo(former, path, ca);
  return new Map(
    credentials.map((credential) => {
      const reason: ForeignReason = placed.has(credential.id)
        ? 'admin'
        : isOfOtherDistribution(credential)
          ? 'other-distribution'
          : isOfPlatform(credential)
            ? isOfAuthority(credential, former)
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

/** Lists the CAs from before clusters were rebuilt. They remain only in kubeconfigs that were set apart. */
export function listFormerAuthorities(
  { credentials }: Pick<Cluster, 'credentials'>,
  placements: readonly Placement[],
): CertificateCredential[] {
  const placed = new Set(placements.map(({ credentialId }) => credentialId));
  return credentials.filter(
    (one) =>
      one.kind === 'certificate' && findTrust(one) !== undefined && !placed.has(one.id) && !isOfOtherDistribution(one),
  ) as CertificateCredential[];
}

/** Returns whether one of the CAs in the same kubeconfig may have signed the credential. `byPath`: CAs by file. */
function isOfAuthority(credential: Credential, byPath: ReadonlyMap<string, readonly CertificateCredential[]>): boolean {
  return credential.sources.some((source) => {
    const cas = parseKubeconfigEntry(source) === undefined ? [] : (byPath.get(source.path) ?? []);
    return cas.some((ca) => credential.kind === 'token' || credential.id === ca.id || mayBeSignedBy(credential, ca));
  });
}

function mayBeSignedBy({ facts }: CertificateCredential, { facts: ca }: CertificateCredential): boolean {
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
